"""What a recruiter sees: an opening's candidates, one candidate's scores, several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.reasons import OVERALL, NotScored
from eiassess.domain.responses import n_missing
from eiassess.domain.scores import ScoreEstimate
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
)
from eiassess.scoring.comparing import ScoreDifference, compare_people
from eiassess.scoring.engine import points_compare
from eiassess.scoring.parts import forms_compare, gives_overall_only
from eiassess.scoring.quality import ResponseQuality, response_quality
from eiassess.services.content import get_bank, get_form
from eiassess.services.delivery import SavedResponse, saved_response
from eiassess.services.openings import require_member
from eiassess.services.pinned_keys import get_key
from eiassess.services.scoring import StoredScore, latest_scores

COMPARED_AT_LEAST, COMPARED_AT_MOST = 2, 6


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
class OpeningResults:
    """An opening with all its candidates."""

    opening_id: str
    title: str
    simulated: bool
    bank: QuestionBank
    form: AssessmentForm
    key: ScoringKey
    candidates: tuple[CandidateRow, ...]


@dataclass(frozen=True)
class CandidateResult:
    """One candidate's scores with all that explains them; ``stored`` is ``None`` before handing in."""

    row: CandidateRow
    opening_id: str
    opening_title: str
    bank: QuestionBank
    form: AssessmentForm
    key: ScoringKey
    responses: Mapping[str, SavedResponse]
    seconds: Mapping[str, float]
    stored: StoredScore | None
    quality: ResponseQuality | None


@dataclass(frozen=True)
class Comparison:
    """Candidates side by side, in the order asked for."""

    opening_id: str
    title: str
    simulated: bool
    bank: QuestionBank
    key: ScoringKey
    candidates: tuple[CandidateResult, ...]
    parts: tuple[str, ...]
    differences: tuple[ScoreDifference, ...]


def list_candidates(database: Database, user_id: str, opening_id: str) -> OpeningResults:
    """Return an opening's candidates in the order of their invitation.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        results = _results(db, opening, None)
        return OpeningResults(
            opening.id,
            opening.title,
            opening.simulated,
            get_bank(db, opening.bank_digest),
            get_form(db, opening.form_digest),
            get_key(db, opening.key_digest),
            tuple(result.row for result in results),
        )


def get_candidate_result(database: Database, user_id: str, session_id: str) -> CandidateResult:
    """Return one candidate's scores, responses and key.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.reading() as db:
        session = db.get(AssessmentSessionRecord, session_id)
        if session is None:
            message = "There is no such candidate"
            raise NotFoundError(message)
        opening = require_member(db, session.opening_id, user_id)
        return _results(db, opening, [session_id])[0]


def compare_candidates(database: Database, user_id: str, opening_id: str, session_ids: Sequence[str]) -> Comparison:
    """Put two to six scored candidates of one opening side by side.

    Raises
    ------
    InvalidInputError
        Fewer than two or more than six.
    NotFoundError
        One of them is not in this opening, or the opening is not this person's.
    RefusedError
        One has no score yet, or they sat different forms or were scored under different keys.
    """
    wanted = list(dict.fromkeys(session_ids))
    if not COMPARED_AT_LEAST <= len(wanted) <= COMPARED_AT_MOST:
        message = f"Choose {COMPARED_AT_LEAST} to {COMPARED_AT_MOST} candidates to compare; {len(wanted)} were chosen"
        raise InvalidInputError(message, "candidates")
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        found = {result.row.session_id: result for result in _results(db, opening, wanted)}
        if set(found) != set(wanted):
            message = "There is no such candidate in this opening"
            raise NotFoundError(message)
        chosen = tuple(found[session_id] for session_id in wanted)
        return _comparison(db, opening, chosen)


