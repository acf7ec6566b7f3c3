"""Openings: a job to fill, what its scores are used for, what the job asks, and who does what."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from eiassess.domain.deadlines import Deadline

TITLE_AT_MOST = 200
TEXT_AT_MOST = 5000
CONTACT_AT_MOST = 200
REASON_AT_MOST = 500
KEEP_DAYS = 180
KEEP_DAYS_AT_MOST = 3650
WEIGHTS = range(4)
SCORES = range(101)
TIME_LIMIT_MINUTES = range(5, 601)


class OpeningState(StrEnum):
    """Where in its life an opening is: only an open one takes invitations, and an archived one is out of sight."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class MemberPart(StrEnum):
    """What a member does in an opening; one person may have several parts."""

    RECRUITS = "recruits"
    MANAGES = "manages"
    INTERVIEWS = "interviews"
    ADJUSTMENTS = "adjustments"


class ScoreUse(StrEnum):
    """What the scores of an opening are used for."""

    INTERVIEWS = "interviews"
    SELECTION = "selection"


class Combination(StrEnum):
    """How test and interview count together, if at all."""

    APART = "apart"
    EQUAL = "equal"
    INTERVIEW_TWICE = "interview_twice"


@dataclass(frozen=True)
class ProfileRow:
    """What a competency is to the job.

    Parameters
    ----------
    competency
        Its id in the bank.
    weight
        From 0, of no matter, to 3, what the job stands on.
    reason
        Why, in plain words.
    expected_low, expected_high, expected_because
        The scores that the company expects, from 0 to 100, and why; ``None`` where it cannot say.
    """

    competency: str
    weight: int
    reason: str = ""
    expected_low: int | None = None
    expected_high: int | None = None
    expected_because: str = ""

    @property
    def expected(self) -> tuple[int, int] | None:
        """The scores that the company expects; ``None`` where it does not say both ends."""
        if self.expected_low is None or self.expected_high is None:
            return None
        return self.expected_low, self.expected_high


@dataclass(frozen=True)
class OpeningSettings:
    """What somebody chooses for an opening, apart from its form, its key and its people.

    Parameters
    ----------
    text
        What candidates read about the job.
    contact
        Whom candidates ask; empty for the installation's own contact.
    profile
        Rows of the competencies that somebody said something of.
    hand_in_at_deadline
        Whether what is saved is handed in by the server when the time is over.
    time_limit_minutes
        How long a sitting may take; ``None`` for as long as the link lives.
    """

    title: str
    text: str = ""
    purpose: ScoreUse = ScoreUse.INTERVIEWS
    profile: tuple[ProfileRow, ...] = ()
    deadline: Deadline | None = None
    keep_days: int = KEEP_DAYS
    contact: str = ""
    combination: Combination = Combination.APART
    hand_in_at_deadline: bool = True
    time_limit_minutes: int | None = None


@dataclass(frozen=True)
class SettingProblem:
    """A field of the settings that cannot be used as it is, with what to do."""

    field: str
    message: str


def purposes_with(*, supports_selection: bool) -> tuple[ScoreUse, ...]:
    """List what scores may be used for, given whether their key supports selection."""
    return tuple(ScoreUse) if supports_selection else (ScoreUse.INTERVIEWS,)


def problems_of(
    settings: OpeningSettings, purposes: Collection[ScoreUse], competencies: Collection[str]
) -> tuple[SettingProblem, ...]:
    """List what cannot be used in an opening's settings, in the order of their fields.

    Parameters
    ----------
    purposes
        What the key's scores may be used for.
    competencies
        The ids of the bank's competencies.
    """
    return (
        *_problems_of_words(settings),
        *_problems_of_use(settings, purposes),
        *_problems_of_profile(settings, competencies),
    )


def title_problem(title: str) -> str:
    """Say what is wrong with a title; empty if nothing is."""
    return "" if 1 <= len(title.strip()) <= TITLE_AT_MOST else f"Give a title of 1 to {TITLE_AT_MOST} characters"


def _problems_of_words(settings: OpeningSettings) -> Iterator[SettingProblem]:
    problem = title_problem(settings.title)
    if problem:
        yield SettingProblem("title", problem)
    if len(settings.text) > TEXT_AT_MOST:
        yield SettingProblem(
            "text", f"Shorten the text to at most {TEXT_AT_MOST} characters; it has {len(settings.text)}"
        )
    if len(settings.contact) > CONTACT_AT_MOST:
        yield SettingProblem("contact", f"Shorten the contact to at most {CONTACT_AT_MOST} characters")


def _problems_of_use(settings: OpeningSettings, purposes: Collection[ScoreUse]) -> Iterator[SettingProblem]:
    if settings.purpose not in purposes:
        yield SettingProblem(
            "purpose",
            "Choose preparing interviews: the form's key does not support selection, and nobody answers for it here",
        )
    if settings.combination is not Combination.APART and settings.purpose is not ScoreUse.SELECTION:
        yield SettingProblem(
            "combination", "Keep test and interview apart: scores that only prepare interviews count towards nothing"
        )
    if not 1 <= settings.keep_days <= KEEP_DAYS_AT_MOST:
        yield SettingProblem("keep_days", f"Give a number of days from 1 to {KEEP_DAYS_AT_MOST}")
    if settings.time_limit_minutes is not None and settings.time_limit_minutes not in TIME_LIMIT_MINUTES:
        least, most = TIME_LIMIT_MINUTES[0], TIME_LIMIT_MINUTES[-1]
        yield SettingProblem("time_limit_minutes", f"Give {least} to {most} minutes, or leave it empty for no limit")


def _problems_of_profile(settings: OpeningSettings, competencies: Collection[str]) -> Iterator[SettingProblem]:
    for row in settings.profile:
        if row.competency not in competencies:
            yield SettingProblem("profile", f"The form's bank has no competency {row.competency!r}")
        if row.weight not in WEIGHTS:
            yield SettingProblem(f"weight-{row.competency}", "Choose a weight from 0 to 3")
        elif row.weight and not row.reason.strip():
            yield SettingProblem(f"reason-{row.competency}", "Say why it has this weight, or give it the weight 0")
        if len(row.reason) > REASON_AT_MOST:
            yield SettingProblem(
                f"reason-{row.competency}", f"Shorten the reason to at most {REASON_AT_MOST} characters"
            )
        yield from _problems_of_range(row)


def _problems_of_range(row: ProfileRow) -> Iterator[SettingProblem]:
    low, high, field = row.expected_low, row.expected_high, f"expected_low-{row.competency}"
    if low is None and high is None:
        return
    if low is None or high is None:
        yield SettingProblem(field, "Give both ends of the expected range, or neither")
    elif low not in SCORES or high not in SCORES or low >= high:
        yield SettingProblem(field, "Give a range from 0 to 100 whose first number is the lower one")
    if not row.expected_because.strip():
        yield SettingProblem(f"expected_because-{row.competency}", "Say why this range is expected, or leave it empty")
    elif len(row.expected_because) > REASON_AT_MOST:
        message = f"Shorten the reason to at most {REASON_AT_MOST} characters"
        yield SettingProblem(f"expected_because-{row.competency}", message)
