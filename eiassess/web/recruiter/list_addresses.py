"""A list's order, filter and page in the address of a recruiter's page."""

from collections.abc import Mapping
from dataclasses import replace

from eiassess.domain.sessions import SessionState
from eiassess.services.results.candidate_lists import ListQuery, ListSort

DESCENDING_FIRST = frozenset({ListSort.SCORE, ListSort.FLAG, ListSort.SUBMITTED, ListSort.RELEASED})
"""Columns of which one wants the highest, the newest or the marked first."""

SEARCH_AT_MOST = 200
LAST_PAGE = 9999
ORDERS = {False: "asc", True: "desc"}


def read_list_query(arguments: Mapping[str, str], *, blind: bool) -> ListQuery:
    """Read a list from an address; what we do not know is left out.

    While names are hidden they neither sort nor find anybody.
    """
    sort, state = arguments.get("sort", ""), arguments.get("state", "")
    known = ListSort(sort) if sort in set(ListSort) and not (blind and sort == ListSort.NAME) else ListSort.NUMBER
    order = arguments.get("order", "")
    return ListQuery(
        sort=known,
        descending=order == "desc" if order in ORDERS.values() else known in DESCENDING_FIRST,
        state=SessionState(state) if state in set(SessionState) else None,
        search="" if blind else " ".join(arguments.get("q", "").split())[:SEARCH_AT_MOST],
        page=_page(arguments.get("page", "")),
        otherwise=ListSort.NUMBER if blind else ListSort.NAME,
    )


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) else 1
    return max(number, 1)


def parameters_of(query: ListQuery) -> dict[str, str]:
    """Write a list into an address, without what is so anyway."""
    parameters = {}
    if (query.sort, query.descending) != (ListSort.NUMBER, False):
        parameters = {"sort": query.sort.value, "order": ORDERS[query.descending]}
    if query.state is not None:
        parameters["state"] = query.state.value
    if query.search:
        parameters["q"] = query.search
    return parameters if query.page == 1 else {**parameters, "page": str(query.page)}


def nameless(query: ListQuery) -> dict[str, str]:
    """Write a list into an address that must not hold a name: without the search, and so from its first page."""
    return parameters_of(replace(query, search="", page=1) if query.search else query)


def sorted_by(query: ListQuery, sort: ListSort) -> ListQuery:
    """Return the list that a column's link asks for: turned round if it is sorted by already, from its first page."""
    descending = not query.descending if sort is query.sort else sort in DESCENDING_FIRST
    return replace(query, sort=sort, descending=descending, page=1)
