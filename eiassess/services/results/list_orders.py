"""Who is on a list and in which order, by number in the opening: found in the database, from its indexes.

Those without a value come last whichever way, and equal ones by number. So a list is two stretches: who has a value,
in order of it, and the rest by number. Where it stands by scores, whoever is not compared, for whatever reason, is a
stretch between.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from eiassess.domain.deciding import StageChoice
from eiassess.domain.searching import SoughtWord, sought_words
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedPartRecord,
    ListedScoreRecord,
    OpeningRecord,
)
from eiassess.services.results.bands import Bands, band_in_sql
from eiassess.services.results.list_queries import ListQuery, ListSort

SESSION, CANDIDATE, SCORE, PART = AssessmentSessionRecord, CandidateRecord, ListedScoreRecord, ListedPartRecord
Table = Any
"""One of the four: all have the opening and the candidate's number."""


@dataclass(frozen=True)
class ListGround:
    """What an order stands on besides what is asked.

    Names of the bases that compare, stages in their order, bands, and how many of these bases are not compared.
    """

    opening: OpeningRecord
    bases: tuple[str, ...]
    stages: tuple[StageChoice, ...]
    bands: Bands | None = None
    n_not_compared: int = 0


@dataclass(frozen=True)
class _Condition:
    table: Table
    holds: ColumnElement[bool]


@dataclass(frozen=True)
class _By:
    """A value that a list stands by, never empty, and which way."""

    value: Any
    descending: bool = False

    @property
    def way(self) -> ColumnElement[Any]:
        """What a list is ordered by."""
        way: ColumnElement[Any] = self.value.desc() if self.descending else self.value.asc()
        return way


@dataclass(frozen=True)
class _Stretch:
    """A part of a list: who is in it, and the values that it stands by before the number."""

    base: Table
    conditions: tuple[_Condition, ...] = ()
    order: tuple[_By, ...] = ()
    ordered_by: tuple[Table, ...] = ()
    """Tables that the order looks at besides the stretch's own."""


@dataclass(frozen=True)
class ListOrder:
    """Who is on a list, in order: ``n`` people in stretches, of which all but the last have a known size."""

    db: Session
    ground: ListGround
    stretches: tuple[_Stretch, ...]
    filters: tuple[_Condition, ...]
    n: int
    sizes: tuple[int, ...]

    def numbers(self, start: int = 0, stop: int | None = None) -> list[int]:
        """List the numbers from one place of the order to before another, counted from 0."""
        *earlier, last = self.stretches
        found: list[int] = []
        passed = 0
        for stretch, n in zip(earlier, self.sizes, strict=True):
            found += self._numbers(stretch, start - passed, n if stop is None else min(stop - passed, n))
            passed += n
        return found + self._numbers(last, start - passed, None if stop is None else stop - passed)

    def _numbers(self, stretch: _Stretch, start: int, stop: int | None) -> list[int]:
        """Read a stretch from one place to before another; a place before its begin is its begin."""
        number, start = col(stretch.base.number), max(start, 0)
        query = _of(select(number), self.ground, stretch, self.filters)
        query = query.order_by(*(each.way for each in stretch.order), number.asc()).offset(start)
        limited = query if stop is None else query.limit(max(stop - start, 0))
        return list(self.db.connection().execute(limited).scalars())

    def find_place(self, number: int) -> int | None:
        """Find the place of somebody's number, counted from 0; ``None`` if they are not on the list.

        It is counted where the list is kept, in one statement: who stands before, stretch by stretch.
        """
        counted = [_count(self.ground, each, self._with(_is(each, number))) for each in self.stretches]
        counted += [_count(self.ground, each, self._with(self._before(each, number))) for each in self.stretches]
        n = list(self.db.connection().execute(select(*counted)).one())
        there, before = n[: len(self.stretches)], n[len(self.stretches) :]
        if not any(there):
            return None
        at = there.index(1)
        return sum(self.sizes[:at]) + int(before[at])

    def _with(self, condition: _Condition) -> tuple[_Condition, ...]:
        return (*self.filters, condition)

    def _before(self, stretch: _Stretch, number: int) -> _Condition:
        """Say in SQL who of a stretch stands before somebody: by the first value that differs, at last by number."""
        base, own = col(stretch.base.number), self._with(_is(stretch, number))
        same: list[ColumnElement[bool]] = []
        ways: list[ColumnElement[bool]] = []
        for each in stretch.order:
            theirs = _of(select(each.value), self.ground, stretch, own).correlate(None).scalar_subquery()
            ways.append(and_(*same, each.value > theirs if each.descending else each.value < theirs))
            same.append(each.value == theirs)
        return _Condition(stretch.base, or_(*ways, and_(*same, base < number)))


