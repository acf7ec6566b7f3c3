"""What a recruiter's pages take: sorting and filtering in the address, and a way back after the blind switch."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eiassess.domain.sessions import SessionState

SORTS = {
    "number": "asc", "name": "asc", "state": "asc", "score": "desc",
    "flag": "desc", "submitted": "desc", "released": "desc",
}  # fmt: skip
"""What can be sorted by, with the order that one wants first."""

SEARCH_AT_MOST = 200
OWN_PATH = re.compile(r"/(?:openings|candidates)(?:/[0-9A-Za-z_-]+)*(?:\?[0-9A-Za-z_.~%&=+-]*)?")


@dataclass(frozen=True)
class ListQuery:
    """How a list of candidates is sorted and filtered; what the address says and we do not know is left out."""

    sort: str = "number"
    order: str = "asc"
    state: str = ""
    search: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """The address's parameters, without those that say nothing."""
        given = {"sort": self.sort, "order": self.order, "state": self.state, "q": self.search}
        if (self.sort, self.order) == ("number", "asc"):
            del given["sort"], given["order"]
        return {name: value for name, value in given.items() if value}

    @property
    def without_search(self) -> "ListQuery":
        """The query for an address that must not hold a name."""
        return replace(self, search="")

    def sorted_by(self, sort: str) -> "ListQuery":
        """Return the query that a column's link asks for: turned round if it is sorted by already."""
        order = SORTS[sort]
        if sort == self.sort:
            order = "asc" if self.order == "desc" else "desc"
        return replace(self, sort=sort, order=order)


def read_list_query(arguments: Mapping[str, str], *, blind: bool) -> ListQuery:
    """Read sorting and filtering from an address; while names are hidden they neither sort nor find anybody."""
    sort = arguments.get("sort", "")
    if sort not in SORTS or (blind and sort == "name"):
        sort = "number"
    order = arguments.get("order", "")
    state = arguments.get("state", "")
    return ListQuery(
        sort=sort,
        order=order if order in {"asc", "desc"} else SORTS[sort],
        state=state if state in set(SessionState) else "",
        search="" if blind else " ".join(arguments.get("q", "").split())[:SEARCH_AT_MOST],
    )


def own_path(path: str) -> str | None:
    """Return a path if it leads to a recruiter's page here, and nowhere else."""
    return path if OWN_PATH.fullmatch(path) else None
