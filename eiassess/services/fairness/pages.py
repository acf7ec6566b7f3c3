"""What an opening asks after handing in, as it is stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from sqlmodel import Session, select

from eiassess.domain.digests import canonical_json
from eiassess.domain.fairness import FairnessQuestion, FairnessQuestions
from eiassess.persistence.tables import FairnessPageRecord, OpeningRecord


def find_questions(db: Session, opening_id: str) -> FairnessQuestions | None:
    """Return what an opening asks or once asked; nothing if it never did."""
    record = db.get(FairnessPageRecord, opening_id)
    return None if record is None else read_questions(record.questions)


def asked_now(db: Session, opening_id: str) -> FairnessQuestions | None:
    """Return what an opening asks of whoever hands in now; nothing if it does not ask."""
    record = db.get(FairnessPageRecord, opening_id)
    return read_questions(record.questions) if record is not None and record.asks else None


def lock_page(db: Session, opening_id: str) -> FairnessPageRecord | None:
    """Return what an opening asks or asked, locked: answers and sums of one opening change one after the other."""
    return db.get(FairnessPageRecord, opening_id, with_for_update=True)


def keep_opening(db: Session, opening_id: str) -> None:
    """Wait for whoever changes the opening, before a sitting and the page are locked.

    Whoever adds rows that point to an opening has to wait for it anyhow: with the page in hand, while the other waits
    for the page, neither would go on.
    """
    opening = OpeningRecord
    db.exec(select(opening.id).where(opening.id == opening_id).with_for_update(read=True, key_share=True)).one()


def read_questions(text: str) -> FairnessQuestions:
    """Read questions from their JSON."""
    return FairnessQuestions(
        tuple(FairnessQuestion(each["id"], each["words"], tuple(each["categories"])) for each in json.loads(text))
    )


def written_questions(asked: FairnessQuestions) -> str:
    """Write questions as JSON."""
    return canonical_json([asdict(each) for each in asked.questions])


def read_answers(text: str) -> Mapping[str, str]:
    """Read answers from their JSON: category by question; what somebody would rather not say is not in it."""
    answers: Mapping[str, str] = json.loads(text)
    return answers
