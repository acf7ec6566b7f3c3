"""The voluntary questions after handing in: answered, replaced, taken back, or skipped as easily; never shown back."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue

from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.services.fairness.answering import answer_fairness, get_own_fairness, take_back_fairness
from eiassess.web.candidate.way import current_sitting, to
from eiassess.web.shell.access import INVITATION, Permission, requires
from eiassess.web.shell.context import database, installation
from eiassess.web.shell.forms import PlainForm

PREFIX = "answer-"


def add_voluntary(area: Blueprint) -> None:
    """Give the candidate's area the page of voluntary questions."""
    area.add_url_rule("/sit/voluntary", "fairness", fairness, methods=["GET"])
    area.add_url_rule("/sit/voluntary", "send_fairness", send_fairness, methods=["POST"])


@requires(Permission.CANDIDATE)
def fairness() -> ResponseReturnValue:
    """Ask, and say first who sees what."""
    if current_sitting().state != SessionState.SUBMITTED:
        return to("resume")
    return _page({}, {})


@requires(Permission.CANDIDATE)
def send_fairness() -> ResponseReturnValue:
    """Keep the answers, or delete them."""
    if "take_back" in request.form:
        take_back_fairness(database(), session[INVITATION])
        return to("own", sent="taken_back")
    sent = {name.removeprefix(PREFIX): value for name, value in request.form.items() if name.startswith(PREFIX)}
    try:
        answer_fairness(database(), session[INVITATION], sent)
    except InvalidInputError as error:
        return _page(sent, {error.field: f"{error}."}), 400
    return to("own", sent="voluntary")


def _page(sent: Mapping[str, str], errors: Mapping[str, str]) -> str:
    # What is kept is never filled in: a link is in other hands at times. Answers are in the own data, behind a code.
    return render_template(
        "candidate/fairness.html",
        page=get_own_fairness(database(), session[INVITATION]),
        by_hand=installation().settings.mail is None,
        simulated=current_sitting().simulated,
        chosen=sent,
        errors=errors,
        prefix=PREFIX,
        form=PlainForm(),
    )
