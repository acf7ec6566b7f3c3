"""Plain values for the candidate's pages, made from a sitting: no key, no records."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from eiassess.domain.formats import RatingScale
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings, n_missing
from eiassess.domain.scenarios import ResponseOption, Scenario
from eiassess.domain.shuffling import shuffled_options
from eiassess.services.delivery import NOTHING_SAVED, SavedResponse, Sitting
from eiassess.web.candidate.forms import shown_ratings

SCORED_FROM_PERCENT = 80
"""Of the scenarios, how many must be complete for scores; a test holds it to the scoring engine's rule."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A time as text in UTC, and exactly, for the script to turn into the reader's own time."""

    iso: str
    day: str
    minute: str


def moment(time: datetime) -> Moment:
    """Write a time; not by strftime, whose names follow the server's locale."""
    utc = time.astimezone(UTC)
    day = f"{_DAYS[utc.weekday()]} {utc.day} {_MONTHS[utc.month - 1]} {utc.year}"
    return Moment(utc.isoformat(timespec="seconds"), day, f"{utc:%H:%M} UTC")


@dataclass(frozen=True)
class NoticePage:
    """What a candidate reads before agreeing."""

    sitting: Sitting
    minutes: int
    n_scenarios: int
    n_ratings: int
    until: Moment
    contact: str


def notice_page(sitting: Sitting, contact: str) -> NoticePage:
    """Make the notice; the time includes the practice."""
    form = sitting.form
    return NoticePage(
        sitting=sitting,
        minutes=math.ceil(form.expected_seconds((*form.practice, *form.scenarios)) / 60),
        n_scenarios=len(form.scenarios),
        n_ratings=form.decision_count,
        until=moment(sitting.expires_at),
        contact=contact,
    )


@dataclass(frozen=True)
class Question:
    """One scenario on a page, its options in this candidate's order."""

    scenario_id: str
    place: str
    situation: tuple[str, ...]
    scale: RatingScale
    options: tuple[ResponseOption, ...]
    ratings: Ratings

    def label_of(self, option_id: str, ratings: Ratings) -> str:
        """Say a rating with its number and words."""
        if option_id not in ratings:
            return "not rated"
        rating = ratings[option_id]
        if rating not in self.scale.points:
            return str(rating)
        return f"{rating}, {self.scale.labels[rating - self.scale.minimum].lower()}"


def _place(scenario: Scenario) -> str:
    """Say where a scene plays; its title is for recruiters, since it may hint at what the key rates."""
    return f"{scenario.channel}, {scenario.trade}".capitalize()


def question(sitting: Sitting, scenario: Scenario, ratings: Ratings) -> Question:
    """Put a scenario on a page."""
    return Question(
        scenario_id=scenario.id,
        place=_place(scenario),
        situation=tuple(part.strip() for part in scenario.situation.strip().split("\n\n")),
        scale=sitting.form.scale_of(scenario),
        options=shuffled_options(scenario, sitting.order_seed),
        ratings=ratings,
    )


@dataclass(frozen=True)
class ScenarioPage:
    """One scenario with what was saved, and how far the candidate is."""

    number: int
    total: int
    time_left: str
    question: Question
    revision: int
    shown: str
    n_missing: int
    saved_at: Moment | None
    sitting: str
    simulated: bool


def scenario_page(sitting: Sitting, number: int) -> ScenarioPage:
    """Make the page of the scenario with a number that the form has."""
    scenario = sitting.form.scenarios[number - 1]
    saved = sitting.response_to(scenario.id)
    return ScenarioPage(
        number=number,
        total=len(sitting.form.scenarios),
        time_left=time_left(sitting.form, sitting.responses),
        question=question(sitting, scenario, saved.ratings),
        revision=saved.revision,
        shown=shown_ratings(saved.ratings),
        n_missing=n_missing(sitting.form, scenario, saved.ratings),
        saved_at=moment(saved.saved_at) if saved.saved_at and saved.ratings else None,
        sitting=sitting.session_id,
        simulated=sitting.simulated,
    )


def time_left(form: AssessmentForm, responses: Mapping[str, SavedResponse]) -> str:
    """Say how long the scenarios that are not complete will take."""
    open_ones = tuple(
        each for each in form.scenarios if n_missing(form, each, responses.get(each.id, NOTHING_SAVED).ratings)
    )
    minutes = math.ceil(form.expected_seconds(open_ones) / 60)
    match minutes:
        case 0:
            return "all of them answered"
        case 1:
            return "about 1 minute left"
    return f"about {minutes} minutes left"


def first_open(sitting: Sitting) -> int | None:
    """Return the number of the first scenario that is not complete; ``None`` if all are."""
    for number, scenario in enumerate(sitting.form.scenarios, 1):
        if n_missing(sitting.form, scenario, sitting.response_to(scenario.id).ratings):
            return number
    return None


@dataclass(frozen=True)
class Version:
    """One of two versions of a page's answers, with the name of the button's purpose."""

    title: str
    button: str
    ratings: Ratings


@dataclass(frozen=True)
class ConflictPage:
    """Both versions of a page's answers, and where they differ; keeping either names the fresh revision."""

    page: ScenarioPage
    lead: str
    options: tuple[ResponseOption, ...]
    versions: tuple[Version, Version]


def conflict_page(sitting: Sitting, number: int, given: Ratings, saved: SavedResponse, lead: str) -> ConflictPage:
    """Put what is saved beside what the page gave."""
    page = scenario_page(sitting, number)
    versions = (
        Version("Saved", "Keep what is saved", saved.ratings),
        Version("From this page", "Keep what I gave here", given),
    )
    differing = tuple(
        option for option in page.question.options if saved.ratings.get(option.id) != given.get(option.id)
    )
    return ConflictPage(page, lead, differing, versions)


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review."""

    number: int
    place: str
    n_missing: int


@dataclass(frozen=True)
class ReviewPage:
    """All scenarios before handing in."""

    rows: tuple[ReviewRow, ...]
    n_complete: int
    n_needed: int
    sitting: str
    simulated: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.n_complete == len(self.rows)

    @property
    def can_be_scored(self) -> bool:
        """Whether enough is complete for an overall score."""
        return self.n_complete >= self.n_needed


def review_page(sitting: Sitting) -> ReviewPage:
    """Make the review from what is saved."""
    rows = tuple(
        ReviewRow(
            number,
            _place(scenario),
            n_missing(sitting.form, scenario, sitting.response_to(scenario.id).ratings),
        )
        for number, scenario in enumerate(sitting.form.scenarios, 1)
    )
    return ReviewPage(
        rows=rows,
        n_complete=sum(not row.n_missing for row in rows),
        n_needed=-(-SCORED_FROM_PERCENT * len(rows) // 100),
        sitting=sitting.session_id,
        simulated=sitting.simulated,
    )
