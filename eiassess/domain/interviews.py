"""Interviews: a person rates from 1 to 5 what they heard, alone, and says so where nothing was asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.openings import MemberPart

POINTS = range(1, 6)
NOTE_AT_MOST = 2000
INTERVIEWING = (MemberPart.RECRUITS, MemberPart.MANAGES, MemberPart.INTERVIEWS)
"""Parts in an opening of which whoever interviews has one; that of a recruiter opens most."""


@dataclass(frozen=True)
class GivenRating:
    """What somebody gives for a competency; ``None`` where nothing was asked about it."""

    competency: str
    rating: int | None
    note: str = ""


@dataclass(frozen=True)
class InterviewRating:
    """A rating as it was recorded; a change is another one, with a higher number.

    Parameters
    ----------
    interview
        Which interview with the candidate it belongs to, counted from 1.
    rater_id, rater
        Who gave it.
    blind
        Whether it was given before its rater read any other's ratings of the candidate.
    """

    interview: int
    rater_id: str
    rater: str
    competency: str
    number: int
    rating: int | None
    note: str
    blind: bool
    at: datetime


@dataclass(frozen=True)
class RatingProblem:
    """What cannot be recorded of a sheet of ratings, with the competency that it is about and what to do."""

    competency: str
    message: str


def sheet_problems(given: Sequence[GivenRating], competencies: Collection[str]) -> tuple[RatingProblem, ...]:
    """List what keeps a sheet from being recorded, in the order of the competencies."""
    by_name = {each.competency: each for each in given}
    found = []
    for competency in competencies:
        one = by_name.get(competency)
        if one is None:
            found.append(RatingProblem(competency, "Choose a point from 1 to 5, or say that it was not asked"))
        elif one.rating is not None and one.rating not in POINTS:
            found.append(RatingProblem(competency, "Choose a point from 1 to 5"))
        elif len(one.note) > NOTE_AT_MOST:
            message = f"Shorten the note to at most {NOTE_AT_MOST} characters; it has {len(one.note)}"
            found.append(RatingProblem(competency, message))
    if not found and all(each.rating is None for each in given):
        found = [RatingProblem(next(iter(competencies), ""), "Rate at least one part; you chose “not asked” for all")]
    return tuple(found)


def standing_ratings(ratings: Sequence[InterviewRating]) -> tuple[InterviewRating, ...]:
    """Return what stands of each person, interview and competency: the newest, blind or not."""
    return tuple(_newest(ratings).values())


def counted_ratings(ratings: Sequence[InterviewRating]) -> tuple[InterviewRating, ...]:
    """Return what counts of each person, interview and competency: the newest given blind, if it is a point."""
    newest = _newest([each for each in ratings if each.blind])
    return tuple(each for each in newest.values() if each.rating is not None)


def _newest(ratings: Sequence[InterviewRating]) -> dict[tuple[int, str, str], InterviewRating]:
    ordered = sorted(ratings, key=lambda each: each.number)
    return {(each.interview, each.rater_id, each.competency): each for each in ordered}
