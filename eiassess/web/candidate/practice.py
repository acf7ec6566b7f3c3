"""Practice, never counted: the scenarios that a candidate tries before the start, and the try-out for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, session
from flask.typing import ResponseReturnValue

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings
from eiassess.domain.sessions import SessionState
from eiassess.services.content.practice import get_practice_form
from eiassess.services.sitting.answers import record_practice, record_practice_answer
from eiassess.web.candidate.answers import PageAnswer, read_page
from eiassess.web.candidate.questions import Question, question
from eiassess.web.candidate.way import current_sitting, elsewhere, is_ended, to
from eiassess.web.shell.access import INVITATION, Permission, requires
from eiassess.web.shell.answering import Go, read_go
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm

SAME_FOR_ALL = "try-out"
"""The seed of the try-out's order of options: whoever opens a page sees the same."""

NOTHING = PageAnswer({}, {})


def add_practice(area: Blueprint) -> None:
    """Give the candidate's area its practice, one scenario a page, and the try-out that needs no invitation."""
    for rule in ("/sit/practice", "/sit/practice/<int:number>"):
        area.add_url_rule(rule, "practice", practice, methods=["GET"])
        area.add_url_rule(rule, "try_practice", try_practice, methods=["POST"])
    for rule in ("/practice", "/practice/<int:number>"):
        area.add_url_rule(rule, "try_out", try_out, methods=["GET"])


@dataclass(frozen=True)
class PracticePage:
    """A practice scenario, before or after looking what the key says of the answer."""

    number: int
    total: int
    question: Question
    ratings: Ratings
    checked: bool

    @property
    def is_last(self) -> bool:
        """Whether no practice scenario follows."""
        return self.number == self.total


@requires(Permission.CANDIDATE)
def practice(number: int = 1) -> ResponseReturnValue:
    """Show a scenario to try out."""
    sitting = current_sitting()
    if sitting.state == SessionState.SUBMITTED or not sitting.consented or is_ended(sitting):
        return elsewhere(sitting) or to("resume")
    page = practice_page(sitting.form, number, sitting.order_seed, None)
    return _shown("candidate/practice.html", page, sitting=sitting, form=PlainForm())


@requires(Permission.CANDIDATE)
def try_practice(number: int = 1) -> ResponseReturnValue:
    """Show what the key thinks of the practice answer and keep the first for the candidate's feedback; or begin."""
    sitting = current_sitting()
    if read_go() is Go.CONTINUE or not sitting.consented:
        record_practice(database(), session[INVITATION], now())
        return to("resume")
    page = practice_page(sitting.form, number, sitting.order_seed, request.form)
    if page.checked:
        record_practice_answer(database(), session[INVITATION], page.question.scenario_id, page.ratings, now())
    return _shown("candidate/practice.html", page, sitting=sitting, form=PlainForm())


@requires(Permission.PUBLIC)
def try_out(number: int = 1) -> ResponseReturnValue:
    """Let anybody try every format: answers come in the address, and nothing is stored, not even a session."""
    settings = installation().settings
    form = get_practice_form(settings.bank_folders, settings.key_folders)
    page = practice_page(form, number, SAME_FOR_ALL, request.args if "check" in request.args else None)
    return _shown("candidate/try_out.html", page, invited=request.args.get("from") == "invitation")


def practice_page(form: AssessmentForm, number: int, order_seed: str, fields: Mapping[str, str] | None) -> PracticePage:
    """Make the page of a practice scenario; with the fields of an answer, one that looks at it."""
    if not 1 <= number <= len(form.practice):
        abort(404)
    scenario = form.practice[number - 1]
    answer = NOTHING if fields is None else read_page(form, scenario, fields)
    return PracticePage(
        number=number,
        total=len(form.practice),
        question=question(form, scenario, order_seed, answer),
        ratings=answer.ratings,
        checked=fields is not None and not answer.clashes,
    )


def _shown(template: str, page: PracticePage, **context: Any) -> ResponseReturnValue:  # noqa: ANN401 - for the template
    problems = page.question.problems
    return render_template(template, page=page, page_error=bool(problems), **context), 400 if problems else 200