def _is(stretch: _Stretch, number: int) -> _Condition:
    return _Condition(stretch.base, col(stretch.base.number) == number)


def listed_sessions(ground: ListGround, query: ListQuery, columns: Sequence[Any]) -> Any:  # noqa: ANN401 - a select
    """Ask for columns of the sessions of everybody who matches, by number, however many there are."""
    asked = _of(select(*columns), ground, _Stretch(SESSION), _filters(ground, query))
    return asked.order_by(col(SESSION.number))


def order_list(db: Session, ground: ListGround, query: ListQuery) -> ListOrder:
    """Find who matches and in which order, and count them in one statement."""
    filters, stretches = _filters(ground, query), _stretches(ground, query)
    unordered = [replace(each, ordered_by=()) for each in stretches[:-1]]
    counted = [_count(ground, each, filters) for each in (_Stretch(SESSION), *unordered)]
    n, *sizes = db.connection().execute(select(*counted)).one()
    return ListOrder(db, ground, stretches, filters, n, tuple(sizes))


def _count(ground: ListGround, stretch: _Stretch, conditions: Sequence[_Condition]) -> Any:  # noqa: ANN401 - a column of a select
    return _of(select(func.count()), ground, stretch, conditions).correlate(None).scalar_subquery()


def _of(query: Any, ground: ListGround, stretch: _Stretch, filters: Sequence[_Condition]) -> Any:  # noqa: ANN401 - selects of different columns
    """Ask a stretch's own table, and join only the tables that a condition names."""
    base, opening_id = stretch.base, ground.opening.id
    conditions = (*stretch.conditions, *filters)
    query = query.select_from(base)
    others = (*(each.table for each in conditions), *stretch.ordered_by)
    for table in dict.fromkeys(each for each in others if each is not base):
        query = query.join(table, and_(col(table.opening_id) == opening_id, col(table.number) == col(base.number)))
    return query.where(col(base.opening_id) == opening_id, *(each.holds for each in conditions))


def _filters(ground: ListGround, query: ListQuery) -> tuple[_Condition, ...]:
    words = tuple(_Condition(CANDIDATE, _is_found(word)) for word in sought_words(query.search))
    return (*words, *_of_session(ground, query), *_of_score(ground, query))


def _is_found(word: SoughtWord) -> ColumnElement[bool]:
    """Say in SQL what `eiassess.domain.searching.is_found` says of a word."""
    name, address = col(CandidateRecord.name_found_by), col(CandidateRecord.email_found_by)
    texts = (name, address) if word.in_addresses else (name,)
    return or_(*(text.contains(form, autoescape=True) for text in texts for form in word.forms))


def _of_session(ground: ListGround, query: ListQuery) -> tuple[_Condition, ...]:
    zone, at = ZoneInfo(ground.opening.time_zone), col(SESSION.submitted_at)
    asked = {
        "state": None if query.state is None else col(SESSION.state) == query.state.value,
        "stage": None if query.stage is None else col(SESSION.stage) == query.stage,
        "since": None if query.since is None else at >= _begin_of(query.since, zone),
        "until": None if query.until is None else at < _begin_of(query.until + timedelta(days=1), zone),
    }
    return tuple(_Condition(SESSION, each) for each in asked.values() if each is not None)


def _begin_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _of_score(ground: ListGround, query: ListQuery) -> tuple[_Condition, ...]:
    """Ask for scores as pages write them: whole numbers, halves up."""
    overall = col(SCORE.overall)
    asked = [
        None if query.at_least is None else overall >= ceil(query.at_least) - 0.5,
        None if query.at_most is None else overall < floor(query.at_most) + 0.5,
    ]
    within = [each for each in asked if each is not None]
    compares = [col(SCORE.basis).in_(ground.bases), col(SCORE.not_compared).is_(None)] if within else []
    flagged = [col(SCORE.flagged).is_(other=True)] if query.flagged else []
    return tuple(_Condition(SCORE, each) for each in (*within, *compares, *flagged))


