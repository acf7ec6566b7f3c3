"""What a recruiter sees of chosen candidates, with all that explains the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scores import RatedEffective, StoredScore
from eiassess.domain.uses import UseOfScores
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
)
from eiassess.scoring.differences.placing import PlacedPerson
from eiassess.scoring.person.irritants import rated_effective
from eiassess.scoring.quality import ResponseQuality, response_quality
from eiassess.services.content.pinned import get_bank
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.deciding.uses import use_of_scores
from eiassess.services.differences.pages import areas_on_display, place_person
from eiassess.services.differences.sittings import scores_of
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.openings import get_session_record, require_member
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
    use: UseOfScores | None = None
    """What the scores of the opening may be used for."""
    place: Place | None = None
    """Where the candidate stands in the list that one came from; ``None`` beside others in a comparison."""
    placed: PlacedPerson | None = None
    """The score with the error that leans on who else sat the form; ``None`` without a score, and in a comparison."""


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
        session = get_session_record(db, session_id)
        opening = require_member(db, session.opening_id, user_id)
        (result,) = list_results(db, opening, [session_id])
        return replace(
            result,
            place=find_place(db, opening, session_id, query or ListQuery()),
            placed=_placed(db, opening, result),
        )


def _placed(db: Session, opening: OpeningRecord, result: CandidateResult) -> PlacedPerson | None:
    if result.stored is None:
        return None
    of = scores_of(result.stored, simulated=opening.simulated or result.row.simulated)
    return place_person(db, result.row.session_id, of, areas_on_display(result.bank, result.form))


def list_results(db: Session, opening: OpeningRecord, only: Sequence[str]) -> list[CandidateResult]:
    """Gather chosen candidates with all that they answered, by number."""
    wanted = whole_candidates(opening.id).where(col(AssessmentSessionRecord.id).in_(only))
    found = read_candidates(db, opening, wanted.order_by(col(CandidateRecord.number)))
    answers = _answers(db, only)
    late = late_answers(db, only)
    times = times_of_all(db, [each.session for each in found])
    use = use_of_scores(db, opening)
    return [
        replace(
            _result(
                db, opening, each, answers.get(each.session.id, {}), has_own_times=times[each.session.id].has_own_times
            ),
            n_late=late.get(each.session.id, 0),
            use=use,
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
