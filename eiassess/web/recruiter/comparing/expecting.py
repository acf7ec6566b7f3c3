"""What the job expects of competencies, in words beside what each of the compared people has."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.names import isolated
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.interpreting import part_name
from eiassess.services.results.comparing import Comparison
from eiassess.services.results.for_recruiters import CandidateResult

EXPECTED_NOTE = (
    "The opening's settings say what the job expects. Whether somebody reaches it is not tested: where an interval "
    "crosses an end of the range, the score cannot say."
)


@dataclass(frozen=True)
class ExpectedLine:
    """A competency, what the job expects and why, and each person's score with its interval, in the page's order."""

    name: str
    expected: str
    because: str
    scores: tuple[str, ...]


@dataclass(frozen=True)
class ExpectedTable:
    """What the job expects; ``lines`` are empty where it says nothing."""

    names: tuple[str, ...]
    lines: tuple[ExpectedLine, ...]
    note: str


def expected_intervals(comparison: Comparison) -> dict[str, Interval]:
    """Give the range that the job expects of each competency of which it says one."""
    ranges = {row.competency: row.expected for row in comparison.expected}
    return {part: Interval(*ends) for part, ends in ranges.items() if ends is not None}


def expected_table(comparison: Comparison, names: Mapping[str, str]) -> ExpectedTable:
    """Put what the job expects beside the scores."""
    ranges = expected_intervals(comparison)
    lines = tuple(
        ExpectedLine(
            part_name(row.competency, comparison.bank.model),
            shown_interval(ranges[row.competency]),
            isolated(row.expected_because),
            tuple(_score(row.competency, each) for each in comparison.candidates),
        )
        for row in comparison.expected
    )
    return ExpectedTable(
        tuple(names[each.row.session_id] for each in comparison.candidates), lines, EXPECTED_NOTE if lines else ""
    )


def _score(part: str, each: CandidateResult) -> str:
    found = each.stored.score.competencies.get(part) if each.stored else None
    return "not scored" if found is None else f"{shown_score(found.score)} ({shown_interval(found.interval)})"
