"""What a candidate's pages send: consent, answers with the revision that the page had seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import BooleanField
from wtforms.validators import InputRequired

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError
from eiassess.services.sitting.answers import OwnTries
from eiassess.web.candidate.answers import UNREADABLE, PageAnswer, is_answer_field, read_page
from eiassess.web.shell.answering import posted_fields, whole
from eiassess.web.shell.forms import PlainForm

MOST_TRIES = 1000
"""So many times a page may have sent something and heard nothing: far more than anybody chooses on one page."""

HIGHEST_NUMBER = 1_000_000_000
"""Databases hold no revision of more than twice this."""


class ConsentForm(PlainForm):
    """Agreeing to the notice."""

    agree = BooleanField(
        "I have read this page and agree that my answers are stored and used as it says",
        validators=[InputRequired("Tick the box if you agree. Without it we may not store your answers.")],
    )


@dataclass(frozen=True)
class GivenPage:
    """A posted page of a scenario.

    Parameters
    ----------
    answer
        The answer as it is on the page.
    revision
        The revision that the page had seen.
    shown
        The answer that the page was opened with, as ``shown_ratings`` writes it.
    """

    answer: PageAnswer
    revision: int
    shown: str

    @property
    def untouched(self) -> bool:
        """Whether the candidate changed nothing since the page was opened."""
        return not self.answer.clashes and self.shown == shown_ratings(self.answer.ratings)


@dataclass(frozen=True)
class ScriptAnswers:
    """What the script sends to be saved."""

    ratings: Ratings
    revision: int
    tries: OwnTries


def read_answers(form: AssessmentForm, scenario: Scenario) -> GivenPage:
    """Read a posted page; fields that are not on it change nothing.

    Raises
    ------
    InvalidInputError
        Something on it cannot be read.
    """
    answer = read_page(form, scenario, request.form)
    return GivenPage(answer, whole(request.form.get("revision", ""), UNREADABLE), request.form.get("shown", ""))


def read_json_answers() -> ScriptAnswers:
    """Read what the script sends, ``{"ratings": {option: number}, "revision": n}``.

    With it may come a ``number``, and as ``sent`` the ratings that the page sent before and heard nothing of.

    Raises
    ------
    InvalidInputError
        It is anything else.
    """
    try:
        body: Any = request.get_json(silent=True)
    except RecursionError:  # nested deeper than anything that we ask for
        body = None
    if not isinstance(body, dict):
        raise InvalidInputError(UNREADABLE)
    revision, number, sent = body.get("revision"), body.get("number", 0), body.get("sent", [])
    if (
        type(revision) is not int or type(number) is not int or not isinstance(sent, list)
    ):  # a bool is an int to isinstance
        raise InvalidInputError(UNREADABLE)
    if not number <= min(revision + MOST_TRIES, HIGHEST_NUMBER) or len(sent) > MOST_TRIES:
        raise InvalidInputError(UNREADABLE)
    tries = OwnTries(number, tuple(_numbers(each) for each in sent))
    return ScriptAnswers(_numbers(body.get("ratings")), revision, tries)


def _numbers(ratings: object) -> Ratings:
    if not isinstance(ratings, dict) or not _are_whole(*ratings.values()):
        raise InvalidInputError(UNREADABLE)
    return ratings


def _are_whole(*numbers: object) -> bool:
    return all(type(number) is int for number in numbers)  # a bool is an int to isinstance


def shown_ratings(ratings: Ratings) -> str:
    """Write an answer as the page says back which one it was opened with."""
    return " ".join(f"{option}={rating}" for option, rating in sorted(ratings.items()))


def posted_answers() -> Mapping[str, str]:
    """Return the fields of a scenario's page as they were sent, to be sent once more."""
    return posted_fields("sitting", is_answer_field)
