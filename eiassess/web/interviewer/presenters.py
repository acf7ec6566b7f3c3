"""What the interviewer's pages say: whom one interviews, what to ask, and what was rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eiassess.banks.anchors import anchors_of
from eiassess.domain.competencies import CompetencyModel, InterviewQuestion
from eiassess.domain.interviews import POINTS
from eiassess.domain.names import isolated
from eiassess.reporting.kinds.hiring.content import probing_areas
from eiassess.services.interviews.rating import ClosedInterview, InterviewSheet
from eiassess.services.interviews.waiting import OwnInterview
from eiassess.web.interviewer.forms import NOT_ASKED, fields_of
from eiassess.web.shell.interview_words import RatingsTable, day_in_words, ratings_table

PLAIN_POINTS = ("The poorest that you would hear", "", "In between", "", "The best that you would hear")
"""What stands beside the points where a bank has none of its own."""

CALLED_OFF = (
    "This interview was called off before you sent your ratings, so they were not kept. If you did hold it, ask a "
    "recruiter of this opening to plan it again, and give them there."
)
WITHDREW = "This person withdrew before you sent your ratings, so they were not kept."


@dataclass(frozen=True)
class InterviewLine:
    """An interview in the list."""

    interview_id: str
    name: str
    opening: str
    about: str
    simulated: bool


@dataclass(frozen=True)
class Part:
    """A competency on the sheet: what to ask, the points with what is heard at each, and what was chosen."""

    id: str
    name: str
    definition: str
    questions: tuple[InterviewQuestion, ...]
    points: tuple[tuple[str, str], ...]
    chosen: str
    note: str
    error: str


@dataclass(frozen=True)
class SheetPage:
    """An interviewer's sheet: what to ask first, what else there is, and, once the gate is open, others' ratings."""

    interview_id: str
    name: str
    lead: str
    simulated: bool
    first: tuple[Part, ...]
    others: tuple[Part, ...]
    also: tuple[tuple[str, InterviewQuestion], ...]
    errors: Mapping[str, str]
    n_given: int
    has_rated: bool
    can_read: bool
    has_read: bool
    nobody_else: bool
    owes: bool
    table: RatingsTable | None


@dataclass(frozen=True)
class TypedPart:
    """What somebody chose and wrote on a competency."""

    id: str
    name: str
    chosen: str
    note: str


@dataclass(frozen=True)
class ClosedPage:
    """What was sent for an interview that takes no ratings any more, and why it was not kept."""

    name: str
    lead: str
    simulated: bool
    why: str
    typed: tuple[TypedPart, ...]


def present_own(found: Sequence[OwnInterview]) -> tuple[tuple[InterviewLine, ...], tuple[InterviewLine, ...]]:
    """Word the interviews that wait for somebody's ratings, and those that do not."""
    lines = [(each.waits, _line(each)) for each in found]
    return tuple(line for waits, line in lines if waits), tuple(line for waits, line in lines if not waits)


def _line(each: OwnInterview) -> InterviewLine:
    about = f"{_which(each.number)}, {day_in_words(each.day)}"
    return InterviewLine(
        each.interview_id, isolated(each.candidate), isolated(each.opening_title), about, each.simulated
    )


def _which(number: int) -> str:
    return f"Interview {number}"


def present_sheet(
    sheet: InterviewSheet, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> SheetPage:
    """Lay out a sheet with what was typed or given; questions follow the profile, if any, and no score is named."""
    model, problems = sheet.bank.model, errors or {}
    fields = fields_of(sheet.own) if typed is None else typed
    asked = probing_areas(model, sheet.score) if sheet.score else ()
    by_name = {each.name: each.id for each in model.competencies.values()}
    first = [by_name[area.name] for area in asked if area.name in by_name] or list(model.competency_ids)
    rest = [each for each in model.competency_ids if each not in first]
    return SheetPage(
        sheet.interview_id,
        isolated(sheet.candidate),
        f"{_which(sheet.number)} for {isolated(sheet.opening_title)}, {day_in_words(sheet.day)}.",
        sheet.simulated,
        tuple(_part(sheet, each, fields, problems, otherwise="") for each in first),
        tuple(_part(sheet, each, fields, problems, otherwise=NOT_ASKED if typed is None else "") for each in rest),
        tuple((area.name, question) for area in asked if area.name not in by_name for question in area.questions),
        {_place(each): _named(words, each, model) for each, words in problems.items()},
        len(sheet.own),
        bool(sheet.own),
        sheet.sight.can_ask,
        sheet.sight.has_read,
        not sheet.sight.others_rated,
        sheet.sight.owes,
        ratings_table(sheet.others, model),
    )


def present_closed(closed: ClosedInterview, typed: Mapping[str, str]) -> ClosedPage:
    """Say why ratings came too late, and show all that was chosen and written."""
    parts = (_typed(each.id, each.name, typed) for each in closed.bank.model.competencies.values())
    return ClosedPage(
        isolated(closed.candidate),
        f"{_which(closed.number)} for {isolated(closed.opening_title)}, {day_in_words(closed.day)}.",
        closed.simulated,
        WITHDREW if closed.withdrawn else CALLED_OFF,
        tuple(each for each in parts if each.chosen or each.note),
    )


def _typed(competency: str, name: str, typed: Mapping[str, str]) -> TypedPart:
    chosen = typed.get(f"rating-{competency}", "")
    words = {NOT_ASKED: "Not asked", **{str(point): str(point) for point in POINTS}}
    return TypedPart(competency, name, words.get(chosen, ""), typed.get(f"note-{competency}", "").strip())


def _place(competency: str) -> str:
    return f"part-{competency}" if competency else "sheet"


def _named(words: str, competency: str, model: CompetencyModel) -> str:
    return f"{model.competencies[competency].name}: {words[0].lower()}{words[1:]}" if competency else words


def _part(
    sheet: InterviewSheet, competency: str, fields: Mapping[str, str], errors: Mapping[str, str], *, otherwise: str
) -> Part:
    found = sheet.bank.model.competencies[competency]
    anchors = anchors_of(sheet.bank.id).get(competency, PLAIN_POINTS)
    return Part(
        competency,
        found.name,
        found.definition,
        found.interview,
        tuple((str(point), words) for point, words in zip(POINTS, anchors, strict=True)),
        fields.get(f"rating-{competency}", otherwise),
        fields.get(f"note-{competency}", ""),
        errors.get(competency, ""),
    )
