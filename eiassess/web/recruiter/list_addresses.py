"""A list's order, filter and page in the address of a recruiter's page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from eiassess.domain.sessions import SessionState
from eiassess.services.results.candidate_lists import ListQuery, ListSort

DESCENDING_FIRST = frozenset(
    {ListSort.SCORE, ListSort.BAND, ListSort.PART, ListSort.FLAG, ListSort.SUBMITTED, ListSort.RELEASED}
)
"""Columns of which one wants the highest, the newest or the marked first."""

SEARCH_AT_MOST = 200
COLUMNS_AT_MOST, BETWEEN_COLUMNS = 30, "."
LAST_PAGE = 9999
NAME = re.compile(r"[0-9A-Za-z_-]{1,80}")
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
SCORE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
ORDERS = {False: "asc", True: "desc"}


def read_list_query(arguments: Mapping[str, str], *, blind: bool, columns: Sequence[str] = ()) -> ListQuery:
    """Read a list from an address; what we do not know is left out.

    While names are hidden they neither sort nor find anybody. ``columns`` are those that a form chose, each by itself.
    """
    state, stage, part = (arguments.get(name, "") for name in ("state", "stage", "part"))
    sort, order = _sort(arguments.get("sort", ""), part, blind=blind), arguments.get("order", "")
    return ListQuery(
        sort=sort,
        descending=order == "desc" if order in ORDERS.values() else sort in DESCENDING_FIRST,
        state=SessionState(state) if state in set(SessionState) else None,
        search="" if blind else " ".join(arguments.get("q", "").split())[:SEARCH_AT_MOST],
        page=read_page(arguments.get("page", "")),
        otherwise=ListSort.NUMBER if blind else ListSort.NAME,
        stage=stage if NAME.fullmatch(stage) else None,
        flagged=arguments.get("flag") == "yes",
        since=_day(arguments.get("since", "")),
        until=_day(arguments.get("until", "")),
        at_least=_score(arguments.get("least", "")),
        at_most=_score(arguments.get("most", "")),
        part=part if sort is ListSort.PART else "",
        by_name=not blind,
        columns=_columns(columns or arguments.get("columns", "").split(BETWEEN_COLUMNS)),
    )


def _sort(text: str, part: str, *, blind: bool) -> ListSort:
    """Return the order that is asked for, or that of invitation if there is none such here."""
    if text not in set(ListSort) or (blind and text == ListSort.NAME):
        return ListSort.NUMBER
    return ListSort.NUMBER if text == ListSort.PART and not NAME.fullmatch(part) else ListSort(text)


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if NAME.fullmatch(name)))[:COLUMNS_AT_MOST]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _score(text: str) -> float | None:
    return float(text) if SCORE.fullmatch(text) else None


def read_page(text: str) -> int:
    """Read the number of a page; the first if it is none."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) else 1
    return max(number, 1)


def parameters_of(query: ListQuery) -> dict[str, str]:
    """Write a list into an address, without what is so anyway."""
    parameters = {}
    if (query.sort, query.descending) != (ListSort.NUMBER, False):
        parameters = {"sort": query.sort.value, "order": ORDERS[query.descending]}
    return {
        **parameters,
        **({"part": query.part} if query.part else {}),
        **filters_of(query),
        **({"columns": BETWEEN_COLUMNS.join(query.columns)} if query.columns else {}),
        **({} if query.page == 1 else {"page": str(query.page)}),
    }


def filters_of(query: ListQuery) -> dict[str, str]:
    """Write whom a list leaves out into an address."""
    asked = {
        "state": query.state,
        "stage": query.stage,
        "flag": "yes" if query.flagged else None,
        "since": query.since,
        "until": query.until,
        "least": _shown(query.at_least),
        "most": _shown(query.at_most),
        "q": query.search or None,
    }
    return {name: str(value) for name, value in asked.items() if value is not None}


def _shown(score: float | None) -> str | None:
    return None if score is None else f"{score:g}"


def kept_of(query: ListQuery) -> dict[str, str]:
    """Write what a view keeps of a list: neither what was searched for nor the page."""
    return parameters_of(replace(query, search="", page=1))


def nameless(query: ListQuery) -> dict[str, str]:
    """Write a list into an address that must not hold a name: without the search, and so from its first page."""
    return parameters_of(replace(query, search="", page=1) if query.search else query)


def is_sorted_by(query: ListQuery, sort: ListSort, part: str = "") -> bool:
    """Whether a list stands by a column."""
    return (query.sort, query.part) == (sort, part)


def sorted_by(query: ListQuery, sort: ListSort, part: str = "") -> ListQuery:
    """Return the list that a column's link asks for: turned round if it is sorted by already, from its first page."""
    descending = not query.descending if is_sorted_by(query, sort, part) else sort in DESCENDING_FIRST
    return replace(query, sort=sort, part=part, descending=descending, page=1)
