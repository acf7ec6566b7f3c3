"""Which candidates a progress page looks at, in its address."""

from collections.abc import Mapping

from eiassess.domain.progress import Stage
from eiassess.services.progress.overview import ProgressQuery

LONGEST_PAGE = 4


def read_progress_query(arguments: Mapping[str, str]) -> ProgressQuery:
    """Read an address; what we do not know is left out."""
    stage, page = arguments.get("stage", ""), arguments.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE else 1
    return ProgressQuery(
        stage=Stage(stage) if stage in set(Stage) else None,
        nudge=arguments.get("nudge") == "yes",
        page=max(number, 1),
    )


def parameters_of(query: ProgressQuery, page: int = 1) -> dict[str, str]:
    """Write a query into an address, without what is so anyway."""
    found = {"stage": query.stage.value} if query.stage else {}
    if query.nudge:
        found["nudge"] = "yes"
    return found if page == 1 else {**found, "page": str(page)}
