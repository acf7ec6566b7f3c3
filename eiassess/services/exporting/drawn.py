"""Drawn intervals of many people, a portion after the other, with the same estimates of errors throughout."""

from collections.abc import Sequence

from sqlmodel import Session

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate, NotCompared
from eiassess.domain.scores import Interval
from eiassess.persistence.tables import OpeningRecord
from eiassess.scoring.differences.placing import place_people
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.estimates import get_estimate
from eiassess.services.differences.sittings import ScoresOf, read_sat
from eiassess.services.results.candidate_rows import CandidateRecords

Drawn = tuple[float | None, float | None, str | None, NotCompared | None]
"""Lower end, upper end and the digest of the estimate, ``None`` without one; and why the person is not compared."""


class DrawnIntervals:
    """What is drawn of people; an estimate is read once, so that a file leans on one even if a night passes."""

    def __init__(self) -> None:
        self._estimates: dict[ScoresOf, ErrorEstimate] = {}

    def of(self, db: Session, opening: OpeningRecord, people: Sequence[CandidateRecords]) -> dict[str, Drawn]:
        """Give what is drawn of each session with an overall score, within the caller's transaction."""
        found: dict[str, Drawn] = {}
        for of, ids in _by_scores(opening, people).items():
            found |= _placed(db, of, ids, self._estimate(db, of))
        return found

    def _estimate(self, db: Session, of: ScoresOf) -> ErrorEstimate:
        if of not in self._estimates:
            self._estimates[of] = get_estimate(db, of)
        return self._estimates[of]


def _by_scores(opening: OpeningRecord, people: Sequence[CandidateRecords]) -> dict[ScoresOf, list[str]]:
    found: dict[ScoresOf, list[str]] = {}
    for each in people:
        if each.stored is not None:
            simulated = opening.simulated or each.candidate.simulated
            of = ScoresOf(each.stored.form_digest, each.stored.key_digest, simulated)
            found.setdefault(of, []).append(each.session.id)
    return found


def _placed(db: Session, of: ScoresOf, session_ids: Sequence[str], estimate: ErrorEstimate) -> dict[str, Drawn]:
    sat = read_sat(db, of, session_ids)
    placed = place_people(get_form(db, of.form_digest), get_key(db, of.key_digest), tuple(sat.values()), estimate)
    return {
        session_id: (*_interval(each.interval, estimate), each.not_compared)
        for session_id, each in zip(sat, placed, strict=True)
        if each.not_compared is not NotCompared.NOT_SCORED
    }


def _interval(interval: Interval | None, estimate: ErrorEstimate) -> tuple[float, float, str] | tuple[None, None, None]:
    if interval is None or estimate.n < PEOPLE_FOR_AN_ESTIMATE:
        return None, None, None
    return interval.low, interval.high, estimate.digest
