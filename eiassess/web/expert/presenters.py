"""Plain values for the expert's pages: no key, and nobody else's ratings."""

import math
from dataclasses import dataclass

from eiassess.domain.formats import RatingScale
from eiassess.domain.forms import SECONDS_PER_DECISION, WORDS_PER_MINUTE
from eiassess.domain.scenarios import ResponseOption, Scenario
from eiassess.domain.shuffling import shuffled_options
from eiassess.services.panels.rating import ExpertSitting, GivenRatings
from eiassess.web.expert.forms import fingerprint
from eiassess.web.shell.answering import place_of
from eiassess.web.shell.moments import clock, long_day, moment

NOTHING = -1
"""Stands for an option without an answer, where None is one."""


@dataclass(frozen=True)
class NoticePage:
    """What an expert reads before agreeing."""

    sitting: ExpertSitting
    n_scenarios: int
    n_options: int
    minutes: int
    until: str
    contact: str


def notice_page(sitting: ExpertSitting, contact: str) -> NoticePage:
    """Make the notice."""
    scenarios = sitting.form.scenarios
    return NoticePage(
        sitting,
        len(scenarios),
        sum(len(scenario.options) for scenario in scenarios),
        _minutes(scenarios),
        long_day(sitting.expires_at),
        contact,
    )


@dataclass(frozen=True)
class RatedOption:
    """An option with what was given for it; ``problem`` says what was saved elsewhere meanwhile."""

    option: ResponseOption
    rating: int | None
    comment: str
    problem: str
    cannot_judge: bool = False


@dataclass(frozen=True)
class RatingPage:
    """One scenario with its options in this expert's order."""

    number: int
    total: int
    time_left: str
    scenario_id: str
    place: str
    situation: tuple[str, ...]
    scale: RatingScale
    options: tuple[RatedOption, ...]
    revision: int
    shown: str
    saved_at: str
    expert: str
    until: str
    """When the link ends, for the script."""
    simulated: bool
    problem: str

    @property
    def n_missing(self) -> int:
        """How many options are not answered."""
        return sum(each.rating is None and not each.cannot_judge for each in self.options)


def rating_page(
    sitting: ExpertSitting, number: int, given: GivenRatings | None = None, problem: str = "", *, compare: bool = False
) -> RatingPage:
    """Make the page of a scenario.

    Parameters
    ----------
    given
        What the page sent, if it was not saved; otherwise what is saved is shown.
    problem
        Why it was not saved.
    compare
        Whether to say at each option what is saved, where it differs.
    """
    scenario = sitting.form.scenarios[number - 1]
    saved = sitting.saved_for(scenario.id)
    stored = GivenRatings(saved.ratings, saved.comments)
    shown, scale = given or stored, sitting.form.scale_of(scenario)
    return RatingPage(
        number=number,
        total=len(sitting.form.scenarios),
        time_left=_time_left(sitting),
        scenario_id=scenario.id,
        place=place_of(scenario),
        situation=scenario.paragraphs,
        scale=scale,
        options=tuple(
            RatedOption(
                option=option,
                rating=shown.ratings.get(option.id),
                comment=shown.comments.get(option.id, ""),
                problem=_saved_elsewhere(option.id, stored, shown, scale) if compare else "",
                cannot_judge=shown.ratings.get(option.id, 0) is None,
            )
            for option in shuffled_options(scenario, sitting.order_seed)
        ),
        revision=saved.revision,
        shown=fingerprint(stored),
        saved_at=clock(saved.saved_at) if saved.saved_at and given is None else "",
        expert=sitting.expert_id,
        until=moment(sitting.expires_at).iso,
        simulated=sitting.simulated,
        problem=problem,
    )


def first_open(sitting: ExpertSitting) -> int | None:
    """Return the number of the first scenario that is not complete; ``None`` if all are."""
    return next((n for n, each in enumerate(sitting.form.scenarios, 1) if sitting.n_missing(each)), None)


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review."""

    number: int
    place: str
    n_missing: int
    n_comments: int


@dataclass(frozen=True)
class ReviewPage:
    """All scenarios before handing in."""

    rows: tuple[ReviewRow, ...]
    expert: str
    until: str
    simulated: bool

    @property
    def n_missing(self) -> int:
        """How many options are not rated."""
        return sum(row.n_missing for row in self.rows)

    @property
    def n_complete(self) -> int:
        """How many scenarios are complete."""
        return sum(not row.n_missing for row in self.rows)


def review_page(sitting: ExpertSitting) -> ReviewPage:
    """Make the review from what is saved."""
    rows = tuple(
        ReviewRow(number, place_of(each), sitting.n_missing(each), len(sitting.saved_for(each.id).comments))
        for number, each in enumerate(sitting.form.scenarios, 1)
    )
    return ReviewPage(rows, sitting.expert_id, moment(sitting.expires_at).iso, sitting.simulated)


def _saved_elsewhere(option: str, saved: GivenRatings, given: GivenRatings, scale: RatingScale) -> str:
    """Say what is saved for an option, if it is not what was given."""
    said = []
    if saved.ratings.get(option, NOTHING) != given.ratings.get(option, NOTHING):
        said.append(f"Saved is {_rating_in_words(saved.ratings.get(option, NOTHING), scale)}.")
    if saved.comments.get(option, "") != " ".join(given.comments.get(option, "").split()):
        said.append(f"The saved comment is: {saved.comments.get(option) or 'none'}.")
    return " ".join(said)


def _rating_in_words(rating: int | None, scale: RatingScale) -> str:
    if rating is None:
        return "that you cannot judge this"
    if rating == NOTHING:
        return "no rating"
    return f"{rating}, {scale.labels[rating - scale.minimum].lower()}"


def _time_left(sitting: ExpertSitting) -> str:
    minutes = _minutes(tuple(each for each in sitting.form.scenarios if sitting.n_missing(each)))
    if not minutes:
        return "all of them rated"
    return f"about {minutes} {'minute' if minutes == 1 else 'minutes'} left"


def _minutes(scenarios: tuple[Scenario, ...]) -> int:
    """Estimate how long rating every option takes, whatever the format that candidates answer in."""
    words = sum(scenario.word_count for scenario in scenarios)
    ratings = sum(len(scenario.options) for scenario in scenarios)
    return math.ceil(words / WORDS_PER_MINUTE + ratings * SECONDS_PER_DECISION / 60)
