"""Ratings of work from a sheet: what it would record is shown first; what is wrong names file, row and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.outcomes import HIGHEST, LOWEST, QUESTION_IDS
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.people_lists.cells import ListCell, ListRow, ListSheet
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord
from eiassess.services.auditing.acting import note
from eiassess.services.outcomes.recording import record_ratings, require_hired, require_unrated
from eiassess.services.outcomes.study import update_study
from eiassess.services.people.addresses import email_key

EMAIL = "email"
COLUMNS = f"{EMAIL} and one or more of {', '.join(QUESTION_IDS)}"


@dataclass(frozen=True)
class OutcomeList:
    """What a sheet would record: ratings by session, and a sentence for each row that is refused.

    ``unread`` names columns that are neither the address nor a question, so that a misspelt one is not overlooked.
    """

    good: Mapping[str, Mapping[str, int]]
    refused: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    """A row as it was read."""

    place: str
    key: str
    ratings: Mapping[str, int]


def preview_outcomes(
    database: Database, opening_id: str, sheets: Sequence[ListSheet], source: str, now: datetime
) -> OutcomeList:
    """Read ratings from a list's sheets, and say which could be recorded; nothing is.

    Raises
    ------
    InvalidInputError
        A column is missing.
    NotFoundError
        There is no such opening.
    """
    with database.reading() as db:
        return _read(db, opening_id, sheets, source, now)


def import_outcomes(
    database: Database, opening_id: str, sheets: Sequence[ListSheet], source: str, now: datetime
) -> OutcomeList:
    """Record the ratings of the good rows; return what was recorded.

    Raises
    ------
    InvalidInputError
        A column is missing.
    NotFoundError
        There is no such opening.
    """
    with database.writing() as db:
        update_study(db, now)
        found = _read(db, opening_id, sheets, source, now)
        for session_id, ratings in found.good.items():
            record_ratings(db, session_id, ratings)
        note(db, Target(ObjectKind.OPENING, opening_id, len(found.good)), Action.IMPORT_WORK)
        return found


def _read(db: Session, opening_id: str, sheets: Sequence[ListSheet], source: str, now: datetime) -> OutcomeList:
    opening = db.get(OpeningRecord, opening_id)
    if opening is None:
        message = "There is no such opening"
        raise NotFoundError(message)
    people = _people(db, opening_id)
    good: dict[str, Mapping[str, int]] = {}
    refused = []
    for row in _rows(sheets, source):
        if isinstance(row, str):
            refused.append(row)
            continue
        try:
            session = _session_of(row, people, good)
            require_hired(db, session, opening, now)
            require_unrated(db, session.id)
        except (InvalidInputError, RefusedError) as error:
            refused.append(f"{row.place}, column {EMAIL}: {error}")
        else:
            good[session.id] = row.ratings
    return OutcomeList(good, tuple(refused), tuple(_unread(sheets, source)))


def _people(db: Session, opening_id: str) -> dict[str, AssessmentSessionRecord]:
    session, candidate = AssessmentSessionRecord, CandidateRecord
    query = select(candidate.email, session).join(session, col(session.candidate_id) == col(candidate.id))
    return {email_key(email): each for email, each in db.exec(query.where(candidate.opening_id == opening_id))}


def _session_of(
    row: _Row, people: Mapping[str, AssessmentSessionRecord], good: Mapping[str, object]
) -> AssessmentSessionRecord:
    session = people.get(row.key)
    if session is None:
        message = "nobody of this opening has this address"
        raise InvalidInputError(message)
    if session.id in good:
        message = "a row above has this address; only the first is taken"
        raise InvalidInputError(message)
    return session


def _rows(sheets: Sequence[ListSheet], source: str) -> Iterator[_Row | str]:
    """Give each row, or the sentence that says what is wrong with it."""
    for sheet in sheets:
        head, *rows = _lines(sheet)
        name = _name(sheet, source)
        heads = [_head(cell) for cell in head.cells]
        places = {each: number for number, each in enumerate(heads)}
        twice = next((each for each in (EMAIL, *QUESTION_IDS) if heads.count(each) > 1), "")
        if twice:
            message = f"{name}, row {head.number}, column {twice}: it stands there more than once; leave one"
            raise InvalidInputError(message, "file")
        asked = [each for each in QUESTION_IDS if each in places]
        if EMAIL not in places or not asked:
            message = f"{name}, row {head.number}: expected columns {COLUMNS}"
            raise InvalidInputError(message, "file")
        for row in rows:
            yield _row(f"{name}, row {row.number}", row, places, asked)


def _unread(sheets: Sequence[ListSheet], source: str) -> Iterator[str]:
    """Name the columns that nothing is read from."""
    for sheet in sheets:
        head = _lines(sheet)[0]
        for cell in head.cells:
            if cell.text.strip() and _head(cell) not in {EMAIL, *QUESTION_IDS}:
                yield f"{_name(sheet, source)}, row {head.number}, column {cell.text.strip()}"


def _lines(sheet: ListSheet) -> tuple[ListRow, ...]:
    return sheet.rows or (ListRow(1, ()),)


def _name(sheet: ListSheet, source: str) -> str:
    return f"{source}, sheet {sheet.name}" if sheet.name else source


def _head(cell: ListCell) -> str:
    """Read a column's name as it is meant: in any case, with spaces or lines below between its words."""
    return "_".join(cell.text.casefold().split())


def _row(place: str, row: ListRow, places: Mapping[str, int], asked: Sequence[str]) -> _Row | str:
    if row.trouble:
        return f"{place}: {row.trouble}"
    ratings = {}
    for question in asked:
        text = row.cell(places[question]).text.strip()
        if text and text not in {str(point) for point in range(LOWEST, HIGHEST + 1)}:
            return f"{place}, column {question}: {text!r} is no whole number from {LOWEST} to {HIGHEST}"
        if text:
            ratings[question] = int(text)
    if not ratings:
        return f"{place}: no question is answered; expected a number from {LOWEST} to {HIGHEST} in {', '.join(asked)}"
    return _Row(place, email_key(row.cell(places[EMAIL]).text.strip()), ratings)
