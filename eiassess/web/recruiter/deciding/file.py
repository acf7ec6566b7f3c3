"""What staff recorded about one candidate: stage, history and notes."""

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.deciding.files import get_file
from eiassess.services.deciding.notes import write_note as keep_note
from eiassess.services.once import AlreadyDoneError
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.deciding.presenters import present_file
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now


@area.get("/candidates/<session_id>/file")
@requires(Permission.RECRUIT)
def file(session_id: str) -> ResponseReturnValue:
    """Show all that staff recorded about a candidate."""
    return _file_page(session_id)


def _file_page(session_id: str, error: InvalidInputError | None = None) -> str:
    page = present_file(get_file(database(), current_user.id, session_id), blind=is_blind())
    return render_template(
        "recruiter/deciding/file.html",
        page=page,
        fields=request.form,
        errors={error.field: f"{error}."} if error else {},
        once=request.form.get("once") or secrets.token_hex(12),
        blind=is_blind(),
    )


@area.post("/candidates/<session_id>/notes")
@requires(Permission.RECRUIT)
def write_note(session_id: str) -> ResponseReturnValue:
    """Keep a note; pressing twice keeps one."""
    get_file(database(), current_user.id, session_id)
    words, once = request.form.get("words", ""), request.form.get("once", "")
    try:
        keep_note(database(), current_user.id, session_id, words, now(), form=once)
    except InvalidInputError as error:
        return _file_page(session_id, error), 400
    except AlreadyDoneError:
        pass
    return redirect(url_for("recruiter.file", session_id=session_id, _anchor="notes"), 303)
