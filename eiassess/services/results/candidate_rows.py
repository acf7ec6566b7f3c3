"""An opening's candidates as rows: session, candidate and newest score in one query, however many they are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reasons import NotScored
from eiassess.domain.responses import Ratings, n_missing
from eiassess.domain.scores import Interval, ScoreEstimate, StoredScore
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    ListedScoreRecord,
    OpeningRecord,
    ScoreRecord,
)
from eiassess.scoring.comparing import Apart, ScoreBasis, apart
from eiassess.services.content.pinned import get_form
from eiassess.services.sitting.handing_in import ENGINE_NAME, stored_score


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
    apart: tuple[Apart, ...]
    """Why the scores do not compare with those of who is invited now, by the rule of the page that compares."""
    handed_in_by: HandedInBy | None = None
    withdrawn_by: WithdrawnBy | None = None
    stage: str = DecisionStage.TO_REVIEW.value
    """The id of the stage where they stand, as their session says."""
    not_compared: NotCompared | None = None
    """Why the score is drawn and not compared; ``None`` if it is."""
    drawn: Interval | None = None
    """The interval that is drawn where people are seen beside each other: the stored one where there is no other."""


@dataclass(frozen=True)
class CandidateRecords:
    """A candidate as the database has them; ``stored`` is the newest score, ``None`` before handing in."""

    session: AssessmentSessionRecord
    candidate: CandidateRecord
    stored: StoredScore | None
    flagged: bool
    form: AssessmentForm
    apart: tuple[Apart, ...]
    """Why the scores do not compare with those of who is invited now, by the rule of the page that compares."""
    drawn: Interval | None = None
    """The drawn interval, by the estimate of errors in use; ``None`` where there is nothing but the stored one."""
    not_compared: NotCompared | None = None


def of_opening(query: Any, opening_id: str) -> Any:  # noqa: ANN401 - any of three classes of selects
    """Ask for what a query names of an opening's sessions, their candidates and their newest scores."""
    session, candidate, score, other = AssessmentSessionRecord, CandidateRecord, ScoreRecord, aliased(ScoreRecord)
    newest = select(func.max(other.number)).where(col(other.session_id) == col(session.id)).scalar_subquery()
    return (
        query.select_from(session)
        .join(candidate, col(candidate.id) == col(session.candidate_id))
        .outerjoin(score, and_(col(score.session_id) == col(session.id), col(score.number) == newest))
        .where(col(session.opening_id) == opening_id)
    )


def whole_candidates(opening_id: str) -> Any:  # noqa: ANN401 - the same
    """Ask for all that `read_candidates` takes; the caller says of whom, and in which order."""
    listed, session = ListedScoreRecord, AssessmentSessionRecord
    asked = of_opening(select(session, CandidateRecord, ScoreRecord, listed), opening_id)
    return asked.outerjoin(listed, col(listed.session_id) == col(session.id))


def read_candidates(db: Session, opening: OpeningRecord, query: Any) -> list[CandidateRecords]:  # noqa: ANN401 - the same
    """Read whom a query made of `whole_candidates` asks for."""
    return [_records(db, opening, *each) for each in db.exec(query)]


def _records(
    db: Session,
    opening: OpeningRecord,
    session: AssessmentSessionRecord,
    candidate: CandidateRecord,
    score: ScoreRecord | None,
    listed: ListedScoreRecord | None,
) -> CandidateRecords:
    form = get_form(db, session.form_digest)
    basis = ScoreBasis(form, *((score.key_digest, score.engine) if score else (session.key_digest, ENGINE_NAME)))
    return CandidateRecords(
        session,
        candidate,
        None if score is None else stored_score(score),
        score is not None and score.flagged,
        form,
        apart(basis, basis_now(db, opening)),
        None if listed is None else _interval(listed.drawn_low, listed.drawn_high),
        NotCompared(listed.not_compared) if listed and listed.not_compared else None,
    )


def _interval(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(low, high)


def basis_now(db: Session, opening: OpeningRecord) -> ScoreBasis:
    """Return what the score of somebody who is invited now will be made from."""
    return ScoreBasis(get_form(db, opening.form_digest), opening.key_digest, ENGINE_NAME)


def count_complete(db: Session, listed: Sequence[CandidateRecords]) -> dict[str, int]:
    """Count the scenarios that candidates have completed, in one query."""
    answer = ItemResponseRecord
    query = select(answer.session_id, answer.scenario_id, answer.ratings).where(
        col(answer.session_id).in_([each.session.id for each in listed])
    )
    answers: dict[str, dict[str, Ratings]] = {}
    for session_id, scenario, ratings in db.exec(query):
        answers.setdefault(session_id, {})[scenario] = json.loads(ratings)
    return {each.session.id: n_complete(each.form, answers.get(each.session.id, {})) for each in listed}


def n_complete(form: AssessmentForm, answers: Mapping[str, Ratings]) -> int:
    """Count the scenarios of a form that nothing is missing from."""
    return sum(
        n_missing(form, scenario, answers[scenario.id]) == 0 for scenario in form.scenarios if scenario.id in answers
    )


def candidate_row(each: CandidateRecords, n_answered: int) -> CandidateRow:
    """Put together what a list shows of a candidate."""
    session, candidate, form = each.session, each.candidate, each.form
    overall = each.stored.score.overall if each.stored else None
    return CandidateRow(
        session_id=session.id,
        number=candidate.number,
        name=candidate.name,
        state=SessionState(session.state),
        n_answered=n_answered,
        n_scenarios=len(form.scenarios),
        overall=overall,
        not_scored=each.stored.score.not_scored if each.stored else (),
        flagged=each.flagged,
        submitted_at=session.submitted_at,
        released=session.released_at is not None,
        simulated=candidate.simulated,
        form_label=f"{form.title}, version {form.version}",
        apart=each.apart,
        handed_in_by=HandedInBy(session.handed_in_by) if session.handed_in_by else None,
        withdrawn_by=WithdrawnBy(session.withdrawn_by) if session.withdrawn_by else None,
        stage=session.stage,
        not_compared=each.not_compared,
        drawn=each.drawn or (overall.interval if overall else None),
    )
