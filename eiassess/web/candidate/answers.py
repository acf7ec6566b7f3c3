"""From the fields of a page to an answer and back, in every format, and what clashes in what a page sends.

Ratings and places are named by the option (``rating-a=3``); picks name the option (``best=a``), so that a browser
without scripts keeps each of them unique by itself. A page can still clash: two options in one place, or one option as
best and as worst. That is told apart from what no page of ours can send.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import BEST, WORST, Ratings, checked_answer
from eiassess.domain.scenarios import Scenario
from eiassess.web.shell.answering import RATING, whole

PICKS = {BEST: "best", WORST: "worst"}
"""The field of each pick."""

UNREADABLE = "An answer on this page could not be read; load the page again and repeat your last step"


@dataclass(frozen=True)
class Clash:
    """Several options with one value, or one option with several."""

    options: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True)
class PageAnswer:
    """What stands on a posted page: its filled fields, and the answer unless something clashes.

    Parameters
    ----------
    fields
        Name -> value, to show the page again as it was.
    ratings
        The answer; empty while something clashes.
    clashes
        What the candidate has to settle first.
    """

    fields: Mapping[str, str]
    ratings: Ratings
    clashes: tuple[Clash, ...] = ()


def is_answer_field(name: str) -> bool:
    """Tell whether a field of that name can hold a part of an answer."""
    return name.startswith(RATING) or name in PICKS.values()


def fields_of(form: AssessmentForm, scenario: Scenario, ratings: Ratings) -> dict[str, str]:
    """Return the fields that an answer fills on its page."""
    if _is_picked(form, scenario):
        return {PICKS[value]: option for option, value in ratings.items()}
    return {RATING + option: str(value) for option, value in ratings.items()}


def read_page(form: AssessmentForm, scenario: Scenario, fields: Mapping[str, str]) -> PageAnswer:
    """Read a page's answer; fields that are not on it change nothing.

    Raises
    ------
    InvalidInputError
        Something is there that the page does not offer.
    """
    given = tuple(_given(form, scenario, fields))
    for option, value in given:
        checked_answer(form, scenario, {option: value})
    filled = {name: fields[name] for name in _names(form, scenario) if fields.get(name)}
    clashes = () if form.format_of(scenario).is_rated else tuple(_clashes(given))
    return PageAnswer(filled, {} if clashes else dict(given), clashes)


def _is_picked(form: AssessmentForm, scenario: Scenario) -> bool:
    return form.format_of(scenario) in {ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.PICK_BEST}


def _names(form: AssessmentForm, scenario: Scenario) -> tuple[str, ...]:
    if _is_picked(form, scenario):
        return tuple(PICKS[value] for value in (BEST, WORST)[: form.decisions_of(scenario)])
    return tuple(RATING + option for option in scenario.option_ids)


def _given(form: AssessmentForm, scenario: Scenario, fields: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    picked = {name: value for value, name in PICKS.items()} if _is_picked(form, scenario) else {}
    for name in _names(form, scenario):
        if fields.get(name):
            yield (
                (fields[name], picked[name]) if picked else (name.removeprefix(RATING), whole(fields[name], UNREADABLE))
            )


def _clashes(given: tuple[tuple[str, int], ...]) -> Iterator[Clash]:
    for value in dict.fromkeys(value for _, value in given):
        options = tuple(option for option, other in given if other == value)
        if len(options) > 1:
            yield Clash(options, (value,))
    for option in dict.fromkeys(option for option, _ in given):
        values = tuple(value for other, value in given if other == option)
        if len(values) > 1:
            yield Clash((option,), values)
