"""An opening's scores by what they were made from: which compare, how many there are, and how far they reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select
from sqlmodel import Session, and_, col, func

from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, ScoreRecord
from eiassess.scoring.comparing import Apart, ScoreBasis, apart
from eiassess.services.content.pinned import get_form
from eiassess.services.results.candidate_rows import basis_now, of_opening


@dataclass(frozen=True)
class ScoreGroup:
    """Candidates in one state whose newest scores were made from the same; ``key_digest`` is ``None`` without a score.

    ``lowest`` and ``highest`` are ``None`` where nobody of the group has an overall score.
    """

    state: SessionState
    form_digest: str
    key_digest: str | None
    engine: str | None
    n: int
    n_overall: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class ListSummary:
    """What is so for all candidates of an opening, whichever of them a page shows.

    ``n_set_apart`` have a score that does not compare with the others', for what ``apart`` names; ``lowest`` and
    ``highest`` are those of the others, ``None`` with fewer than two.
    """

    n_all: int
    n_submitted: int
    n_set_apart: int
    apart: tuple[Apart, ...]
    lowest: float | None
    highest: float | None


def read_groups(db: Session, opening_id: str) -> list[ScoreGroup]:
    """Read an opening's groups, in one query that counts."""
    by = (
        col(AssessmentSessionRecord.state),
        col(AssessmentSessionRecord.form_digest),
        col(ScoreRecord.key_digest),
        col(ScoreRecord.engine),
    )
    overall = col(ScoreRecord.overall)
    counts = (func.count(), func.count(overall), func.min(overall), func.max(overall))
    found = db.connection().execute(of_opening(select(*by, *counts), opening_id).group_by(*by))
    return [ScoreGroup(SessionState(state), *rest) for state, *rest in found]


def summarise(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup]) -> ListSummary:
    """Say what is so for all candidates of an opening."""
    scored = [each for each in groups if each.n_overall]
    reasons = [_apart(db, opening, each) for each in scored]
    alike = [each for each, why in zip(scored, reasons, strict=True) if not why]
    n_alike = sum(each.n_overall for each in alike)
    return ListSummary(
        sum(each.n for each in groups),
        sum(each.n for each in groups if each.state is SessionState.SUBMITTED),
        sum(each.n_overall for each in scored) - n_alike,
        tuple(why for why in Apart if any(why in each for each in reasons)),
        min(_known(each.lowest for each in alike)) if n_alike > 1 else None,
        max(_known(each.highest for each in alike)) if n_alike > 1 else None,
    )


def _known(values: Iterable[float | None]) -> list[float]:
    return [each for each in values if each is not None]


def _apart(db: Session, opening: OpeningRecord, group: ScoreGroup) -> tuple[Apart, ...]:
    basis = ScoreBasis(get_form(db, group.form_digest), group.key_digest or "", group.engine or "")
    return apart(basis, basis_now(db, opening))


def is_comparable(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup]) -> ColumnElement[bool]:
    """Say in SQL whose overall score compares with those of who is invited now."""
    alike = [
        and_(
            col(AssessmentSessionRecord.form_digest) == each.form_digest,
            col(ScoreRecord.key_digest) == each.key_digest,
            col(ScoreRecord.engine) == each.engine,
        )
        for each in groups
        if each.n_overall and not _apart(db, opening, each)
    ]
    return or_(false(), *alike)
