"""The columns of a list: those that were chosen, or those that have something to say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from eiassess.scoring.interpreting import part_name
from eiassess.services.results.candidate_lists import CandidateList, ListQuery, ListSort
from eiassess.web.recruiter.list_addresses import is_sorted_by, parameters_of, sorted_by

NAME, BAND, SCORE, INTERVAL, PICTURE, FLAG, RELEASED = (
    "name",
    "band",
    "score",
    "interval",
    "picture",
    "flag",
    "released",
)


@dataclass(frozen=True)
class Column:
    """A column: its head, the list that its link asks for, and how the table is sorted by it now."""

    key: str
    label: str
    parameters: dict[str, str] | None
    aria_sort: str
    numeric: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class ColumnChoice:
    """A column that can be shown or not."""

    key: str
    label: str
    shown: bool


@dataclass(frozen=True)
class _Kind:
    key: str
    label: str
    sort: ListSort | None
    numeric: bool = False
    part: str = ""


_FIXED = (
    _Kind("number", "No.", ListSort.NUMBER, numeric=True),
    _Kind(NAME, "Name", ListSort.NAME),
    _Kind(BAND, "Band", ListSort.BAND),
    _Kind(SCORE, "Score", ListSort.SCORE, numeric=True),
    _Kind(INTERVAL, "95 % interval", None, numeric=True),
    _Kind(PICTURE, "", None),
)
_AFTER = (
    _Kind("state", "State", ListSort.STATE),
    _Kind("stage", "Stage", ListSort.STAGE),
    _Kind(FLAG, "Flag", ListSort.FLAG),
    _Kind("submitted", "Handed in", ListSort.SUBMITTED, numeric=True),
    _Kind(RELEASED, "Report", ListSort.RELEASED),
)
_WITH_SCORE = {INTERVAL, PICTURE}
"""No score stands without its interval: these come and go with it."""


def shown_columns(found: CandidateList, *, blind: bool) -> tuple[Column, ...]:
    """Return the columns of a page, each with the link that sorts by it."""
    chosen = _chosen(found)
    return tuple(_column(each, found, blind=blind) for each in _kinds(found) if _key_of_choice(each) in chosen)


def column_choices(found: CandidateList) -> tuple[ColumnChoice, ...]:
    """Return what can be chosen: all but the name, which is always there."""
    chosen = _chosen(found)
    return tuple(
        ColumnChoice(each.key, "Score with interval" if each.key == SCORE else each.label, each.key in chosen)
        for each in _kinds(found)
        if each.key not in {NAME, *_WITH_SCORE}
    )


def _key_of_choice(kind: _Kind) -> str:
    return SCORE if kind.key in _WITH_SCORE else kind.key


def _kinds(found: CandidateList) -> Iterator[_Kind]:
    """List all columns that this opening can have, in their order."""
    model = found.bank.model
    has_bands = found.bands is not None and bool(found.bands.bands)
    yield from (each for each in _FIXED if each.key != BAND or has_bands)
    areas = {each.id: each.name for each in model.groups}
    for part in found.parts_on_display:
        yield _Kind(part, areas.get(part) or part_name(part, model), ListSort.PART, numeric=True, part=part)
    yield from _AFTER


def _chosen(found: CandidateList) -> set[str]:
    """Return the keys of the columns that are shown: what was chosen, or what says something; and what it stands by."""
    query = found.query
    standing = query.part if query.sort is ListSort.PART else query.sort.value
    if query.columns:
        return {*query.columns, NAME} | ({standing} - {ListSort.NUMBER})
    silent = {FLAG} if not any(each.flagged or each.apart or each.not_compared for each in found.candidates) else set()
    silent |= {RELEASED} if not any(each.released for each in found.candidates) else set()
    return {each.key for each in (*_FIXED, *_AFTER)} - silent | {standing}


def _column(kind: _Kind, found: CandidateList, *, blind: bool) -> Column:
    query, sort = found.query, kind.sort
    by_scores = sort in {ListSort.SCORE, ListSort.BAND, ListSort.PART}
    closed = (blind and sort is ListSort.NAME) or (by_scores and not found.use.allowed)
    made = Column(kind.key, kind.label, None, "", kind.numeric, bool(kind.part))
    if sort is None or closed:
        return made
    said = {False: "ascending", True: "descending"}[query.descending] if is_sorted_by(query, sort, kind.part) else ""
    return replace(made, parameters=parameters_of(sorted_by(query, sort, kind.part)), aria_sort=said)


def with_columns(query: ListQuery) -> dict[str, str]:
    """Return what a form that chooses columns keeps of the list: all else."""
    return parameters_of(replace(query, columns=(), page=1))
