"""A table of scores: the columns that ``eiassess score`` writes, and after them where each person stands.

No score stands without its interval: the stored one, from this person's answers alone, and for the overall score the
drawn one, which leans on the people of an estimate of errors, named by its digest.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col

from eiassess.banks.tables.responses import PERSON
from eiassess.banks.tables.scores import ScorePart, score_cells, score_meanings, score_parts
from eiassess.domain.exports import ColumnMeaning
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.scoring.differences.wording import why_not_compared
from eiassess.scoring.interpreting import Names, not_scored_sentence
from eiassess.scoring.person.stored_form import person_score_to_dict
from eiassess.services.deciding.stages import stages_of
from eiassess.services.exporting.asking import Asked
from eiassess.services.exporting.cells import Cell, moment, yes_or_no
from eiassess.services.exporting.drawn import Drawn, DrawnIntervals
from eiassess.services.results.candidate_rows import CandidateRecords, read_candidates, whole_candidates

_STATES = {
    SessionState.INVITED: "not begun",
    SessionState.STARTED: "begun",
    SessionState.SUBMITTED: "handed in",
}
_WITHDRAWN = "withdrawn"
FIRST = ColumnMeaning(PERSON, "number", "number of the candidate in the opening")
STANDING = (
    ColumnMeaning("overall.drawn_interval.low", "points", "lower end of the interval that pages draw: 95 %, from this "
    "person's answers and the estimate of errors; empty where fewer than 10 people shape an estimate"),
    ColumnMeaning("overall.drawn_interval.high", "points", "upper end of that interval"),
    ColumnMeaning("overall.drawn_interval.estimate", "SHA-256", "estimate of errors that the drawn interval leans on"),
    ColumnMeaning("compared", "yes or no", "whether pages compare the overall score with other people's"),
    ColumnMeaning("not_compared", "words", "why they do not; empty if they do"),
    ColumnMeaning("state", f"{', '.join(_STATES.values())} or {_WITHDRAWN}", "how far the candidate is"),
    ColumnMeaning("stage", "words", "where the candidate stands for the people who decide"),
    ColumnMeaning("handed_in", "ISO 8601, UTC", "when the answers were handed in"),
    ColumnMeaning("released", "yes or no", "whether hiring managers see something of the candidate"),
    ColumnMeaning("flagged", "yes or no", "whether the answers are a reason to talk with the candidate"),
    ColumnMeaning("simulated", "yes or no", "whether a program made this person up"),
)  # fmt: skip
LAST = ColumnMeaning("name", "words", "name of the candidate, as given")


def scores_columns(
    forms: Sequence[AssessmentForm], part_names: Mapping[str, str], *, with_names: bool
) -> tuple[ColumnMeaning, ...]:
    """Say what the columns mean; ``part_names`` is what competencies and styles are called."""

    def name(part: ScorePart) -> str:
        return part_names.get(part.id, part.id) if part.id else "Overall"

    return (FIRST, *score_meanings(score_parts(*forms), name), *STANDING, *((LAST,) if with_names else ()))


def scores_rows(
    database: Database,
    opening_id: str,
    asked: Asked,
    *,
    with_names: bool,
) -> Iterator[list[Cell]]:
    """Read rows, each with a cell for every column, whatever is known of the person."""
    parts, drawn = score_parts(*(each.form for each in asked.forms)), DrawnIntervals()
    for some in asked.portions:
        with database.reading() as db:
            opening = db.get_one(OpeningRecord, opening_id)
            rows = _rows(db, opening, some, parts, drawn, with_names=with_names)
        yield from rows


def _rows(
    db: Session,
    opening: OpeningRecord,
    numbers: Sequence[int],
    parts: Sequence[ScorePart],
    drawn: DrawnIntervals,
    *,
    with_names: bool,
) -> list[list[Cell]]:
    asked = whole_candidates(opening.id).where(col(AssessmentSessionRecord.number).in_(numbers))
    people = read_candidates(db, opening, asked.order_by(col(AssessmentSessionRecord.number)))
    intervals = drawn.of(db, opening, people)
    stages = {each.id: each.name for each in stages_of(db, opening.id)}
    return [
        [
            each.candidate.number,
            *_score(parts, each),
            *_drawn(intervals.get(each.session.id)),
            *_standing(opening, each, stages),
            *((each.candidate.name,) if with_names else ()),
        ]
        for each in people
    ]


def _score(parts: Sequence[ScorePart], each: CandidateRecords) -> list[Cell]:
    stored = each.stored
    if stored is None:
        return [*score_cells(parts, None), None, each.form.id, each.form.digest, None, None]
    reasons = "; ".join(not_scored_sentence(reason, Names()) for reason in stored.score.not_scored)
    cells = score_cells(parts, person_score_to_dict(stored.score))
    return [*cells, reasons, each.form.id, stored.form_digest, stored.key_digest, stored.engine]


def _drawn(drawn: Drawn | None) -> tuple[Cell, ...]:
    if drawn is None:
        return (None,) * 5
    *interval, why = drawn
    return (*interval, yes_or_no(why is None), None if why is None else why_not_compared(why))


def _standing(opening: OpeningRecord, each: CandidateRecords, stages: Mapping[str, str]) -> tuple[Cell, ...]:
    session = each.session
    return (
        _WITHDRAWN if session.withdrawn_at is not None else _STATES[SessionState(session.state)],
        stages[session.stage],
        moment(session.submitted_at),
        yes_or_no(session.released_at is not None),
        yes_or_no(each.flagged),
        yes_or_no(opening.simulated or each.candidate.simulated),
    )
