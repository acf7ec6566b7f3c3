"""An opening's people by stage, and what is done for many, which names its number before it acts."""

import secrets
from collections.abc import Mapping

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.deciding.decisions import Decision, find_stage, move_candidates
from eiassess.services.deciding.overview import get_decisions, list_chosen
from eiassess.services.deciding.shortlist import mark_candidates
from eiassess.services.deciding.stages import add_stage as add_own_stage
from eiassess.services.deciding.telling import tell_candidates
from eiassess.services.once import AlreadyDoneError
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.deciding.presenters import (
    MARK,
    TELL,
    UNMARK,
    people,
    present_ask,
    present_decisions,
)
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.form_sizes import takes_up_to
from eiassess.web.shell.moments import clock

DONE = "decided_for_many"
IDS_OF_MANY = 1_000_000
"""Bytes that 5,000 people's ids take, with room to spare."""


@area.get("/openings/<opening_id>/decisions")
@requires(Permission.RECRUIT)
def decisions(opening_id: str) -> ResponseReturnValue:
    """Show an opening's people by stage."""
    return _decisions_page(opening_id, {})


def _decisions_page(opening_id: str, errors: Mapping[str, str]) -> str:
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else 1
    found = get_decisions(database(), current_user.id, opening_id, request.args.get("stage", ""), number)
    return render_template(
        "recruiter/deciding/decisions.html",
        page=present_decisions(found, blind=is_blind()),
        done=session.get(DONE, "") if request.args.get("done") else "",
        fields=request.form,
        errors=errors,
        once=secrets.token_hex(12),
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/stages")
@requires(Permission.RECRUIT)
def add_stage(opening_id: str) -> ResponseReturnValue:
    """Give the opening a stage of its own."""
    try:
        add_own_stage(database(), current_user.id, opening_id, request.form.get("stage_name", ""), now())
    except InvalidInputError as error:
        return _decisions_page(opening_id, {error.field: f"{error}."}), 400
    return redirect(url_for("recruiter.decisions", opening_id=opening_id), 303)


@area.get("/openings/<opening_id>/decisions/ask")
@requires(Permission.RECRUIT)
def ask_decision(opening_id: str) -> ResponseReturnValue:
    """Name the number and the people before something is recorded of them."""
    return _ask_page(opening_id, request.args.getlist("c"), {"person": current_user.name}, {})


def _ask_page(opening_id: str, chosen: list[str], fields: Mapping[str, str], errors: Mapping[str, str]) -> str:
    do = request.values.get("do", "")
    found = get_decisions(database(), current_user.id, opening_id)
    stage = None if do in _OTHERS else find_stage(found.stages, do)
    page = present_ask(
        opening_id, do, stage, list_chosen(database(), current_user.id, opening_id, chosen), blind=is_blind()
    )
    return render_template(
        "recruiter/deciding/ask.html",
        page=page,
        title=found.title,
        fields=fields,
        errors=errors,
        once=request.values.get("once") or secrets.token_hex(12),
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/decisions/ask")
@requires(Permission.RECRUIT)
@takes_up_to(IDS_OF_MANY)
def decide(opening_id: str) -> ResponseReturnValue:
    """Record it, and say on the page of stages what was done."""
    chosen = request.form.get("people", "").split()
    get_decisions(database(), current_user.id, opening_id)
    try:
        said = _act(opening_id, chosen)
    except AlreadyDoneError as error:
        said = f"This was already done at {clock(error.at)}, so nothing was recorded or mailed again."
    except InvalidInputError as error:
        return _ask_page(opening_id, chosen, request.form, {error.field: f"{error}."}), 400
    except RefusedError as error:
        return _ask_page(opening_id, chosen, request.form, {"people": f"{error}."}), 409
    session[DONE] = said
    return redirect(url_for("recruiter.decisions", opening_id=opening_id, done="yes"), 303)


def _act(opening_id: str, chosen: list[str]) -> str:
    if not chosen:
        message = "Choose at least one person"
        raise InvalidInputError(message, "people")
    do = request.form.get("do", "")
    return _OTHERS[do](opening_id, chosen) if do in _OTHERS else _move(opening_id, chosen)


def _move(opening_id: str, chosen: list[str]) -> str:
    sent = request.form
    decision = Decision(sent.get("do", ""), sent.get("person", ""), sent.get("reason", ""), sent.get("tell") == "y")
    made = move_candidates(database(), current_user.id, opening_id, chosen, decision, now(), form=sent.get("once", ""))
    there = f" {people(made.there)} stood there already." if made.there else ""
    told = f" {people(made.told)} will be told by mail." if made.told else ""
    return f"{people(made.moved)} moved.{there}{told}"


def _tell(opening_id: str, chosen: list[str]) -> str:
    once = request.form.get("once", "")
    n = tell_candidates(database(), current_user.id, opening_id, chosen, now(), form=once)
    return f"{people(n)} will be told by mail; the others were told before, or there is nothing to tell."


def _mark(opening_id: str, chosen: list[str]) -> str:
    n = mark_candidates(database(), current_user.id, opening_id, chosen, now(), marked=True)
    return f"{people(n)} put on the shortlist."


def _unmark(opening_id: str, chosen: list[str]) -> str:
    n = mark_candidates(database(), current_user.id, opening_id, chosen, now(), marked=False)
    return f"{people(n)} taken off the shortlist."


_OTHERS = {TELL: _tell, MARK: _mark, UNMARK: _unmark}
