"""An opening's scores by what they were made from: which compare, how many there are, and how far they reach."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col, func

from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    ListedScoreRecord,
    OpeningRecord,
    ScoreBasisRecord,
)
from eiassess.scoring.comparing import Apart, ScoreBasis, apart
from eiassess.services.content.pinned import get_form
from eiassess.services.results.candidate_rows import basis_now


@dataclass(frozen=True)
class ScoreGroup:
    """Candidates whose newest scores were made from the same, under the name that lists have for it.

    Whoever is not compared is counted apart by the reason, in ``not_compared`` and not in ``n_overall``. ``lowest`` and
    ``highest`` are of the others, ``None`` where nobody else of the group has an overall score.
    """

    basis: str
    form_digest: str
    key_digest: str
    engine: str
    n_overall: int
    lowest: float | None
    highest: float | None
    not_compared: Mapping[NotCompared, int] = field(default_factory=dict)

    @property
    def n_not_compared(self) -> int:
        """How many have an overall score that compares with nobody's."""
        return sum(self.not_compared.values())

    @property
    def n_scored(self) -> int:
        """How many have an overall score, whether it compares or not."""
        return self.n_overall + self.n_not_compared


@dataclass(frozen=True)
class ListSummary:
    """What is so for all candidates of an opening, whichever of them a page shows.

    ``n_set_apart`` have a score that does not compare with the others', for what ``apart`` names; ``not_compared``
    counts the others who are compared with nobody, by the reason; ``lowest`` and ``highest`` are those of the rest,
    ``None`` with fewer than two.
    """

    n_all: int
    n_submitted: int
    n_set_apart: int
    apart: tuple[Apart, ...]
    lowest: float | None
    highest: float | None
    not_compared: Mapping[NotCompared, int] = field(default_factory=dict)


def read_groups(db: Session, opening_id: str) -> list[ScoreGroup]:
    """Read an opening's groups that anybody has a score of, in one query that counts."""
    listed, basis = ListedScoreRecord, ScoreBasisRecord
    overall, why = col(listed.overall), col(listed.not_compared)
    counts = (func.count(overall).label("n"), func.min(overall).label("low"), func.max(overall).label("high"))
    columns: list[Any] = [col(listed.basis).label("basis"), why.label("why"), *counts]
    own = select(*columns).where(col(listed.opening_id) == opening_id)
    counted = own.group_by(col(listed.basis), why).subquery()
    made_from = (col(basis.id), col(basis.form_digest), col(basis.key_digest), col(basis.engine))
    query = select(*made_from, *(counted.c[name] for name in ("why", "n", "low", "high")))
    found = db.connection().execute(query.join(counted, counted.c.basis == basis.id).order_by(col(basis.id)))
    return [_group(list(rows)) for _, rows in groupby(found, key=itemgetter(0))]


def _group(rows: Sequence[Any]) -> ScoreGroup:
    """Put the rows of one basis together, one for each reason not to be compared and one of who is compared."""
    basis, compared = rows[0], next((each for each in rows if each.why is None), None)
    return ScoreGroup(
        basis.id,
        basis.form_digest,
        basis.key_digest,
        basis.engine,
        compared.n if compared else 0,
        compared.low if compared else None,
        compared.high if compared else None,
        {NotCompared(each.why): each.n for each in rows if each.why is not None},
    )


def count_states(db: Session, opening_id: str) -> dict[SessionState, int]:
    """Count an opening's candidates by state."""
    state = col(AssessmentSessionRecord.state)
    query = select(state, func.count()).where(col(AssessmentSessionRecord.opening_id) == opening_id).group_by(state)
    return {SessionState(each): n for each, n in db.connection().execute(query)}


def comparable_groups(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup]) -> tuple[ScoreGroup, ...]:
    """Return the groups whose scores compare with those of who is invited now."""
    return tuple(each for each in groups if each.n_scored and not _apart(db, opening, each))


def summarise(
    db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup], states: Mapping[SessionState, int]
) -> ListSummary:
    """Say what is so for all candidates of an opening."""
    scored = [each for each in groups if each.n_scored]
    reasons = [_apart(db, opening, each) for each in scored]
    alike = [each for each, why in zip(scored, reasons, strict=True) if not why]
    n_alike = sum(each.n_overall for each in alike)
    return ListSummary(
        sum(states.values()),
        states.get(SessionState.SUBMITTED, 0),
        sum(each.n_scored for each, why in zip(scored, reasons, strict=True) if why),
        tuple(why for why in Apart if any(why in each for each in reasons)),
        min(_known(each.lowest for each in alike)) if n_alike > 1 else None,
        max(_known(each.highest for each in alike)) if n_alike > 1 else None,
        _together(each.not_compared for each in alike),
    )


def _together(counts: Iterable[Mapping[NotCompared, int]]) -> Mapping[NotCompared, int]:
    found = sum((Counter(each) for each in counts), Counter[NotCompared]())
    return {why: found[why] for why in NotCompared if found[why]}


def _known(values: Iterable[float | None]) -> list[float]:
    return [each for each in values if each is not None]


def _apart(db: Session, opening: OpeningRecord, group: ScoreGroup) -> tuple[Apart, ...]:
    basis = ScoreBasis(get_form(db, group.form_digest), group.key_digest, group.engine)
    return apart(basis, basis_now(db, opening))
