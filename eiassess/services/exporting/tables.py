"""An opening's people as a table: made ready at once, and read in portions while it is written.

Each portion is read in a transaction of its own, so that nothing is held while a slow reader takes it. Who is deleted
meanwhile is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from eiassess.domain.exports import ColumnMeaning, ExportKind
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.scoring.interpreting import part_name
from eiassess.services.auditing.acting import tell_count
from eiassess.services.content.pinned import get_bank
from eiassess.services.exporting.answers import answer_columns, answer_rows
from eiassess.services.exporting.asking import Asked, ExportRequest, SatForm, find_asked, in_marks
from eiassess.services.exporting.cells import Cell
from eiassess.services.exporting.scores import scores_columns, scores_rows
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.candidate_lists import ListQuery


@dataclass(frozen=True)
class ExportedTable:
    """A table to be written: ``rows`` are read as they are taken, once."""

    opening_id: str
    title: str
    kind: ExportKind
    n: int
    columns: tuple[ColumnMeaning, ...]
    rows: Iterator[list[Cell]]


@dataclass(frozen=True)
class ExportOffer:
    """What can be downloaded: of how many people, how many of them handed in, and the forms that they sit or sat."""

    opening_id: str
    title: str
    simulated: bool
    n: int
    n_submitted: int
    forms: tuple[SatForm, ...]


def get_export_offer(
    database: Database, user_id: str, opening_id: str, query: ListQuery, chosen: Sequence[str] = ()
) -> ExportOffer:
    """Say of whom on an opening's list something can be downloaded.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        asked = find_asked(db, opening, ExportRequest(ExportKind.SCORES, query, tuple(chosen)))
    tell_count(len(asked.numbers))
    return ExportOffer(opening.id, opening.title, opening.simulated, len(asked.numbers), asked.n_submitted, asked.forms)


def export_table(database: Database, user_id: str, opening_id: str, request: ExportRequest) -> ExportedTable:
    """Make a file of scores or answers ready for somebody who recruits for the opening.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    InvalidInputError
        The form is not one of theirs, or several were sat and answers stand in a file for each.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return _table(db, database, opening, request)


def export_for_operator(database: Database, opening_id: str, request: ExportRequest) -> ExportedTable:
    """Make a file ready for whoever runs the installation.

    Raises
    ------
    NotFoundError
        There is no such opening.
    InvalidInputError
        As for `export_table`.
    """
    with database.reading() as db:
        opening = db.get(OpeningRecord, opening_id)
        if opening is None:
            message = f"There is no opening {opening_id!r}"
            raise NotFoundError(message)
        return _table(db, database, opening, request)


def _table(db: Session, database: Database, opening: OpeningRecord, request: ExportRequest) -> ExportedTable:
    asked = find_asked(db, opening, request)
    make = _answers if request.kind is ExportKind.ANSWERS else _scores
    columns, rows = make(db, database, opening, asked, request)
    tell_count(len(asked.numbers))
    return ExportedTable(opening.id, opening.title, request.kind, len(asked.numbers), columns, rows)


_Made = tuple[tuple[ColumnMeaning, ...], Iterator[list[Cell]]]


def _answers(_db: Session, database: Database, opening: OpeningRecord, asked: Asked, _request: ExportRequest) -> _Made:
    if len(asked.forms) > 1:
        message = (
            f"These people have several forms, and answers stand in a file for each: choose {in_marks(asked.forms)}"
        )
        raise InvalidInputError(message, "form")
    (sat,) = asked.forms
    return answer_columns(sat.form), answer_rows(database, opening.id, asked, sat.form)


def _scores(db: Session, database: Database, opening: OpeningRecord, asked: Asked, request: ExportRequest) -> _Made:
    forms = [each.form for each in asked.forms]
    names = request.with_names
    columns = scores_columns(forms, _part_names(db, opening), with_names=names)
    return columns, scores_rows(database, opening.id, asked, with_names=names)


def _part_names(db: Session, opening: OpeningRecord) -> dict[str, str]:
    """Say what competencies and styles are called in the banks of an opening's people, its own bank's words last."""
    session = AssessmentSessionRecord
    sat = db.exec(select(session.bank_digest).where(session.opening_id == opening.id).distinct()).all()
    models = [get_bank(db, digest).model for digest in (*sorted(sat), opening.bank_digest)]
    return {part: part_name(part, model) for model in models for part in (*model.styles, *model.competencies)}
