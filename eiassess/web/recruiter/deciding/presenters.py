"""What the pages of stages, notes and decisions say."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.deciding import StageChoice, StageMove
from eiassess.domain.names import isolated
from eiassess.services.deciding.files import CandidateFile
from eiassess.services.deciding.overview import DecisionsOverview, StageRow
from eiassess.web.shell.moments import full_moment, short_day

TELL, MARK, UNMARK = "tell", "mark", "unmark"
"""What can be done for many besides moving them to a stage."""
NAMED_AT_MOST = 50


@dataclass(frozen=True)
class StageLine:
    """A candidate where they stand."""

    session_id: str
    number: str
    name: str
    stage: str
    since: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class DecisionsPage:
    """What stands on the page of an opening's stages."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    counts: tuple[tuple[str, str, int, bool], ...]
    chosen: str
    lines: tuple[StageLine, ...]
    actions: tuple[tuple[str, str], ...]
    page: int
    n_pages: int
    n_all: int


@dataclass(frozen=True)
class AskPage:
    """What is asked before something is recorded of many; the number and the people are named."""

    opening_id: str
    do: str
    question: str
    button: str
    consequence: str
    needs_reason: bool
    is_move: bool
    tells: bool
    people: tuple[str, ...]
    names: tuple[str, ...]
    n_more: int


@dataclass(frozen=True)
class FilePage:
    """What staff recorded about a candidate."""

    session_id: str
    name: str
    opening_id: str
    opening_title: str
    stage: str
    since: str
    n_notes: str
    moves: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str, tuple[str, ...]], ...]
    actions: tuple[tuple[str, str], ...]


def present_decisions(found: DecisionsOverview, *, blind: bool) -> DecisionsPage:
    """Word a page of an opening's people by stage."""
    n_all = sum(found.counts.values())
    untouched = found.counts.get(found.stages[0].id, 0)
    return DecisionsPage(
        found.opening_id,
        found.title,
        found.simulated,
        f"{people(untouched)} of {n_all:,} still to review. Nobody moves by themselves: a person records each step.",
        tuple(
            (each.id, isolated(each.name), found.counts.get(each.id, 0), each == found.stage) for each in found.stages
        ),
        found.stage.id if found.stage else "",
        tuple(_line(row, blind=blind) for row in found.rows),
        actions_of(found.stages, with_marks=found.use.allowed),
        found.page,
        found.n_pages,
        n_all,
    )


def actions_of(stages: Sequence[StageChoice], *, with_marks: bool = False) -> tuple[tuple[str, str], ...]:
    """List what can be done for those chosen."""
    marks = ((MARK, "Put on the shortlist"), (UNMARK, "Take off the shortlist")) if with_marks else ()
    moves = tuple((each.id, f"Move to: {each.name}") for each in stages)
    return (*moves, (TELL, "Tell by mail where they stand"), *marks)


def _line(row: StageRow, *, blind: bool) -> StageLine:
    marks = (
        *(["on the shortlist"] if row.marked else []),
        *(["not told yet"] if row.untold else []),
        *(["SIMULATED"] if row.simulated else []),
    )
    since = short_day(row.since) if row.since else ""
    name = name_of(row.number, row.name, blind=blind)
    return StageLine(row.session_id, f"{row.number:02}", name, isolated(row.stage.name), since, marks)


def name_of(number: int, name: str, *, blind: bool) -> str:
    """Return a candidate's name, or the number that stands for it while names are hidden."""
    return f"Candidate {number:02}" if blind else isolated(name)


def people(n: int) -> str:
    """Count people."""
    return "1 person" if n == 1 else f"{n:,} people"


def present_ask(
    opening_id: str, do: str, stage: StageChoice | None, chosen: Sequence[tuple[str, int, str]], *, blind: bool
) -> AskPage:
    """Word the question before something is recorded of those chosen."""
    n = people(len(chosen))
    question, button, consequence = _words(do, stage, n)
    return AskPage(
        opening_id,
        do,
        question,
        button,
        consequence,
        stage is not None and stage.is_decision,
        stage is not None,
        stage is not None and stage.tells,
        tuple(each for each, _, _ in chosen),
        tuple(name_of(number, name, blind=blind) for _, number, name in chosen[:NAMED_AT_MOST]),
        max(0, len(chosen) - NAMED_AT_MOST),
    )


def _words(do: str, stage: StageChoice | None, n: str) -> tuple[str, str, str]:
    if stage is not None:
        kept = "It is kept with your name and the time. Whoever stands there already stays as they are."
        return f"Move {n} to “{isolated(stage.name)}”?", f"Move {n}", kept
    if do == TELL:
        says = (
            "A mail goes to each who stands at interview, offer or not taken and was not told of it yet; to no other."
        )
        return f"Tell {n} by mail where they stand?", f"Tell {n}", says
    word = "Put" if do == MARK else "Take"
    where = "on the shortlist" if do == MARK else "off the shortlist"
    return f"{word} {n} {where}?", f"{word} {n} {where}", "It is kept who did so, and when. It decides nothing."


def present_file(found: CandidateFile, *, blind: bool) -> FilePage:
    """Word what staff recorded about a candidate."""
    n = len(found.notes)
    return FilePage(
        found.session_id,
        name_of(found.number, found.name, blind=blind),
        found.opening_id,
        found.opening_title,
        isolated(found.stage.name),
        f"since {short_day(found.moves[0].at)}" if found.moves else "",
        "No notes" if n == 0 else "1 note" if n == 1 else f"{n} notes",
        tuple((full_moment(each.at), _move(each)) for each in found.moves),
        tuple((full_moment(each.at), isolated(each.author), tuple(each.words.splitlines())) for each in found.notes),
        actions_of(found.stages),
    )


def _move(move: StageMove) -> str:
    by = f"recorded by {isolated(move.recorded_by)}"
    decided = f"; decided by {isolated(move.person)}" if move.person else ""
    return f"{isolated(move.stage.name)}, {by}{decided}.{f' {isolated(move.reason)}' if move.reason else ''}"
