"""Interviews for tests: who rates what, through the services."""

from collections.abc import Sequence

from eiassess.domain.interviews import GivenRating
from eiassess.domain.openings import MemberPart
from eiassess.services.hiring.openings import assign_member
from eiassess.services.interviews.gate import read_ratings
from eiassess.services.interviews.overview import CandidateInterviews, get_interviews
from eiassess.services.interviews.planning import InterviewPlan, plan_interview
from eiassess.services.interviews.rating import InterviewSheet, get_sheet, record_ratings
from tests.hiring_story import Invited, Story, after, standard_form

COMPETENCIES = standard_form().bank.model.competency_ids


def points(*ratings: int | None, note: str = "") -> list[GivenRating]:
    """A sheet: these points in the order of the competencies, the last for all that follow."""
    given = [*ratings, *[ratings[-1]] * (len(COMPETENCIES) - len(ratings))]
    return [GivenRating(each, rating, note) for each, rating in zip(COMPETENCIES, given, strict=True)]


def plan(story: Story, who: Invited, *people: str, day: str = "", hours: float = 2) -> str:
    """Let alice plan an interview with the people of these names."""
    named = tuple(story.people[each].id for each in people)
    return plan_interview(story.database, story.alice, who.session_id, InterviewPlan(named, day), after(hours=hours))


def rate(story: Story, interview: str, who: str, *ratings: int | None, hours: float = 3, note: str = "") -> int:
    """Let somebody give their ratings."""
    given: Sequence[GivenRating] = points(*ratings, note=note)
    return record_ratings(story.database, story.people[who].id, interview, given, after(hours=hours))


def let_interview(story: Story, name: str) -> None:
    """Give somebody the part of an interviewer in the opening."""
    assign_member(story.database, story.opening, f"{name}@example.org", [MemberPart.INTERVIEWS])


def seen(story: Story, who: Invited, by: str = "alice") -> CandidateInterviews:
    """Give what a recruiter finds on the candidate's page *Interviews*."""
    return get_interviews(story.database, story.people[by].id, who.session_id)


def sheet(story: Story, interview: str, by: str) -> InterviewSheet:
    """Open an interviewer's sheet."""
    return get_sheet(story.database, story.people[by].id, interview)


def read(story: Story, who: Invited, by: str, hours: float = 4) -> None:
    """Let somebody ask to see what others rated."""
    read_ratings(story.database, story.people[by].id, who.session_id, after(hours=hours))
