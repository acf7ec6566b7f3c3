"""How far apart an opening's scores must lie to be called different, and the bands that follow from it.

A band is whoever lies within that gap of the highest score, then the same from the next highest on. The gap is the one
near the list's median for two people (one test), the larger one where forms are mixed. Whoever is not
compared, for whatever reason, is in no band and moves neither gap nor band.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlmodel import Session, col

from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.persistence.tables import ListedScoreRecord, OpeningRecord
from eiassess.scoring.differences.in_general import gap_on_list
from eiassess.services.differences.estimates import newest_estimate
from eiassess.services.differences.sittings import ScoresOf
from eiassess.services.results.score_groups import ScoreGroup

SCORE = ListedScoreRecord


@dataclass(frozen=True)
class Band:
    """Scores from ``highest`` down to less than a gap below it, and how many people have one."""

    highest: float
    n: int


@dataclass(frozen=True)
class Bands:
    """The gap that two scores of a list need, in points, and its bands from the highest down.

    The bands are empty where scores may not put people in order.
    """

    gap: float
    bands: tuple[Band, ...] = ()
    estimates: tuple[ErrorEstimate, ...] = ()
    """What the gap was worked out from, one for each form."""

    def place_of(self, score: float) -> int | None:
        """Say in which band a score is, counted from 0; ``None`` where there are none."""
        return next((place for place, band in enumerate(self.bands) if score > band.highest - self.gap), None)

    def is_in(self, place: int) -> ColumnElement[bool]:
        """Say in SQL that an overall score is in a band or above it."""
        return col(SCORE.overall) > self.bands[place].highest - self.gap


def read_bands(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup], *, may_rank: bool) -> Bands | None:
    """Read the gap and the bands of the scores that compare.

    Parameters
    ----------
    groups
        Those whose scores compare with each other.
    may_rank
        Whether scores may put this opening's people in order: without that there is the gap alone.

    Returns
    -------
    Bands or None
        ``None`` where nobody is scored, or nothing is known of the errors of one of the forms.
    """
    n = sum(each.n_overall for each in groups)  # of a form of whose people nobody is compared nothing need be known
    if n == 0:
        return None
    made_from = dict.fromkeys(
        ScoresOf(each.form_digest, each.key_digest, opening.simulated) for each in groups if each.n_overall
    )
    estimates = [newest_estimate(db, each) for each in made_from]
    known = [each for each in estimates if each is not None]
    own = _own(opening, groups)
    gap = gap_on_list(known, _median(db, own, n)) if len(known) == len(estimates) else None
    if gap is None:
        return None
    return Bands(gap, bands_within(db, opening, groups, gap) if may_rank else (), tuple(known))


def bands_within(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup], gap: float) -> tuple[Band, ...]:
    """Split the scores of an opening that compare with each other into bands of less than a gap, from the highest."""
    own = _own(opening, groups)
    return _counted(db, own, Bands(gap, _highest(db, own, gap)))


def bands_among(scores: Iterable[float], gap: float) -> tuple[Band, ...]:
    """Split scores that no table holds into bands, by the rule of those that one does.

    Examples
    --------
    >>> bands_among([70.0, 84.0, 90.0, 81.0, 76.0], 8.0)
    (Band(highest=90.0, n=2), Band(highest=81.0, n=2), Band(highest=70.0, n=1))
    """
    left = sorted(scores, reverse=True)
    found: list[Band] = []
    while left:
        n = sum(score > left[0] - gap for score in left)
        found.append(Band(left[0], n))
        left = left[n:]
    return tuple(found)


def _own(opening: OpeningRecord, groups: Sequence[ScoreGroup]) -> ColumnElement[bool]:
    bases = [each.basis for each in groups]
    compares = and_(col(SCORE.overall).is_not(None), col(SCORE.not_compared).is_(None))
    return and_(col(SCORE.opening_id) == opening.id, col(SCORE.basis).in_(bases), compares)


def _median(db: Session, own: ColumnElement[bool], n: int) -> float:
    query: Any = (
        select(col(SCORE.overall)).where(own).order_by(col(SCORE.overall)).offset((n - 1) // 2).limit(2 - n % 2)
    )
    return mean(float(each) for each in db.connection().execute(query).scalars())


def _highest(db: Session, own: ColumnElement[bool], gap: float) -> tuple[Band, ...]:
    """Find the highest score of each band: each is the next below the one before less the gap, read from the index."""
    overall = col(SCORE.overall)
    downwards = select(overall).where(own).order_by(overall.desc()).limit(1)
    band = select(downwards.scalar_subquery().label("highest")).cte("band", recursive=True)
    below = downwards.where(overall <= band.c.highest - literal(gap)).correlate(band).scalar_subquery()
    band = band.union_all(select(below).where(band.c.highest.is_not(None)))
    found = db.connection().execute(select(band.c.highest).where(band.c.highest.is_not(None))).scalars()
    return tuple(Band(highest, 0) for highest in found)


def _counted(db: Session, own: ColumnElement[bool], found: Bands) -> tuple[Band, ...]:
    placed = select(band_in_sql(found).label("place")).where(own).subquery()
    query = select(placed.c.place, func.count()).group_by(placed.c.place)
    counts: dict[int, int] = {place: n for place, n in db.connection().execute(query)}  # noqa: C416 - rows, not pairs
    return tuple(Band(band.highest, counts[number]) for number, band in enumerate(found.bands))


def band_in_sql(found: Bands) -> ColumnElement[int]:
    """Say in SQL what `Bands.place_of` says."""
    last = len(found.bands) - 1
    return case(*((found.is_in(place), place) for place in range(last)), else_=last) if last else literal(0)
