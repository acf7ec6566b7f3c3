"""The page on what an opening's scores may be used for."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.names import isolated
from eiassess.domain.uses import UseChoice
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.deciding.uses import OpeningUse, get_use, switch_off, switch_on
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.moments import full_moment


@dataclass(frozen=True)
class UsePage:
    """What stands on the page."""

    opening_id: str
    title: str
    state: str
    why: str
    can_switch_on: bool
    is_switched_on: bool
    notice: str
    history: tuple[str, ...]


def present_use(found: OpeningUse) -> UsePage:
    """Word what an opening's scores may be used for."""
    use = found.use
    choice = use.choice
    can = not use.allowed and not found.n_invited
    return UsePage(
        found.opening_id,
        found.title,
        "This opening's list may be sorted by score."
        if use.allowed
        else "This opening's list stands by name or date. Scores put nobody in order here.",
        _why(found),
        can,
        use.is_switched_on,
        choice.notice if use.is_switched_on and choice else found.preview if can else "",
        tuple(_line(each) for each in found.history),
    )


def _why(found: OpeningUse) -> str:
    if found.use.key_supports:
        return "Enough experts stand behind the answer key, and a named person recorded why it is relevant to the job."
    n = "no expert" if found.experts == 0 else "1 expert" if found.experts == 1 else f"{found.experts} experts"
    said = f"The answer key has {n} behind it, and it takes at least 10 with a recorded reason for the job."
    if found.use.is_switched_on:
        return f"{said} A named person answers for sorting by score all the same, and candidates read so."
    if found.n_invited:
        return (
            f"{said} Somebody was invited already and read that results are not for ranking, so it cannot be switched "
            "on here any more. For another use, copy this opening."
        )
    return f"{said} You may switch it on as long as nobody is invited; then candidates read so before they agree."


def _line(choice: UseChoice) -> str:
    by = f"recorded by {isolated(choice.recorded_by)}"
    if not choice.allowed:
        return f"{full_moment(choice.at)}: switched off, {by}."
    return f"{full_moment(choice.at)}: switched on, {by}. {isolated(choice.person)} answers for it: {choice.reason}"


@area.get("/openings/<opening_id>/use")
@requires(Permission.OPEN_JOBS)
def use(opening_id: str) -> ResponseReturnValue:
    """Say what an opening's scores may be used for, and let it be switched on while nobody is invited."""
    return _use_page(opening_id, {"person": current_user.name}, {})


def _use_page(opening_id: str, fields: Mapping[str, str], errors: Mapping[str, str]) -> str:
    page = present_use(get_use(database(), current_user.id, opening_id))
    return render_template("recruiter/deciding/use.html", page=page, fields=fields, errors=errors, blind=is_blind())


@area.post("/openings/<opening_id>/use")
@requires(Permission.OPEN_JOBS)
def switch_use_on(opening_id: str) -> ResponseReturnValue:
    """Switch sorting by score on."""
    person, reason = request.form.get("person", ""), request.form.get("reason", "")
    try:
        switch_on(database(), current_user.id, opening_id, person, reason, now())
    except InvalidInputError as error:
        return _use_page(opening_id, request.form, {error.field: f"{error}."}), 400
    except RefusedError as error:
        return _use_page(opening_id, request.form, {"use": f"{error}."}), 409
    return redirect(url_for("recruiter.use", opening_id=opening_id), 303)


@area.post("/openings/<opening_id>/use/off")
@requires(Permission.OPEN_JOBS)
def switch_use_off(opening_id: str) -> ResponseReturnValue:
    """Let the list stand by name or date again."""
    try:
        switch_off(database(), current_user.id, opening_id, now())
    except RefusedError as error:
        return _use_page(opening_id, {}, {"use": f"{error}."}), 409
    return redirect(url_for("recruiter.use", opening_id=opening_id), 303)
