"""An opening's candidates as rows: session, candidate and newest score in one query, however many they are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery
from sqlmodel import Session, and_, col, func, select

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reasons import NotScored
from eiassess.domain.responses import Ratings, n_missing
from eiassess.domain.scores import ScoreEstimate, StoredScore
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
    ScoreRecord,
)
from eiassess.scoring.person.missing import forms_compare
from eiassess.scoring.quality import response_quality
from eiassess.services.content.pinned import get_form
from eiassess.services.sitting.handing_in import stored_score


@dataclass(frozen=True)
class CandidateRow:
    """A candidate in an opening's list; ``session_id`` names the candidate in addresses."""

    session_id: str
    number: int
    name: str
    state: SessionState
    n_answered: int
    n_scenarios: int
    overall: ScoreEstimate | None
    not_scored: tuple[NotScored, ...]
    flagged: bool
    submitted_at: datetime | None
    released: bool
    simulated: bool
    form_label: str
    is_comparable: bool
    """Whether the scores compare with those of who is invited now: the same form and key, or a linked form."""


@dataclass(frozen=True)
class Progress:
    """How many scenarios somebody has completed, and whether the answers are a reason to talk."""

    n_answered: int
    flagged: bool


@dataclass(frozen=True)
class CandidateRecords:
    """A candidate as the database has them; ``stored`` is ``None`` before handing in, or where it was not asked for."""

    session: AssessmentSessionRecord
    candidate: CandidateRecord
    stored: StoredScore | None
    form: AssessmentForm
    is_comparable: bool
    """Whether the scores compare with those of who is invited now: the same form and key, or a linked form."""

    @property
    def state(self) -> SessionState:
        """How far the candidate is."""
        return SessionState(self.session.state)


def read_candidates(
    db: Session, opening: OpeningRecord, only: Sequence[str] | None = None, *, with_scores: bool = True
) -> list[CandidateRecords]:
    """Read an opening's candidates, all or some, by number; the query is one whatever their number."""
    session, candidate, score = AssessmentSessionRecord, CandidateRecord, ScoreRecord
    wanted: list[ColumnElement[bool]] = [col(session.opening_id) == opening.id]
    if only is not None:
        wanted.append(col(session.id).in_(only))
    same_person, order = col(candidate.id) == col(session.candidate_id), col(candidate.number)
    if not with_scores:
        pairs = select(session, candidate).join(candidate, same_person).where(*wanted).order_by(order)
        return [_rows(db, opening, *pair, None) for pair in db.exec(pairs)]
    newest = _newest_scores(wanted)
    triples = (
        select(session, candidate, score)
        .join(candidate, same_person)
        .outerjoin(newest, newest.c.session_id == col(session.id))
        .outerjoin(score, and_(col(score.session_id) == newest.c.session_id, col(score.number) == newest.c.number))
        .where(*wanted)
        .order_by(order)
    )
    return [_rows(db, opening, *triple) for triple in db.exec(triples)]


def _newest_scores(wanted: Sequence[ColumnElement[bool]]) -> Subquery:
    """Find the number of each session's newest score."""
    session, score = AssessmentSessionRecord, ScoreRecord
    return (
        select(score.session_id, func.max(score.number).label("number"))
        .join(session, col(session.id) == col(score.session_id))
        .where(*wanted)
        .group_by(col(score.session_id))
        .subquery()
    )


def _rows(
    db: Session,
    opening: OpeningRecord,
    session: AssessmentSessionRecord,
    candidate: CandidateRecord,
    score: ScoreRecord | None,
) -> CandidateRecords:
    form = get_form(db, session.form_digest)
    like_now = opening.key_digest == session.key_digest and forms_compare(get_form(db, opening.form_digest), form)
    return CandidateRecords(session, candidate, None if score is None else stored_score(score), form, like_now)


def read_progress(db: Session, listed: Sequence[CandidateRecords]) -> dict[str, Progress]:
    """Read how far candidates are and whether one should talk to them, in one query."""
    answer = ItemResponseRecord
    query = select(answer.session_id, answer.scenario_id, answer.ratings, answer.seconds).where(
        col(answer.session_id).in_([each.session.id for each in listed])
    )
    answers: dict[str, dict[str, Ratings]] = {}
    seconds: dict[str, dict[str, float]] = {}
    for session_id, scenario, ratings, spent in db.exec(query):
        answers.setdefault(session_id, {})[scenario] = json.loads(ratings)
        seconds.setdefault(session_id, {})[scenario] = spent
    return {
        each.session.id: progress_of(each, answers.get(each.session.id, {}), seconds.get(each.session.id, {}))
        for each in listed
    }


def progress_of(each: CandidateRecords, answers: Mapping[str, Ratings], seconds: Mapping[str, float]) -> Progress:
    """Say how many scenarios somebody has completed, and whether the answers are a reason to talk."""
    complete = sum(
        n_missing(each.form, scenario, answers[scenario.id]) == 0
        for scenario in each.form.scenarios
        if scenario.id in answers
    )
    spent = {scenario: each for scenario, each in seconds.items() if each > 0}
    flagged = each.stored is not None and response_quality(each.form, each.stored.score, spent).is_flagged
    return Progress(complete, flagged)


def candidate_row(each: CandidateRecords, progress: Progress) -> CandidateRow:
    """Put together what a list shows of a candidate."""
    session, candidate, form = each.session, each.candidate, each.form
    return CandidateRow(
        session_id=session.id,
        number=candidate.number,
        name=candidate.name,
        state=each.state,
        n_answered=progress.n_answered,
        n_scenarios=len(form.scenarios),
        overall=each.stored.score.overall if each.stored else None,
        not_scored=each.stored.score.not_scored if each.stored else (),
        flagged=progress.flagged,
        submitted_at=session.submitted_at,
        released=session.released_at is not None,
        simulated=candidate.simulated,
        form_label=f"{form.title}, version {form.version}",
        is_comparable=each.is_comparable,
    )
