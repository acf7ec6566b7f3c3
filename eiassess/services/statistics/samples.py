"""Forms in use, and what everybody answered to one: read for statistics, without names, real and simulated apart."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, or_, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm, flip_pairs
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.sessions import SessionState
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
    PinnedKeyRecord,
)
from eiassess.scoring.samples.answers import PersonAnswers
from eiassess.scoring.samples.key_comparison import key_fits
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key


@dataclass(frozen=True)
class FormInUse:
    """A form that openings give or gave to candidates, with the newest one's key, and how many have handed in."""

    digest: str
    id: str
    title: str
    version: int
    bank: str
    key_id: str
    key_version: int
    n_openings: int
    n_real: int
    n_simulated: int


@dataclass(frozen=True)
class Sample:
    """What everybody who handed in answered to one form: only real people, or only simulated ones.

    ``n_other`` says how many there are of the other kind; ``key`` is that of the newest opening with the form.
    """

    form: AssessmentForm
    key: ScoringKey
    bank: QuestionBank
    simulated: bool
    people: tuple[PersonAnswers, ...]
    n_other: int


@dataclass(frozen=True)
class OtherHalves:
    """A form in use that holds other halves of a form's flip pairs, and what everybody who handed in answered to it.

    The people are real or simulated as in the sample beside it; ``key`` is that of the newest opening with the form.
    """

    form: AssessmentForm
    key: ScoringKey
    people: tuple[PersonAnswers, ...]


@dataclass(frozen=True)
class KeyOnFile:
    """A key that can score a form, and whether it is the one in use."""

    key: ScoringKey
    pinned_at: datetime
    in_use: bool


class _Use(NamedTuple):
    """A form with the key and bank that an opening gives, or once gave, to candidates."""

    form_digest: str
    key_digest: str
    bank_digest: str
    opening_id: str


def list_forms_in_use(database: Database) -> tuple[FormInUse, ...]:
    """List the forms that openings give or gave to candidates, the newest opening's first."""
    with database.reading() as db:
        uses: dict[str, list[_Use]] = {}
        for use in _uses(db):
            uses.setdefault(use.form_digest, []).append(use)
        counts = _counts(db)
        return tuple(_in_use(db, own, counts) for own in uses.values())


def _uses(db: Session) -> list[_Use]:
    """Find what openings give now, and what those sat who were invited before an opening went over to another form."""
    session, opening = AssessmentSessionRecord, OpeningRecord
    order = (col(opening.created_at).desc(), col(opening.id))
    now = select(opening.form_digest, opening.key_digest, opening.bank_digest, opening.id).order_by(*order)
    sat = (
        select(session.form_digest, session.key_digest, session.bank_digest, opening.id)
        .join(opening, col(opening.id) == col(session.opening_id))
        .group_by(col(session.form_digest), col(session.key_digest), col(session.bank_digest), col(opening.id))
        .order_by(*order, col(session.form_digest), col(session.key_digest))
    )
    return list(dict.fromkeys(_Use(*row) for query in (now, sat) for row in db.exec(query)))


def _in_use(db: Session, uses: Sequence[_Use], counts: dict[tuple[str, bool], int]) -> FormInUse:
    digest = uses[0].form_digest
    form, key = get_form(db, digest), get_key(db, uses[0].key_digest)
    return FormInUse(
        digest,
        form.id,
        form.title,
        form.version,
        form.bank,
        key.id,
        key.version,
        len({use.opening_id for use in uses}),
        counts.get((digest, False), 0),
        counts.get((digest, True), 0),
    )


def get_sample(database: Database, form_digest: str, *, simulated: bool) -> Sample:
    """Read what everybody who handed in answered to a form.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    with database.reading() as db:
        return read_sample(db, form_digest, simulated=simulated)


def read_sample(db: Session, form_digest: str, *, simulated: bool) -> Sample:
    """Read the sample of a form within a transaction.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    newest = _newest_use(db, form_digest)
    return Sample(
        get_form(db, form_digest),
        get_key(db, newest.key_digest),
        get_bank(db, newest.bank_digest),
        simulated,
        list_people(db, form_digest, simulated=simulated),
        _counts(db, form_digest).get((form_digest, not simulated), 0),
    )


