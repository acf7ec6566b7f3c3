"""Puts the web application together."""

import logging
from datetime import timedelta
from typing import Any

from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_security import Security, current_user, user_authenticated
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, SecurityError

from eiassess._resources import data_folder
from eiassess.config import LOOPBACK_HOSTS
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import UserRecord
from eiassess.services.attempts import count_attempt
from eiassess.web.access import check_access
from eiassess.web.auth.datastore import AccountDatastore
from eiassess.web.auth.forms import SignInForm
from eiassess.web.context import Installation, attach
from eiassess.web.security import set_headers
from eiassess.web.sessions import DatabaseSessions, renew_session

PRODUCT = "EIAssess"
MAX_FORM_BYTES = 200_000
SIGN_IN_ATTEMPTS = 10
SIGN_IN_WINDOW = timedelta(minutes=15)
log = logging.getLogger(__name__)


def create_app(installation: Installation) -> Flask:
    """Make the application for one installation."""
    app = Flask(__name__, template_folder=str(data_folder("templates")), static_folder="static")
    _configure(app, installation)
    attach(app, installation)
    app.session_interface = DatabaseSessions(installation)
    CSRFProtect(app)
    _set_up_sign_in(app, installation)
    app.before_request(check_access)
    set_headers(app, https=installation.settings.is_https)
    _register_areas(app)
    _handle_errors(app, installation)
    _give_templates_context(app, installation)
    return app


def _configure(app: Flask, installation: Installation) -> None:
    settings = installation.settings
    hosts = LOOPBACK_HOSTS if settings.host in LOOPBACK_HOSTS else (settings.host,)
    app.config.update(
        SECRET_KEY=installation.secret_key,
        TRUSTED_HOSTS=list(hosts),
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        # A slow candidate's page must still be saved after hours: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # no Referer is sent by our own pages, and SameSite and the token protect
        SECURITY_PASSWORD_SALT="unused: argon2 makes its own",  # noqa: S106 - Flask-Security asks for one
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of the function
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
            "argon2__rounds": 3,
            "argon2__memory_cost": 65536,
            "argon2__parallelism": 1,
        },
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_LOGIN_USER_TEMPLATE="auth/sign_in.html",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _set_up_sign_in(app: Flask, installation: Installation) -> None:
    Security(app, AccountDatastore(UserRecord, installation.database), login_form=SignInForm)

    def new_id(_sender: Flask, **_details: Any) -> None:  # noqa: ANN401 - the signal's signature
        renew_session(session)

    user_authenticated.connect(new_id, app, weak=False)

    @app.before_request
    def _limit_sign_in() -> ResponseReturnValue | None:
        if request.endpoint != "security.login" or request.method != "POST":
            return None
        now = installation.clock()
        counts = [
            count_attempt(installation.database, installation.secret_key, "sign-in", who, SIGN_IN_WINDOW, now)
            for who in (request.remote_addr or "", request.form.get("email", "").strip().lower())
        ]
        if max(counts) > SIGN_IN_ATTEMPTS:
            return _error_page(429, "Too many tries to sign in. Wait a quarter of an hour and try again.")
        return None


def _register_areas(app: Flask) -> None:
    from eiassess.web.auth.views import area as auth  # noqa: PLC0415 - areas import this package's parts
    from eiassess.web.candidate.views import area as candidate  # noqa: PLC0415 - the same
    from eiassess.web.manager.views import area as manager  # noqa: PLC0415 - the same
    from eiassess.web.recruiter.views import area as recruiter  # noqa: PLC0415 - the same

    for area in (auth, candidate, recruiter, manager):
        app.register_blueprint(area)


def _handle_errors(app: Flask, installation: Installation) -> None:
    @app.errorhandler(NotFoundError)
    def _not_found(_error: NotFoundError) -> ResponseReturnValue:
        return _error_page(404)

    @app.errorhandler(InvalidInputError)
    def _invalid(error: InvalidInputError) -> ResponseReturnValue:
        return _error_page(400, str(error))

    @app.errorhandler(RefusedError)
    def _refused(error: RefusedError) -> ResponseReturnValue:
        return _error_page(409, str(error))

    @app.errorhandler(CSRFError)
    def _forged(_error: CSRFError) -> ResponseReturnValue:
        return _error_page(400, "Your session has ended meanwhile. Go back, reload the page and try again.")

    @app.errorhandler(SecurityError)
    def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
        # No page: links could be made only from the host that is not ours.
        return "This address does not lead here.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 - a redirect is no error
            return error
        if error.code is None or error.code >= 500:  # noqa: PLR2004 - failures before the view come here too
            return _failure_page(app, installation)
        return _error_page(error.code)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        log.error("A request failed", exc_info=error)
        return _failure_page(app, installation)


def _error_page(code: int, message: str = "") -> ResponseReturnValue:
    return render_template("errors/error.html", code=code, message=message), code


def _failure_page(app: Flask, installation: Installation) -> ResponseReturnValue:
    # Without the usual context: who is signed in stands in the database, and that may be what failed.
    page = app.jinja_env.get_template("errors/error.html")
    known = {"product": PRODUCT, "simulated_notice": installation.settings.demo, "code": 500, "message": ""}
    return page.render(known, current_user_label=None, sign_out_form=None), 500


def _give_templates_context(app: Flask, installation: Installation) -> None:
    @app.context_processor
    def _context() -> dict[str, Any]:
        signed_in = not request.path.startswith("/sit") and current_user.is_authenticated
        return {
            "product": PRODUCT,
            "simulated_notice": installation.settings.demo,
            "current_user_label": current_user.name if signed_in else None,
            "sign_out_form": FlaskForm(formdata=None) if signed_in else None,
        }
