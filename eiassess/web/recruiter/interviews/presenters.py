"""From somebody's scores to what an interviewer asks, and what answers sound like."""

from collections.abc import Collection
from dataclasses import dataclass

from eiassess.banks.anchors import anchors_of
from eiassess.domain.names import isolated
from eiassess.domain.reports import ProbingArea
from eiassess.domain.scores import PersonScore
from eiassess.reporting.kinds.hiring.content import probing_areas
from eiassess.services.hiring.opening_members import Member
from eiassess.services.interviews.overview import CandidateInterviews, PlannedInterview
from eiassess.services.interviews.planning import InterviewPlan
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.interviews.result import ResultBlock, present_result
from eiassess.web.recruiter.settings.presenters import PARTS
from eiassess.web.recruiter.words import shown_name
from eiassess.web.shell.interview_words import RatingsTable, day_in_words, ratings_table


@dataclass(frozen=True)
class GuideArea:
    """What to ask about, why, and what is heard at each point, the highest first; no points where none are written."""

    area: ProbingArea
    anchors: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class GuidePage:
    """The guide for one candidate's interview."""

    session_id: str
    opening_id: str
    opening_title: str
    name: str
    simulated: bool
    areas: tuple[GuideArea, ...]


def present_guide(result: CandidateResult, score: PersonScore, *, blind: bool) -> GuidePage:
    """Choose what to ask as the hiring report does, and lay the points beside it."""
    model, anchors = result.bank.model, anchors_of(result.bank.id)
    by_name = {each.name: anchors.get(each.id, ()) for each in model.competencies.values()}
    return GuidePage(
        result.row.session_id,
        result.opening_id,
        result.opening_title,
        shown_name(result.row, blind=blind),
        result.row.simulated,
        tuple(
            GuideArea(area, tuple(reversed(tuple(enumerate(by_name.get(area.name, ()), 1)))))
            for area in probing_areas(model, score)
        ),
    )


@dataclass(frozen=True)
class PersonChoice:
    """Somebody who may be named to interview."""

    user_id: str
    name: str
    parts: str
    chosen: bool
    has_rated: bool


@dataclass(frozen=True)
class InterviewBlock:
    """An interview as it is planned: who interviews, who of them has rated, and who else could."""

    id: str
    title: str
    state: str
    is_done: bool
    day: str
    people: tuple[tuple[str, bool], ...]
    choices: tuple[PersonChoice, ...]
    can_change: bool


@dataclass(frozen=True)
class InterviewsPage:
    """A candidate's interviews, with what was rated as far as it may be read."""

    session_id: str
    name: str
    opening_id: str
    opening_title: str
    simulated: bool
    lead: str
    interviews: tuple[InterviewBlock, ...]
    choices: tuple[PersonChoice, ...]
    day: str
    gate: str
    can_read: bool
    owed: str
    table: RatingsTable | None
    result: ResultBlock | None


def present_interviews(found: CandidateInterviews, typed: InterviewPlan | None, *, blind: bool) -> InterviewsPage:
    """Word a candidate's interviews; ``typed`` is what was sent for the next and could not be planned."""
    typed = typed or InterviewPlan(())
    return InterviewsPage(
        found.session_id,
        f"Candidate {found.number:02}" if blind else isolated(found.name),
        found.opening_id,
        found.opening_title,
        found.simulated,
        _lead(found.interviews),
        tuple(_block(each, found) for each in found.interviews),
        tuple(_choice(each, typed.interviewers, rated=False) for each in found.possible),
        typed.day,
        gate_in_words(found),
        found.sight.can_ask,
        found.owed,
        ratings_table(found.ratings, found.bank.model),
        present_result(found),
    )


def gate_in_words(found: CandidateInterviews) -> str:
    """Say why what was rated is not shown; nothing where it is."""
    rated = any(each.is_held for each in found.interviews)
    if found.sight.sees:
        return ""
    if found.owed:
        return "You are named to interview this person. You see what others rated once you have given your own ratings."
    if not found.sight.others_rated:
        return "Nobody but you has rated yet." if rated else "Nobody has rated yet."
    return (
        "Ratings are given. If you may still interview this person, do not read them yet: whoever reads first and "
        "rates later is marked, and their ratings count neither in agreement nor in the result."
    )


def _lead(interviews: tuple[PlannedInterview, ...]) -> str:
    standing = [each for each in interviews if each.called_off_at is None]
    if not standing:
        return "No interview is planned."
    people = [person for each in standing for person in each.interviewers]
    n, rated = len(people), sum(person.has_rated for person in people)
    count = "1 interview" if len(standing) == 1 else f"{len(standing)} interviews"
    return f"{count}; ratings of {rated} of {n} {'interviewer' if n == 1 else 'interviewers'} are given."


def _block(each: PlannedInterview, found: CandidateInterviews) -> InterviewBlock:
    off = each.called_off_at is not None
    state = "called off" if off else "held" if each.is_held else "planned"
    named = tuple(person.user_id for person in each.interviewers)
    rated = {person.user_id for person in each.interviewers if person.has_rated}
    gone = [person for person in each.interviewers if person.user_id not in {one.user_id for one in found.possible}]
    return InterviewBlock(
        each.id,
        f"Interview {each.number}, {day_in_words(each.day)}",
        state,
        each.is_held,
        each.day,
        tuple((isolated(person.name), person.has_rated) for person in each.interviewers),
        (
            *(_choice(one, named, rated=one.user_id in rated) for one in found.possible),
            *(PersonChoice(one.user_id, isolated(one.name), "", chosen=True, has_rated=one.has_rated) for one in gone),
        ),
        not off,
    )


def _choice(member: Member, chosen: Collection[str], *, rated: bool) -> PersonChoice:
    parts = ", ".join(PARTS[part] for part in member.parts)
    return PersonChoice(member.user_id, isolated(member.name), parts, chosen=member.user_id in chosen, has_rated=rated)
