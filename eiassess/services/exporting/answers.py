"""A table of answers, as ``eiassess score`` reads it: the person's number, and a column for each option of one form."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from eiassess.banks.tables.responses import PERSON, response_columns
from eiassess.domain.exports import ColumnMeaning
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import option_values
from eiassess.domain.scenarios import Scenario
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.differences.sittings import read_answers
from eiassess.services.exporting.asking import Asked
from eiassess.services.exporting.cells import Cell

_WORDS = {
    ResponseFormat.PICK_BEST_AND_WORST: ("1 or -1", "1 = chosen as best, -1 = as worst"),
    ResponseFormat.PICK_BEST: ("1", "1 = chosen as best"),
    ResponseFormat.RANK: ("place", "1 = put first"),
}


def answer_columns(form: AssessmentForm) -> tuple[ColumnMeaning, ...]:
    """Say what the columns of a form's answers mean."""
    person = ColumnMeaning(PERSON, "number", "number of the candidate in the opening, as in the file of scores")
    pairs = [(scenario, option) for scenario in form.scenarios for option in scenario.option_ids]
    return (
        person,
        *(
            ColumnMeaning(name, *_meaning(form, scenario, option))
            for name, (scenario, option) in zip(response_columns(form), pairs, strict=True)
        ),
    )


def _meaning(form: AssessmentForm, scenario: Scenario, option: str) -> tuple[str, str]:
    values = option_values(form, scenario)
    rated = (f"{values[0]} to {values[-1]}", "rating")
    unit, what = _WORDS.get(form.format_of(scenario), rated)
    return unit, f"{what}, of response {option} in {scenario.title}; empty where nothing was answered or handed in"


def answer_rows(database: Database, opening_id: str, asked: Asked, form: AssessmentForm) -> Iterator[list[Cell]]:
    """Read rows of one form; what is not handed in is the candidate's own, so its cells are empty."""
    for some in asked.portions:
        with database.reading() as db:
            rows = _rows(db, opening_id, some, form)
        yield from rows


def _rows(db: Session, opening_id: str, numbers: Sequence[int], form: AssessmentForm) -> list[list[Cell]]:
    session = AssessmentSessionRecord
    query = (
        select(session.id, session.state, session.number)
        .where(session.opening_id == opening_id, col(session.number).in_(numbers))
        .order_by(col(session.number))
    )
    people = list(db.exec(query))
    answers = read_answers(db, [each for each, state, _ in people if state == SessionState.SUBMITTED])
    options = [(scenario.id, option) for scenario in form.scenarios for option in scenario.option_ids]
    rows: list[list[Cell]] = []
    for session_id, _, number in people:
        mine = answers.get(session_id, {})
        rows.append([number, *(mine.get(scenario, {}).get(option) for scenario, option in options)])
    return rows
