"""Scored sittings as the rule of differences takes them: answers, doubts, and the order in which they were sat."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from eiassess.domain.digests import digest_of
from eiassess.domain.responses import Ratings
from eiassess.domain.scores import StoredScore
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
    ScenarioShowingRecord,
    ScoreRecord,
)
from eiassess.scoring.differences.measuring import FLAGS_OF_DOUBT, SatPerson
from eiassess.scoring.person.engine import ENGINE, points_compare
from eiassess.services.statistics.samples import counts_as_simulated

SESSIONS_A_QUERY = 500


@dataclass(frozen=True)
class ScoresOf:
    """Whose scores belong together: one form, one key, and either real or simulated people."""

    form_digest: str
    key_digest: str
    simulated: bool


@dataclass(frozen=True)
class _Scored:
    session_id: str
    mark: str
    flagged: bool


def scores_of(stored: StoredScore, *, simulated: bool) -> ScoresOf:
    """Say which scores a score belongs with."""
    return ScoresOf(stored.form_digest, stored.key_digest, simulated)


def list_scored(db: Session) -> list[ScoresOf]:
    """List what people of the installation were scored from, in a fixed order."""
    score, simulated = ScoreRecord, counts_as_simulated()
    query = _with_people(select(score.form_digest, score.key_digest, simulated).distinct())
    return sorted(
        {ScoresOf(form, key, bool(made_up)) for form, key, made_up in db.exec(query)},
        key=lambda each: (each.form_digest, each.key_digest, each.simulated),
    )


def read_sat(
    db: Session,
    of: ScoresOf,
    only: Sequence[str] | None = None,
    answers: Mapping[str, Mapping[str, Ratings]] | None = None,
) -> dict[str, SatPerson]:
    """Read who sat a form and was scored under a key, in all openings: session -> person, whose id is the score's mark.

    Scores of engines whose points mean something else are left out: they do not compare with these.

    Parameters
    ----------
    only
        The sessions that are asked for; all of them if it is ``None``.
    answers
        What the sessions hold, by session and scenario, if the caller has read it already.
    """
    scored = _scored(db, of, only)
    ids = [each.session_id for each in scored]
    known, orders = read_answers(db, ids) if answers is None else answers, _orders(db, ids)
    return {
        each.session_id: SatPerson(
            each.mark,
            known.get(each.session_id, {}),
            FLAGS_OF_DOUBT if each.flagged else 0,
            tuple(orders.get(each.session_id, ())),
        )
        for each in scored
    }


def sessions_of(db: Session, of: ScoresOf, marks: Collection[str]) -> list[str]:
    """Find whose scores have these marks, as far as they are still there."""
    return [each.session_id for each in _scored(db, of, None) if each.mark in marks]


def mark_of(session_id: str, content_digest: str) -> str:
    """Name a score: two people who answered alike have two marks, and a mark says nothing of either."""
    return digest_of(f"{session_id} {content_digest}")


def _scored(db: Session, of: ScoresOf, only: Sequence[str] | None) -> list[_Scored]:
    score, simulated = ScoreRecord, counts_as_simulated()
    query = _with_people(select(score.session_id, score.content_digest, score.flagged, score.engine)).where(
        score.form_digest == of.form_digest,
        score.key_digest == of.key_digest,
        simulated if of.simulated else ~simulated,
    )
    if only is not None:
        query = query.where(col(score.session_id).in_(only))
    return [
        _Scored(session_id, mark_of(session_id, content), flagged)
        for session_id, content, flagged, engine in db.exec(query.order_by(col(score.session_id)))
        if points_compare(engine, ENGINE)
    ]


def _with_people(query: Any) -> Any:  # noqa: ANN401 - any of several classes of selects
    """Ask for what a query names of each session's newest score."""
    score, session, other = ScoreRecord, AssessmentSessionRecord, aliased(ScoreRecord)
    newest = select(func.max(other.number)).where(col(other.session_id) == col(session.id)).scalar_subquery()
    return (
        query.select_from(score)
        .join(session, col(session.id) == col(score.session_id))
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .where(col(score.number) == newest)
    )


def read_answers(db: Session, session_ids: Sequence[str]) -> Mapping[str, Mapping[str, Ratings]]:
    """Read what was saved in sessions: session -> scenario -> answer; who answered nothing is left out."""
    found: dict[str, dict[str, Ratings]] = {}
    response = ItemResponseRecord
    for some in portions(session_ids):
        query = select(response.session_id, response.scenario_id, response.ratings)
        for session_id, scenario, ratings in db.exec(query.where(col(response.session_id).in_(some))):
            found.setdefault(session_id, {})[scenario] = json.loads(ratings)
    return found


def _orders(db: Session, session_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    showing = ScenarioShowingRecord
    for some in portions(session_ids):
        query = select(showing.session_id, showing.scenario_id).where(col(showing.session_id).in_(some))
        for session_id, scenario in db.exec(query.order_by(col(showing.session_id), col(showing.position))):
            found.setdefault(session_id, []).append(scenario)
    return found


def portions(session_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut ids into portions, since a query takes a bounded number of them."""
    return (session_ids[start : start + SESSIONS_A_QUERY] for start in range(0, len(session_ids), SESSIONS_A_QUERY))
