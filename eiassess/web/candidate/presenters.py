"""Plain values for the candidate's pages, made from a sitting: no key, no records."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings, n_missing
from eiassess.domain.scenarios import ResponseOption
from eiassess.services.sitting.answers import NOTHING_SAVED, SavedResponse, Sitting
from eiassess.web.candidate.answers import fields_of
from eiassess.web.candidate.forms import GivenPage, shown_ratings
from eiassess.web.candidate.questions import Question, question, saved_answer
from eiassess.web.candidate.words import each_decision, missing, missing_hint, what_you_do
from eiassess.web.shell.answering import place_of
from eiassess.web.shell.moments import Moment, moment, moment_in

SCORED_FROM_PERCENT = 80
"""Of the scenarios, how many must be complete for scores; a test holds it to the scoring engine's rule."""

KEPT_AFTER_THE_END = timedelta(days=7)
"""So long a browser keeps what came too late, so that whoever comes back can still read and copy it."""

SOON = timedelta(hours=1)
"""From then on a page says how much time is left, also where no limit is set."""


@dataclass(frozen=True)
class TimeLeft:
    """How much time is left, by the server's clock when the page was made."""

    minutes: int
    until: Moment
    now: str


def own_time_left(sitting: Sitting, now: datetime) -> TimeLeft | None:
    """Return the time that is left where there is a limit, or where the end is near; else nothing."""
    left = sitting.times.ends_at - now
    if sitting.times.limit is None and left > SOON:
        return None
    minutes = max(0, math.floor(left.total_seconds() / 60))
    return TimeLeft(minutes, moment_in(sitting.times.ends_at, sitting.time_zone), now.isoformat())


def limit_in_minutes(sitting: Sitting) -> int | None:
    """Return how long the candidate may take for the scenarios; ``None`` where no limit is set."""
    limit = sitting.times.own_limit
    return None if limit is None else round(limit / timedelta(minutes=1))


@dataclass(frozen=True)
class NoticePage:
    """What a candidate reads before agreeing."""

    sitting: Sitting
    minutes: int
    n_scenarios: int
    n_practice: int
    what_you_do: str
    each_decision: str
    until: Moment
    limit_minutes: int | None
    minutes_after_beginning: int
    keeps_promise: bool
    contact: str


def notice_page(sitting: Sitting, now: datetime, contact: str, *, keeps_promise: bool) -> NoticePage:
    """Make the notice; the time includes the practice."""
    form = sitting.form
    return NoticePage(
        sitting=sitting,
        minutes=math.ceil(form.expected_seconds((*form.practice, *form.scenarios)) / 60),
        n_scenarios=len(form.scenarios),
        n_practice=len(form.practice),
        what_you_do=what_you_do(form),
        each_decision=each_decision(form),
        until=moment_in(sitting.times.own_deadline, sitting.time_zone),
        limit_minutes=limit_in_minutes(sitting),
        minutes_after_beginning=max(0, math.floor((sitting.times.own_deadline - now).total_seconds() / 60)),
        keeps_promise=keeps_promise,
        contact=contact,
    )


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review; ``missing`` is empty if nothing is."""

    number: int
    title: str
    place: str
    missing: str


@dataclass(frozen=True)
class ScenarioPage:
    """One scenario with what was saved, or what was sent and clashes, how far the candidate is, what was skipped."""

    number: int
    total: int
    time_left: str
    question: Question
    revision: int
    shown: str
    hint: str
    saved_at: Moment | None
    skipped: tuple[ReviewRow, ...]
    sitting: str
    kept_until: Moment
    clock: TimeLeft | None
    simulated: bool


def scenario_page(sitting: Sitting, number: int, now: datetime, given: GivenPage | None = None) -> ScenarioPage:
    """Make the page of the scenario with a number that the form has; given is a page to be shown again as it was."""
    form, scenario = sitting.form, sitting.form.scenarios[number - 1]
    saved = sitting.response_to(scenario.id)
    answer = given.answer if given else saved_answer(form, scenario, saved.ratings)
    return ScenarioPage(
        number=number,
        total=len(form.scenarios),
        time_left=time_left(form, sitting.responses),
        question=question(form, scenario, sitting.order_seed, answer),
        revision=given.revision if given else saved.revision,
        shown=given.shown if given else shown_ratings(saved.ratings),
        hint=missing_hint(form, scenario, saved.ratings) if saved.revision and not given else "",
        saved_at=moment_in(saved.saved_at, sitting.time_zone)
        if saved.saved_at and saved.ratings and not given
        else None,
        skipped=tuple(row for row in _rows(sitting)[: number - 1] if row.missing),
        sitting=sitting.session_id,
        kept_until=kept_until(sitting),
        clock=own_time_left(sitting, now),
        simulated=sitting.simulated,
    )


def kept_until(sitting: Sitting) -> Moment:
    """Return until when a browser may keep what the server did not take."""
    return moment(sitting.times.ends_at + KEPT_AFTER_THE_END)


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
    """One of two versions of a page's answers, with the fields that it fills and the name of its button."""

    title: str
    button: str
    ratings: Ratings
    fields: Mapping[str, str]


@dataclass(frozen=True)
class ConflictPage:
    """Both versions of a page's answers, and where they differ; keeping either names the fresh revision."""

    page: ScenarioPage
    lead: str
    options: tuple[ResponseOption, ...]
    versions: tuple[Version, Version]


def conflict_page(
    sitting: Sitting, number: int, now: datetime, given: Ratings, saved: SavedResponse, lead: str
) -> ConflictPage:
    """Put what is saved beside what the page gave."""
    form, scenario = sitting.form, sitting.form.scenarios[number - 1]
    page = scenario_page(sitting, number, now)
    versions = (
        Version("Saved", "Keep what is saved", saved.ratings, fields_of(form, scenario, saved.ratings)),
        Version("From this page", "Keep what I gave here", given, fields_of(form, scenario, given)),
    )
    differing = tuple(
        option for option in page.question.options if saved.ratings.get(option.id) != given.get(option.id)
    )
    return ConflictPage(page, lead, differing, versions)


@dataclass(frozen=True)
class ReviewPage:
    """All scenarios before handing in."""

    rows: tuple[ReviewRow, ...]
    n_complete: int
    n_needed: int
    sitting: str
    kept_until: Moment
    clock: TimeLeft | None
    simulated: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.n_complete == len(self.rows)

    @property
    def gaps(self) -> tuple[ReviewRow, ...]:
        """The lines where something is missing."""
        return tuple(row for row in self.rows if row.missing)

    @property
    def gaps_named(self) -> str:
        """The gaps as the second step of handing in sends them back, so that nobody hands in others than they saw."""
        return "; ".join(f"{row.number}: {row.missing}" for row in self.gaps)

    @property
    def can_be_scored(self) -> bool:
        """Whether enough is complete for an overall score."""
        return self.n_complete >= self.n_needed


def review_page(sitting: Sitting, now: datetime) -> ReviewPage:
    """Make the review from what is saved."""
    rows = _rows(sitting)
    return ReviewPage(
        rows=rows,
        n_complete=sum(not row.missing for row in rows),
        n_needed=-(-SCORED_FROM_PERCENT * len(rows) // 100),
        sitting=sitting.session_id,
        kept_until=kept_until(sitting),
        clock=own_time_left(sitting, now),
        simulated=sitting.simulated,
    )


def _rows(sitting: Sitting) -> tuple[ReviewRow, ...]:
    return tuple(
        ReviewRow(number, each.title, place_of(each), missing(sitting.form, each, sitting.response_to(each.id).ratings))
        for number, each in enumerate(sitting.form.scenarios, 1)
    )