def _stretches(ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    if query.sort in _HAVING_VALUES:
        return _HAVING_VALUES[query.sort](ground, query)
    # Who is furthest comes first, which is the alphabet turned round: submitted, started, invited.
    state, descending = col(SESSION.state), query.descending
    places = {stage.id: place for place, stage in enumerate(ground.stages)}
    values: dict[ListSort, tuple[Table, _By]] = {
        ListSort.NUMBER: (SESSION, _By(col(SESSION.number), descending)),
        ListSort.NAME: (CANDIDATE, _By(col(CANDIDATE.name_found_by), descending)),
        ListSort.STATE: (SESSION, _By(state, not descending)),
        ListSort.STAGE: (SESSION, _By(case(places, value=col(SESSION.stage), else_=len(places)), descending)),
        ListSort.RELEASED: (SESSION, _By(case((_is_released(), 1), else_=0), descending)),
    }
    table, order = values[query.sort]
    return (_Stretch(table, order=(order,)),)


def _is_released() -> ColumnElement[bool]:
    return col(SESSION.released_at).is_not(None)


def _by_submission(_ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    at = col(SESSION.submitted_at)
    handed_in, others = (_Condition(SESSION, each) for each in (at.is_not(None), at.is_(None)))
    return _Stretch(SESSION, (handed_in,), (_By(at, query.descending),)), _Stretch(SESSION, (others,))


def _by_flag(ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    flagged, others = _by_value(SCORE, ground, _is_flagged, ())
    return (flagged, others) if query.descending else (others, flagged)


def _by_overall(ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    order = _By(col(SCORE.overall), query.descending)
    return _by_score(SCORE, ground, partial(_has_overall, ground), (order,))


def _by_band(ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    """Stand band by band, and by name within; where bands are not known, by score."""
    if ground.bands is None:
        return _by_overall(ground, query)
    band = _By(band_in_sql(ground.bands), not query.descending)
    scored, *others = _by_score(SCORE, ground, partial(_has_overall, ground), (band,))
    if query.by_name:
        scored = replace(scored, order=(band, _By(col(CANDIDATE.name_found_by))), ordered_by=(CANDIDATE,))
    return scored, *others


def _by_part(ground: ListGround, query: ListQuery) -> tuple[_Stretch, ...]:
    order = _By(col(PART.score), query.descending)
    return _by_score(PART, ground, partial(_has_part, ground, query.part), (order,))


_HAVING_VALUES: dict[ListSort, Callable[[ListGround, ListQuery], tuple[_Stretch, ...]]] = {
    ListSort.SUBMITTED: _by_submission,
    ListSort.FLAG: _by_flag,
    ListSort.SCORE: _by_overall,
    ListSort.BAND: _by_band,
    ListSort.PART: _by_part,
}


def _is_flagged(score: Table) -> ColumnElement[bool]:
    flagged: ColumnElement[bool] = score.flagged.is_(True)
    return flagged


def _has_overall(ground: ListGround, score: Table) -> ColumnElement[bool]:
    return and_(score.overall.is_not(None), score.basis.in_(ground.bases))


def _has_part(ground: ListGround, name: str, part: Table) -> ColumnElement[bool]:
    return and_(part.part == name, part.basis.in_(ground.bases))


def _by_score(
    table: Table, ground: ListGround, has_score: Callable[[Table], ColumnElement[bool]], order: tuple[_By, ...]
) -> tuple[_Stretch, ...]:
    """Split into those whose score compares, in order of it; who is not compared, by number; the rest, by number."""
    scored, others = _by_value(table, ground, has_score, order)
    if not ground.n_not_compared:
        return scored, others
    why = col(table.not_compared)
    compared = replace(scored, conditions=(*scored.conditions, _Condition(table, why.is_(None))))
    apart = _Stretch(table, (*scored.conditions, _Condition(table, why.is_not(None))))
    return compared, apart, others


def _by_value(
    table: Table,
    ground: ListGround,
    has_value: Callable[[Table], ColumnElement[bool]],
    order: tuple[_By, ...],
) -> tuple[_Stretch, _Stretch]:
    """Split into those who have a value in a table, in order of it, and the rest by number."""
    other = aliased(table)
    same = and_(other.opening_id == ground.opening.id, other.number == col(SESSION.number))
    without = ~exists().where(same, has_value(other))
    first = _Stretch(table, (_Condition(table, has_value(table)),), order)
    return first, _Stretch(SESSION, (_Condition(SESSION, without),))
