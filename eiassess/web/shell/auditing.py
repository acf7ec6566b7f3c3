"""Says who acts while a request lasts, and has entered what no transaction has when it is answered."""

from http import HTTPStatus

from flask import Flask, Response, g, request, session
from flask_security import current_user

from eiassess.domain.audit.actions import LEAVES_WITH_A_FILE, Action
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, ObjectKind, Outcome, Target
from eiassess.services.auditing.acting import Acting, begin_acting, end_acting, target_of
from eiassess.services.auditing.looks import LookBook, enter_at_once
from eiassess.web.shell.access import EXPERT, INVITATION
from eiassess.web.shell.audited import DEEDS
from eiassess.web.shell.context import Installation
from eiassess.web.shell.sessions import audience_of

_NAME = "eiassess.looks"


def look_book(app: Flask) -> LookBook:
    """Return where the looks of this process are taken down; who serves writes them."""
    found: LookBook = app.extensions[_NAME]
    return found


def set_up_audit(app: Flask, installation: Installation) -> None:
    """Enter what people do; set up before all that can refuse a request, so that refusals are entered too."""
    app.extensions[_NAME] = looks = LookBook(installation.database)

    @app.before_request
    def _begin() -> None:
        g.acting = None
        actor = _actor()
        if actor is not None:
            target = target_of(request.view_args or {})
            g.acting = Acting(actor, DEEDS.get(request.endpoint or ""), target, installation.clock)
        begin_acting(g.acting)

    @app.after_request
    def _end(response: Response) -> Response:
        acting: Acting | None = g.get("acting")
        outcome = _outcome(response.status_code)
        if acting is None or acting.is_entered or outcome is None or (deed := acting.deed(outcome)) is None:
            return response
        if deed.action in LEAVES_WITH_A_FILE and outcome is Outcome.DONE:
            enter_at_once(installation.database, deed)
        else:
            looks.add(deed)
        return response

    @app.teardown_request
    def _forget(_error: BaseException | None) -> None:
        end_acting()


def enter_sign_in(app: Flask, installation: Installation, user_id: str) -> None:
    """Enter that somebody has signed in, whichever way they did."""
    who = Actor(ActorKind.ACCOUNT, user_id)
    deed = Deed(installation.clock(), who, Action.SIGN_IN, Target(ObjectKind.ACCOUNT, user_id))
    look_book(app).add(deed)


def _actor() -> Actor | None:
    """Tell whose browser session it is; nobody's acts for nobody."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    audience = audience_of(request.path)
    if audience == "candidate":
        return Actor(ActorKind.CANDIDATE) if INVITATION in session else None
    if audience == "expert":
        return Actor(ActorKind.EXPERT, session[EXPERT]) if EXPERT in session else None
    return Actor(ActorKind.ACCOUNT, current_user.id) if current_user.is_authenticated else None


def _outcome(code: int) -> Outcome | None:
    """Say how a request ended; looking that only leads elsewhere, or asks for no page, showed nothing."""
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.FAILED
    if code >= HTTPStatus.BAD_REQUEST:
        return Outcome.REFUSED
    if request.method == "POST":  # of candidates and experts, what is done is entered with the change, or was none
        return Outcome.DONE if audience_of(request.path) == "staff" else None
    return Outcome.DONE if request.method == "GET" and code == HTTPStatus.OK else None
