"""Saving ratings as they are given, for the script; when it answers, they are committed."""

from http import HTTPStatus

from flask import Blueprint, abort, session
from flask.typing import ResponseReturnValue

from eiassess.errors import EIAssessError, InvalidInputError
from eiassess.services.links import LinkClosedError
from eiassess.services.panels.rating import (
    GivenRatings,
    PanelClosedError,
    get_expert_sitting,
    save_expert_ratings,
)
from eiassess.web.expert.forms import fingerprint, read_json_page
from eiassess.web.expert.visitor import visitor
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.answering import scenario_at
from eiassess.web.shell.context import database, now
from eiassess.web.shell.moments import clock


def add_saving(area: Blueprint) -> None:
    """Give the expert's area the address that the script saves to."""
    area.add_url_rule("/rate/scenario/<int:number>/save", "save", save, methods=["POST"])


@requires(Permission.EXPERT)
def save(number: int) -> ResponseReturnValue:
    """Save what the page has now; what is refused is said, and nothing is changed."""
    who = visitor(session) or abort(HTTPStatus.BAD_REQUEST)  # check_access has seen to it that there is one
    try:
        scenario = scenario_at(get_expert_sitting(database(), who, now()).form, number)
        given, revision = read_json_page()
        saved = save_expert_ratings(database(), who, scenario.id, given, revision, now())
    except EIAssessError as error:
        return {"message": f"{error}."}, _code(error)
    shown = fingerprint(GivenRatings(saved.ratings, saved.comments))
    return {"revision": saved.revision, "shown": shown, "saved_at": clock(saved.saved_at or now())}


def _code(error: EIAssessError) -> HTTPStatus:
    if isinstance(error, (LinkClosedError, PanelClosedError)):
        return HTTPStatus.GONE
    return HTTPStatus.BAD_REQUEST if isinstance(error, InvalidInputError) else HTTPStatus.CONFLICT
