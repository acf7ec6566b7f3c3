"""The progress page, its live part, and actions for many, which name their number before they act."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.auditing.acting import tell_count
from eiassess.services.hiring.extending import held_by_limit
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.progress.overview import ProgressRow, get_progress, list_matching
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.progress.acting import act
from eiassess.web.recruiter.progress.addresses import parameters_of, read_progress_query
from eiassess.web.recruiter.progress.choosing import EVERYBODY, those_it_fits
from eiassess.web.recruiter.progress.presenters import (
    Bulk,
    ProgressPage,
    filter_in_words,
    limit_in_words,
    present_confirm,
    present_progress,
)
from eiassess.web.recruiter.sharing.fields import field_choices
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.form_sizes import takes_up_to

DONE = "done_for_many"
IDS_OF_MANY = 1_000_000
"""Bytes that 5,000 people's ids take, with room to spare."""


def _page(opening_id: str) -> ProgressPage:
    query = read_progress_query(request.args)
    return present_progress(get_progress(database(), current_user.id, opening_id, query, now()), blind=is_blind())


@area.get("/openings/<opening_id>/progress")
@requires(Permission.RECRUIT)
def progress(opening_id: str) -> ResponseReturnValue:
    """Show who is where, and who needs a nudge."""
    done = session.get(DONE, "") if request.args.get("done") else ""
    return render_template(
        "recruiter/progress/progress.html", page=_page(opening_id), done=done, once=_showing(), blind=is_blind()
    )


@area.get("/openings/<opening_id>/progress/now")
@requires(Permission.RECRUIT)
def progress_now(opening_id: str) -> ResponseReturnValue:
    """Send the part of the page that changes by itself."""
    return render_template("recruiter/progress/_counts.html", page=_page(opening_id))


@area.get("/openings/<opening_id>/progress/<action>")
@requires(Permission.RECRUIT)
def ask_for_many(opening_id: str, action: str) -> ResponseReturnValue:
    """Name the number and the people before something is done for them."""
    return _confirm_page(opening_id, _action(action), request.args.getlist("c"))


def _showing() -> str:
    """Return the value of one showing, which goes along to the question: going back and pressing again is the same."""
    return request.values.get("once") or secrets.token_hex(12)


def _action(name: str) -> Bulk:
    return Bulk(name) if name in set(Bulk) else abort(404)


def _confirm_page(opening_id: str, action: Bulk, chosen: list[str], problem: str = "", at: str = "") -> str:
    query = read_progress_query(request.values)
    rows = list_matching(database(), current_user.id, opening_id, EVERYBODY if chosen else query, now())
    fitting = those_it_fits(action, rows, chosen)
    held = _held(opening_id, fitting) if action is Bulk.EXTEND else frozenset()
    named = tuple(row for row in fitting if row.session_id not in held)
    tell_count(len(named))
    page = present_confirm(opening_id, action, named, query, blind=is_blind())
    return render_template(
        "recruiter/progress/confirm.html",
        page=page,
        filter_words=filter_in_words(query),
        limit_words=_limit_in_words(opening_id, len(held)) if action is Bulk.EXTEND else "",
        typed=request.form,
        once=_showing(),
        problem=problem,
        at="day" if action is Bulk.EXTEND and named else at or "people",
        choices=field_choices(request.form),
        blind=is_blind(),
    )


def _held(opening_id: str, rows: Sequence[ProgressRow]) -> frozenset[str]:
    return held_by_limit(database(), current_user.id, opening_id, {row.session_id for row in rows}, now())


def _limit_in_words(opening_id: str, n_held: int) -> str:
    return limit_in_words(get_opening(database(), current_user.id, opening_id).settings.time_limit_minutes, n_held)


@area.post("/openings/<opening_id>/progress/<action>")
@takes_up_to(IDS_OF_MANY)
@requires(Permission.RECRUIT)
def do_for_many(opening_id: str, action: str) -> ResponseReturnValue:
    """Do it for exactly those who were named."""
    kind, chosen = _action(action), request.form.get("people", "").split()
    try:
        session[DONE] = act(kind, opening_id, chosen, request.form)
    except InvalidInputError as error:
        return _confirm_page(opening_id, kind, chosen, f"{error}.", error.field), 400
    parameters: dict[str, Any] = parameters_of(read_progress_query(request.form))
    return redirect(url_for("recruiter.progress", opening_id=opening_id, done="yes", **parameters), 303)
