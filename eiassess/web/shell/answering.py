"""What pages share that are answered scenario by scenario, a candidate's and an expert's."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import abort, request

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError

RATING = "rating-"
"""How the names of fields begin that hold a number for an option; the option's id follows."""


class Go(StrEnum):
    """What the pressed button asks for; without a button it is to save."""

    SAVE = "save"
    BACK = "back"
    CONTINUE = "continue"
    REVIEW = "review"


def read_go() -> Go:
    """Read which button was pressed."""
    pressed = request.form.get("go", "")
    return Go(pressed) if pressed in list(Go) else Go.SAVE


def scenario_at(form: AssessmentForm, number: int) -> Scenario:
    """Return the scenario of a page's number, counted from 1; a number that the form lacks is no page."""
    if not 1 <= number <= len(form.scenarios):
        abort(404)
    return form.scenarios[number - 1]


def place_of(scenario: Scenario) -> str:
    """Say where a scene plays; its title may hint at what the key rates, so neither candidates nor experts see it."""
    return f"{scenario.channel}, {scenario.trade}".capitalize()


def whole(text: str, refusal: str) -> int:
    """Read a whole number that is not negative.

    Raises
    ------
    InvalidInputError
        It is anything else; the message is the refusal.
    """
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - more digits than any revision has
        return int(text)
    raise InvalidInputError(refusal)


def posted_fields(who: str, is_answer: Callable[[str], bool]) -> Mapping[str, str]:
    """Return the fields of a scenario's page as they were sent, to be sent once more; one field says whose it is."""
    names = ("revision", "shown", who)
    return {name: value for name, value in request.form.items() if name in names or is_answer(name)}
