"""The second step of signing in: whoever gave the right password is nobody yet until they gave a code."""

from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.tf_plugin import TfPlugin

from eiassess.services.people.accounts import find_user_record
from eiassess.services.people.sign_in_tries import SignInTry, end_try_well
from eiassess.services.people.two_steps import has_two_steps, take_second_step
from eiassess.web.auth.area import area
from eiassess.web.auth.forms import SecondStepForm
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.coming_back import own_path
from eiassess.web.shell.context import Installation, database, installation, now
from eiassess.web.shell.sessions import renew_session
from eiassess.web.shell.tries import refuse_guesses, try_at

HALF = "half_signed_in"
"""Where a browser session keeps whose password was right, until the second step."""
TIME_FOR_IT = timedelta(minutes=10)
SIGN_IN = "/sign-in"


class SecondStep(TfPlugin):
    """Flask-Security asks this after every right password whether more is needed."""

    def __init__(self, installation: Installation) -> None:
        super().__init__()
        self._installation = installation

    def tf_enter(
        self,
        user: Any,  # noqa: ANN401 - Flask-Security's signature
        remember_me: bool | None,  # noqa: FBT001 - the same
        primary_authn_via: str,
        next_loc: str | None,
    ) -> Any:  # noqa: ANN401 - the same
        """Ask whoever signs in in two steps for the second; let the others in."""
        del remember_me, primary_authn_via
        here = self._installation
        if not has_two_steps(here.database, user.id):
            return None
        wanted = own_path(next_loc)
        session[HALF] = {
            "user": user.fs_uniquifier,
            "at": here.clock().isoformat(),
            "next": wanted if wanted and not wanted.startswith(SIGN_IN) else "/",
        }
        renew_session(session)
        return redirect(url_for("auth.second_step"), 303)


def try_at_second_step(user_id: str) -> SignInTry:
    """Return a try at somebody's second step from here, which is counted apart from those at the password."""
    return try_at(f"second step {user_id}")


@area.get("/sign-in/code")
@requires(Permission.PUBLIC)
def second_step() -> ResponseReturnValue:
    """Ask for the code."""
    if _whose_password_was_right() is None:
        return redirect(url_for("security.login"), 303)
    return render_template("auth/code.html", form=SecondStepForm())


@area.post("/sign-in/code")
@requires(Permission.PUBLIC)
def take_step() -> ResponseReturnValue:
    """Let somebody in who has both."""
    user, form, here = _whose_password_was_right(), SecondStepForm(), installation()
    if user is None:
        return redirect(url_for("security.login"), 303)
    if not form.is_valid():
        return render_template("auth/code.html", form=form), 400
    refused = refuse_guesses(try_at_second_step(user.id), "type a code")
    if refused is not None:
        return refused
    if not take_second_step(here.database, here.secret_key, user.id, form.code.data or "", here.clock()):
        form.code.errors = ("This is no code that works now. Type the one that your app shows, or a recovery code.",)
        return render_template("auth/code.html", form=form), 400
    wanted = session.pop(HALF)["next"]
    login_user(user, authn_via=["password", "authenticator"])
    end_try_well(here.database, here.secret_key, try_at(user.email), here.clock(), here.clock())
    return redirect(wanted, 303)


def _whose_password_was_right() -> Any:  # noqa: ANN401 - a record, which only services and Flask-Security look into
    """Return the account whose password was given in this browser minutes ago, if it still can be used."""
    half = session.get(HALF)
    if half is None or now() - datetime.fromisoformat(half["at"]) > TIME_FOR_IT:
        return None
    user = find_user_record(database(), fs_uniquifier=half["user"])
    return user if user is not None and user.active else None
