"""Names and addresses of those who are erased, in what was written about others of the same opening."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, select, update

from eiassess.persistence.tables import (
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    CandidateNoteRecord,
    CandidateQuestionRecord,
    CandidateRecord,
    ErasureHoldRecord,
    ExperienceRatingRecord,
    InterviewRatingRecord,
    JobRecord,
    MessageRecord,
    ScenarioComplaintRecord,
    StageMoveRecord,
    WhatIfRecord,
)

ERASED = "[erased]"
"""What stands in the place of a name."""
OF_A_SITTING: tuple[tuple[type[Any], str], ...] = (
    (CandidateNoteRecord, "words"),
    (StageMoveRecord, "reason"),
    (InterviewRatingRecord, "note"),
    (CandidateQuestionRecord, "words"),
    (CandidateQuestionRecord, "answer"),
    (AdjustmentRequestRecord, "words"),
    (AdjustmentRequestRecord, "answer"),
    (ExperienceRatingRecord, "line"),
    (ScenarioComplaintRecord, "line"),
    (ErasureHoldRecord, "reason"),
)
OF_AN_OPENING: tuple[tuple[type[Any], str], ...] = (
    (MessageRecord, "given"),
    (MessageRecord, "words"),
    (JobRecord, "words"),
    (WhatIfRecord, "reason"),
)


@dataclass(frozen=True)
class Named:
    """How somebody is called."""

    name: str
    email: str


def forget_traces(db: Session, opening_id: str, people: Sequence[Named]) -> None:
    """Take people out of what was written about others of their opening, within the caller's transaction.

    Their rows are gone already. A name that somebody else of the opening has too stays, since it may mean them; so does
    part of a name, which may mean anybody.
    """
    pattern = _pattern(db, opening_id, people)
    for table, column in OF_A_SITTING:
        of = select(AssessmentSessionRecord.id).where(AssessmentSessionRecord.opening_id == opening_id)
        _replace(db, table, column, col(table.session_id).in_(of), pattern)
    for table, column in OF_AN_OPENING:
        _replace(db, table, column, col(table.opening_id) == opening_id, pattern)


def without(text: str, names: re.Pattern[str]) -> str:
    """Write a text without what was found."""
    return names.sub(ERASED, text)


def _replace(db: Session, table: type[SQLModel], column: str, where: Any, names: re.Pattern[str]) -> None:  # noqa: ANN401 - a condition of SQL
    field: Any = getattr(table, column)
    keys: Any = inspect(table).primary_key
    found = db.exec(select(field, *keys).where(where, field.is_not(None), field != "")).all()
    for text, *key in found:
        left = without(text, names)
        if left != text:
            same = [each == value for each, value in zip(keys, key, strict=True)]
            db.exec(update(table).where(*same).values({column: left}))


def _pattern(db: Session, opening_id: str, people: Iterable[Named]) -> re.Pattern[str]:
    """Find addresses in any case, and whole names: of one word as they are written, of several in any case."""
    left = CandidateRecord
    others = {name.casefold() for name in db.exec(select(left.name).where(left.opening_id == opening_id))}
    parts = []
    for person in people:
        parts += [f"(?i:{each})" for each in _written(person.email)]
        if person.name.casefold() not in others:
            parts += [f"(?i:{each})" if " " in person.name else each for each in _written(person.name)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _written(text: str) -> Iterator[str]:
    """Give a text as it is written, and as it stands in JSON."""
    yield from {re.escape(each) for each in (text, json.dumps(text, ensure_ascii=False)[1:-1])}