def read_other_halves(db: Session, form: AssessmentForm, *, simulated: bool) -> tuple[OtherHalves, ...]:
    """Read who sat the other halves of a form's flip pairs, by form in use; the newest opening's form first."""
    newest: dict[str, _Use] = {}
    for use in _uses(db) if any(scenario.twin for scenario in form.scenarios) else ():
        newest.setdefault(use.form_digest, use)
    forms = [get_form(db, digest) for digest in newest if digest != form.digest]
    others = [other for other in forms if flip_pairs(form, other)]
    people = _people_by_form(db, [other.digest for other in others], simulated=simulated)
    return tuple(
        OtherHalves(other, get_key(db, newest[other.digest].key_digest), people[other.digest]) for other in others
    )


def list_keys(database: Database, form_digest: str) -> tuple[KeyOnFile, ...]:
    """List the keys that can score a form, the one in use first and then the newest.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    with database.reading() as db:
        used = _newest_use(db, form_digest).key_digest
        form = get_form(db, form_digest)
        pinned = select(PinnedKeyRecord.digest, PinnedKeyRecord.pinned_at).order_by(
            col(PinnedKeyRecord.pinned_at).desc()
        )
        found = [KeyOnFile(get_key(db, digest), at, digest == used) for digest, at in db.exec(pinned).all()]
    return tuple(sorted((each for each in found if key_fits(form, each.key)), key=lambda each: not each.in_use))


def _newest_use(db: Session, form_digest: str) -> _Use:
    for use in _uses(db):
        if use.form_digest == form_digest:
            return use
    message = "There is no such form in use"
    raise NotFoundError(message)


def counts_as_simulated() -> ColumnElement[bool]:
    """In a simulated opening everybody counts as simulated, also somebody who tries it out."""
    return or_(col(CandidateRecord.simulated), col(OpeningRecord.simulated))


def _counts(db: Session, form_digest: str | None = None) -> dict[tuple[str, bool], int]:
    """Count who handed in, by form and whether they are simulated."""
    session, simulated = AssessmentSessionRecord, counts_as_simulated()
    query = (
        select(session.form_digest, simulated, func.count())
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .where(session.state == SessionState.SUBMITTED)
        .group_by(col(session.form_digest), simulated)
    )
    if form_digest is not None:
        query = query.where(session.form_digest == form_digest)
    return {(form, bool(is_simulated)): n for form, is_simulated, n in db.exec(query)}


def list_people(db: Session, form_digest: str, *, simulated: bool) -> tuple[PersonAnswers, ...]:
    """Read all responses in one query; who handed in without an answer is a person too."""
    return _people_by_form(db, [form_digest], simulated=simulated)[form_digest]


def _people_by_form(db: Session, digests: Sequence[str], *, simulated: bool) -> dict[str, tuple[PersonAnswers, ...]]:
    """Read all responses to some forms in one query."""
    if not digests:
        return {}
    session, response = AssessmentSessionRecord, ItemResponseRecord
    condition = counts_as_simulated()
    query = (
        select_columns(
            col(session.form_digest),
            col(session.id),
            col(response.scenario_id),
            col(response.ratings),
            col(response.seconds),
        )
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .outerjoin(response, col(response.session_id) == col(session.id))
        .where(
            col(session.form_digest).in_(digests),
            col(session.state) == SessionState.SUBMITTED,
            condition if simulated else ~condition,
        )
        .order_by(col(session.id))  # an order that says nothing about who came when
    )
    answers: dict[str, dict[str, dict[str, Ratings]]] = {digest: {} for digest in digests}
    times: dict[str, dict[str, float]] = {}
    for digest, session_id, scenario, ratings, seconds in db.connection().execute(query):
        mine, spent = answers[digest].setdefault(session_id, {}), times.setdefault(session_id, {})
        if scenario is not None:
            mine[scenario] = json.loads(ratings)
            if seconds > 0:
                spent[scenario] = seconds
    return {
        digest: tuple(PersonAnswers(mine, times[session_id]) for session_id, mine in of_form.items())
        for digest, of_form in answers.items()
    }
