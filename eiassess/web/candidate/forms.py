"""What a candidate's pages send: consent, ratings with the revision that the page had seen, and where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired

from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError

RATING = "rating-"
"""How the names of a page's choices begin; the option's id follows."""

_NOT_A_RATING = "A rating on this page could not be read; load the page again and repeat your last step"


class Go(StrEnum):
    """What the pressed button asks for; without a button it is to save."""

    SAVE = "save"
    BACK = "back"
    CONTINUE = "continue"
    REVIEW = "review"


class PlainForm(FlaskForm):
    """A page whose fields are named by its content: the form adds the protection against forged requests."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Flask-WTF has no types


class ConsentForm(PlainForm):
    """Agreeing to the notice."""

    agree = BooleanField(
        "I have read this page and agree that my answers are stored and used as it says",
        validators=[InputRequired("Tick the box if you agree. Without it we may not store your answers.")],
    )

    def is_agreed(self) -> bool:
        """Tell whether the form was sent with its box ticked."""
        return bool(self.validate_on_submit())  # type: ignore[no-untyped-call]  # Flask-WTF has no types


@dataclass(frozen=True)
class GivenAnswers:
    """What a page or the script sends.

    Parameters
    ----------
    ratings
        The ratings as they are on the page.
    revision
        The revision that the page had seen.
    untouched
        Whether the candidate changed nothing since the page was opened.
    """

    ratings: Ratings
    revision: int
    untouched: bool = False


def read_answers(scenario: Scenario) -> GivenAnswers:
    """Read a posted page; fields that are not on it change nothing.

    Raises
    ------
    InvalidInputError
        A rating or the revision is no whole number.
    """
    ratings, revision = read_ratings(scenario), _whole(request.form.get("revision", ""))
    return GivenAnswers(ratings, revision, request.form.get("shown") == shown_ratings(ratings))


def read_ratings(scenario: Scenario) -> Ratings:
    """Read the ratings of a posted page.

    Raises
    ------
    InvalidInputError
        One is no whole number.
    """
    form = request.form
    return {option: _whole(form[RATING + option]) for option in scenario.option_ids if form.get(RATING + option)}


def read_go() -> Go:
    """Read which button was pressed."""
    pressed = request.form.get("go", "")
    return Go(pressed) if pressed in list(Go) else Go.SAVE


def read_json_answers() -> GivenAnswers:
    """Read what the script sends, ``{"ratings": {option: rating}, "revision": n}``.

    Raises
    ------
    InvalidInputError
        It is anything else.
    """
    try:
        body: Any = request.get_json(silent=True)
    except RecursionError:  # nested deeper than anything that we ask for
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("ratings"), dict):
        raise InvalidInputError(_NOT_A_RATING)
    numbers = [*body["ratings"].values(), body.get("revision")]
    if not all(type(number) is int for number in numbers):  # a bool is an int to isinstance
        raise InvalidInputError(_NOT_A_RATING)
    return GivenAnswers(body["ratings"], body["revision"])


def shown_ratings(ratings: Ratings) -> str:
    """Write ratings as the page says back which ones it was opened with."""
    return " ".join(f"{option}={rating}" for option, rating in sorted(ratings.items()))


def posted_answers() -> Mapping[str, str]:
    """Return the fields of a page of ratings as they were sent, to be sent once more."""
    names = ("revision", "shown", "sitting")
    return {name: value for name, value in request.form.items() if name in names or name.startswith(RATING)}


def _whole(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - more digits than any revision has
        return int(text)
    raise InvalidInputError(_NOT_A_RATING)
