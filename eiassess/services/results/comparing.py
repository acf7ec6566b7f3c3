"""What a recruiter sees of several candidates side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlmodel import Session

from eiassess.domain.banks import QuestionBank
from eiassess.domain.keys import ScoringKey
from eiassess.domain.openings import ProfileRow
from eiassess.domain.responses import Ratings
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord
from eiassess.scoring.comparing import Apart, ScoreBasis, apart
from eiassess.services.auditing.acting import tell_count
from eiassess.services.content.pinned import get_bank
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.pages import DifferencesPage, areas_on_display, place_on_page
from eiassess.services.differences.sittings import scores_of
from eiassess.services.hiring.opening_records import profile_of
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.for_recruiters import CandidateResult, list_results

COMPARED_AT_LEAST, COMPARED_AT_MOST = 2, 6
_DIFFERENT = {
    Apart.FORM: "sat different forms",
    Apart.KEY: "were scored under different keys",
    Apart.ENGINE: "were scored by different scoring engines",
}


@dataclass(frozen=True)
class Comparison:
    """Candidates side by side, in the order asked for.

    ``areas`` are those on display with their competencies, none where the form gives an overall score only;
    ``expected`` is what the job expects of these competencies, where the opening says so.
    """

    opening_id: str
    title: str
    simulated: bool
    bank: QuestionBank
    key: ScoringKey
    candidates: tuple[CandidateResult, ...]
    areas: Mapping[str, tuple[str, ...]]
    differences: DifferencesPage
    expected: tuple[ProfileRow, ...] = ()


def compare_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], estimates: Sequence[str] = ()
) -> Comparison:
    """Put two to six scored candidates of one opening side by side.

    Parameters
    ----------
    estimates
        Digests of the estimates of errors to lean on; by default the newest.

    Raises
    ------
    InvalidInputError
        Fewer than two or more than six, or an estimate that is not there.
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
        found = {result.row.session_id: result for result in list_results(db, opening, wanted)}
        if set(found) != set(wanted):
            message = "There is no such candidate in this opening"
            raise NotFoundError(message)
        tell_count(len(found))
        return _comparison(db, opening, tuple(found[session_id] for session_id in wanted), estimates)


def _comparison(
    db: Session, opening: OpeningRecord, chosen: tuple[CandidateResult, ...], estimates: Sequence[str]
) -> Comparison:
    stored = {each.row.session_id: each.stored for each in chosen if each.stored and each.stored.score.overall}
    if len(stored) < len(chosen):
        message = "Only candidates with a score can be compared; take out those without one"
        raise RefusedError(message)
    _require_alike(
        [ScoreBasis(each.form, each.stored.key_digest, each.stored.engine) for each in chosen if each.stored]
    )
    bank = get_bank(db, opening.bank_digest)
    areas = areas_on_display(bank, chosen[0].form)
    sessions = {
        each.row.session_id: scores_of(stored[each.row.session_id], simulated=opening.simulated or each.row.simulated)
        for each in chosen
    }
    return Comparison(
        opening.id,
        opening.title,
        opening.simulated,
        bank,
        get_key(db, opening.key_digest),
        chosen,
        areas,
        place_on_page(db, sessions, areas, estimates, _answers(chosen)),
        _expected(db, opening.id, areas),
    )


def _answers(chosen: Sequence[CandidateResult]) -> dict[str, dict[str, Ratings]]:
    return {
        each.row.session_id: {scenario: saved.ratings for scenario, saved in each.responses.items()} for each in chosen
    }


def _expected(db: Session, opening_id: str, areas: Mapping[str, Sequence[str]]) -> tuple[ProfileRow, ...]:
    shown = {part for parts in areas.values() for part in parts}
    return tuple(row for row in profile_of(db, opening_id) if row.competency in shown and row.expected is not None)


def _require_alike(bases: Sequence[ScoreBasis]) -> None:
    """Refuse scores that do not compare, and name each cause that holds for any two of them."""
    found = {why for first, second in combinations(bases, 2) for why in apart(first, second)}
    if found:
        causes = " or ".join(words for why, words in _DIFFERENT.items() if why in found)
        message = f"These candidates {causes}: their scores do not compare"
        raise RefusedError(message)
