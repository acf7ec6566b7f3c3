"""A candidate's rights: all that is stored of them to read and as a file, corrected, erased, or held by a duty."""

from collections.abc import Mapping

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.privacy.correcting import correct_candidate
from eiassess.services.privacy.erasing import erase_by_staff
from eiassess.services.privacy.files import stored_as_json
from eiassess.services.privacy.holding import Duty, end_hold, hold_records
from eiassess.services.privacy.stored import StoredData, stored_data
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.privacy.presenters import (
    LEFT_OUT,
    REASONS,
    fields_of_hold,
    hold_in_words,
    present_data,
)
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

NAMES_ARE_HIDDEN = InvalidInputError("Names are hidden: show them first, then correct what is wrong", "name")


def _stored(session_id: str) -> StoredData:
    return stored_data(database(), current_user.id, session_id, now())


def _page(
    template: str, session_id: str, error: InvalidInputError | None = None, fields: Mapping[str, str] | None = None
) -> str:
    return render_template(
        f"recruiter/privacy/{template}.html",
        page=present_data(_stored(session_id), blind=is_blind()),
        errors={error.field: f"{error}."} if error else {},
        fields=fields or request.form,
        reasons=tuple(REASONS.items()),
        left_out=LEFT_OUT,
        blind=is_blind(),
    )


@area.get("/candidates/<session_id>/data")
@requires(Permission.RECRUIT)
def stored(session_id: str) -> ResponseReturnValue:
    """Show all that is stored about a candidate."""
    return _page("data", session_id)


@area.get("/candidates/<session_id>/data.json")
@requires(Permission.RECRUIT, fresh=True, back="recruiter.stored")
def stored_file(session_id: str) -> ResponseReturnValue:
    """Give it as a file; while names are hidden there is none."""
    found = _stored(session_id)
    if is_blind():
        return redirect(url_for("recruiter.stored", session_id=session_id), 303)
    answer = Response(stored_as_json(found, LEFT_OUT), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="candidate-{found.number:02}.json"'
    return answer


@area.get("/candidates/<session_id>/correct")
@requires(Permission.RECRUIT)
def correct(session_id: str) -> ResponseReturnValue:
    """Offer to correct name and address."""
    own = _stored(session_id).own
    return _page("correct", session_id, fields={} if is_blind() else {"name": own.name, "email": own.email})


@area.post("/candidates/<session_id>/correct")
@requires(Permission.RECRUIT)
def correct_now(session_id: str) -> ResponseReturnValue:
    """Correct name and address; names that are hidden are corrected by nobody."""
    _stored(session_id)
    name, email = request.form.get("name", ""), request.form.get("email", "")
    try:
        if is_blind():
            raise NAMES_ARE_HIDDEN
        moved = correct_candidate(database(), current_user.id, session_id, name, email, now())
    except InvalidInputError as error:
        return _page("correct", session_id, error), 400
    return redirect(
        url_for("recruiter.stored", session_id=session_id, corrected="address" if moved else "name", _anchor="done"),
        303,
    )


@area.get("/candidates/<session_id>/erase")
@requires(Permission.RECRUIT)
def erase(session_id: str) -> ResponseReturnValue:
    """Say what erasing does, and ask for the candidate's number."""
    return _page("erase", session_id)


@area.post("/candidates/<session_id>/erase")
@requires(Permission.RECRUIT, fresh=True)
def erase_now(session_id: str) -> ResponseReturnValue:
    """Erase everything about a candidate, or keep the wish while a duty holds their records."""
    found = _stored(session_id)
    number, why = request.form.get("number", ""), request.form.get("why", "")
    try:
        done = erase_by_staff(database(), current_user.id, session_id, number, why, now())
    except InvalidInputError as error:
        return _page("erase", session_id, error), 400
    return render_template(
        "recruiter/privacy/erased.html",
        opening_id=found.opening_id,
        title=found.own.opening,
        number=f"{found.number:02}",
        session_id=session_id,
        receipt=done.receipt,
        hold=hold_in_words(done.hold) if done.hold else "",
        blind=is_blind(),
    )


@area.get("/candidates/<session_id>/hold")
@requires(Permission.RECRUIT)
def hold(session_id: str) -> ResponseReturnValue:
    """Show the duty that holds a candidate's records, to be changed, or ask for one."""
    found = _stored(session_id).hold
    return _page("hold", session_id, fields=fields_of_hold(found) if found else {})


@area.post("/candidates/<session_id>/hold")
@requires(Permission.RECRUIT)
def hold_now(session_id: str) -> ResponseReturnValue:
    """Hold a candidate's records until a day."""
    _stored(session_id)
    duty = Duty(*(request.form.get(name, "") for name in ("person", "reason", "last_day")))
    try:
        hold_records(database(), current_user.id, session_id, duty, now())
    except InvalidInputError as error:
        return _page("hold", session_id, error), 400
    return redirect(url_for("recruiter.stored", session_id=session_id, _anchor="held"), 303)


@area.post("/candidates/<session_id>/hold/end")
@requires(Permission.RECRUIT, fresh=True)
def end_hold_now(session_id: str) -> ResponseReturnValue:
    """End a duty before its day."""
    end_hold(database(), current_user.id, session_id)
    return redirect(url_for("recruiter.stored", session_id=session_id), 303)
