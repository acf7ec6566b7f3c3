"""What a recruiter sees of chosen candidates: one with all that explains the scores, several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import RatedEffective, StoredScore
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
)
from eiassess.scoring.comparing import Apart, ScoreBasis, ScoreDifference, apart, compare_people
from eiassess.scoring.person.irritants import rated_effective
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.scoring.quality import ResponseQuality, response_quality
from eiassess.services.content.pinned import get_bank
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.candidate_lists import ListQuery, Place, find_place
from eiassess.services.results.candidate_rows import (
    CandidateRecords,
    CandidateRow,
    candidate_row,
    n_complete,
    read_candidates,
    whole_candidates,
)
from eiassess.services.sitting.answers import SavedResponse, saved_response
from eiassess.services.sitting.late import late_answers

_DIFFERENT = {
    Apart.FORM: "sat different forms",
    Apart.KEY: "were scored under different keys",
    Apart.ENGINE: "were scored by different scoring engines",
}

COMPARED_AT_LEAST, COMPARED_AT_MOST = 2, 6


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
    irritants: tuple[RatedEffective, ...] = ()
    """What was rated as effective more often than chance allows, of what the key tags as irritating."""
    n_late: int = 0
    """How many answers came after the end and were not scored."""
    place: Place | None = None
    """Where the candidate stands in the list that one came from; ``None`` beside others in a comparison."""


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


def get_candidate_result(
    database: Database, user_id: str, session_id: str, query: ListQuery | None = None
) -> CandidateResult:
    """Return one candidate's scores, responses and key, and the place in the list that one came from.

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
        (result,) = _results(db, opening, [session_id])
        return replace(result, place=find_place(db, opening, session_id, query or ListQuery()))


def compare_candidates(database: Database, user_id: str, opening_id: str, session_ids: Sequence[str]) -> Comparison:
    """Put two to six scored candidates of one opening side by side.

    Raises
    ------
    InvalidInputError
        Fewer than two or more than six.
    NotFoundError
        One of them is not in this opening, or the opening is not this person's.
    RefusedError
        One has no score yet, or they sat different forms, or were scored under different keys or by different engines.
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
    bases = [_basis(each, each.stored) for each in chosen if each.stored]
    _require_alike(bases)
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


def _require_alike(bases: Sequence[ScoreBasis]) -> None:
    """Refuse scores that do not compare, and name each cause that holds for any two of them."""
    found = {why for first, second in combinations(bases, 2) for why in apart(first, second)}
    if found:
        causes = " or ".join(words for why, words in _DIFFERENT.items() if why in found)
        message = f"These candidates {causes}: their scores do not compare"
        raise RefusedError(message)


def _basis(each: CandidateResult, stored: StoredScore) -> ScoreBasis:
    return ScoreBasis(each.form, stored.key_digest, stored.engine)


def _results(db: Session, opening: OpeningRecord, only: Sequence[str]) -> list[CandidateResult]:
    """Gather chosen candidates with all that they answered, by number."""
    wanted = whole_candidates(opening.id).where(col(AssessmentSessionRecord.id).in_(only))
    found = read_candidates(db, opening, wanted.order_by(col(CandidateRecord.number)))
    answers = _answers(db, only)
    late = late_answers(db, only)
    times = times_of_all(db, [each.session for each in found])
    return [
        replace(
            _result(
                db, opening, each, answers.get(each.session.id, {}), has_own_times=times[each.session.id].has_own_times
            ),
            n_late=late.get(each.session.id, 0),
        )
        for each in found
    ]


def _answers(db: Session, session_ids: Sequence[str]) -> dict[str, dict[str, ItemResponseRecord]]:
    found: dict[str, dict[str, ItemResponseRecord]] = {}
    for record in db.exec(select(ItemResponseRecord).where(col(ItemResponseRecord.session_id).in_(session_ids))):
        found.setdefault(record.session_id, {})[record.scenario_id] = record
    return found


def _result(
    db: Session,
    opening: OpeningRecord,
    each: CandidateRecords,
    records: Mapping[str, ItemResponseRecord],
    *,
    has_own_times: bool,
) -> CandidateResult:
    """Put together what a recruiter sees of a candidate.

    Where time is limited, nobody's times are shown: they would tell who was given more. And of whoever was, no speed is
    held against them.
    """
    responses = {name: saved_response(record) for name, record in records.items()}
    seconds = {name: record.seconds for name, record in records.items() if record.seconds > 0}
    answers = {name: saved.ratings for name, saved in responses.items()}
    key = get_key(db, each.session.key_digest)
    return CandidateResult(
        row=candidate_row(each, n_complete(each.form, answers)),
        opening_id=opening.id,
        opening_title=opening.title,
        bank=get_bank(db, each.session.bank_digest),
        form=each.form,
        key=key,
        responses=responses,
        seconds=seconds if opening.time_limit_minutes is None else {},
        stored=each.stored,
        quality=_quality(each, {} if has_own_times else seconds),
        irritants=rated_effective(each.form, key, each.stored.score, answers) if each.stored else (),
    )


def _quality(each: CandidateRecords, seconds: Mapping[str, float]) -> ResponseQuality | None:
    return None if each.stored is None else response_quality(each.form, each.stored.score, seconds)