def _comparison(db: Session, opening: OpeningRecord, chosen: tuple[CandidateResult, ...]) -> Comparison:
    scores = {each.row.session_id: each.stored.score for each in chosen if each.stored and each.stored.score.overall}
    if len(scores) < len(chosen):
        message = "Only candidates with a score can be compared; take out those without one"
        raise RefusedError(message)
    if not all(_scores_compare(first, second) for first, second in combinations(chosen, 2)):
        message = (
            "These candidates sat different forms or were scored under different keys: their scores do not compare"
        )
        raise RefusedError(message)
    bank = get_bank(db, opening.bank_digest)
    parts = (OVERALL, *(() if gives_overall_only(chosen[0].form) else bank.model.competency_ids))
    return Comparison(
        opening.id,
        opening.title,
        opening.simulated,
        bank,
        get_key(db, opening.key_digest),
        chosen,
        parts,
        compare_people(scores, parts),
    )


def _scores_compare(first: CandidateResult, second: CandidateResult) -> bool:
    """Whether two people's scores mean the same: under one key, on forms whose scores compare, by like engines."""
    stored = [each.stored for each in (first, second) if each.stored]
    return (
        forms_compare(first.form, second.form)
        and len({each.key_digest for each in stored}) == 1
        and points_compare(*(each.engine for each in stored))
    )


def _results(db: Session, opening: OpeningRecord, only: list[str] | None) -> list[CandidateResult]:
    """Gather candidates with few queries, however many they are."""
    query = (
        select(AssessmentSessionRecord, CandidateRecord)
        .join(CandidateRecord, col(CandidateRecord.id) == col(AssessmentSessionRecord.candidate_id))
        .where(AssessmentSessionRecord.opening_id == opening.id)
        .order_by(col(CandidateRecord.number))
    )
    if only is not None:
        query = query.where(col(AssessmentSessionRecord.id).in_(only))
    pairs = list(db.exec(query))
    ids = [session.id for session, _ in pairs]
    responses = _responses(db, ids)
    scores = latest_scores(db, ids)
    return [
        _result(db, opening, session, candidate, responses.get(session.id, {}), scores.get(session.id))
        for session, candidate in pairs
    ]


def _responses(db: Session, session_ids: list[str]) -> dict[str, dict[str, ItemResponseRecord]]:
    found: dict[str, dict[str, ItemResponseRecord]] = {}
    for record in db.exec(select(ItemResponseRecord).where(col(ItemResponseRecord.session_id).in_(session_ids))):
        found.setdefault(record.session_id, {})[record.scenario_id] = record
    return found


def _result(
    db: Session,
    opening: OpeningRecord,
    session: AssessmentSessionRecord,
    candidate: CandidateRecord,
    records: Mapping[str, ItemResponseRecord],
    stored: StoredScore | None,
) -> CandidateResult:
    form = get_form(db, session.form_digest)
    seconds = {name: record.seconds for name, record in records.items() if record.seconds > 0}
    quality = None if stored is None else response_quality(form, stored.score, seconds)
    responses = {name: saved_response(record) for name, record in records.items()}
    complete = sum(
        n_missing(form, scenario, responses[scenario.id].ratings) == 0
        for scenario in form.scenarios
        if scenario.id in responses
    )
    row = CandidateRow(
        session_id=session.id,
        number=candidate.number,
        name=candidate.name,
        state=SessionState(session.state),
        n_answered=complete,
        n_scenarios=len(form.scenarios),
        overall=stored.score.overall if stored else None,
        not_scored=stored.score.not_scored if stored else (),
        flagged=quality is not None and quality.is_flagged,
        submitted_at=session.submitted_at,
        released=session.released_at is not None,
        simulated=candidate.simulated,
        form_label=f"{form.title}, version {form.version}",
        is_comparable=opening.key_digest == session.key_digest
        and forms_compare(get_form(db, opening.form_digest), form),
    )
    return CandidateResult(
        row=row,
        opening_id=opening.id,
        opening_title=opening.title,
        bank=get_bank(db, session.bank_digest),
        form=form,
        key=get_key(db, session.key_digest),
        responses=responses,
        seconds=seconds,
        stored=stored,
        quality=quality,
    )
