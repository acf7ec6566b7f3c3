"""A recruiter's openings, those that are open first; the others one link away."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.openings import OpeningState
from eiassess.services.hiring.openings import OpeningSummary
from eiassess.web.recruiter.settings.presenters import deadline_in_words

NAMES = {
    OpeningState.OPEN: "Open",
    OpeningState.CLOSED: "Closed",
    OpeningState.ARCHIVED: "Archived",
}


@dataclass(frozen=True)
class OpeningLine:
    """A row of the list."""

    id: str
    title: str
    simulated: bool
    form_title: str
    deadline: str
    n_candidates: int
    n_submitted: int
    n_released: int


@dataclass(frozen=True)
class OpeningsPage:
    """The openings in one state; ``others`` are the links to all states, with how many there are."""

    state: OpeningState
    lines: tuple[OpeningLine, ...]
    others: tuple[tuple[str, str], ...]
    has_any: bool


def present_openings(found: Sequence[OpeningSummary], show: str) -> OpeningsPage:
    """Word the list of openings in the state that an address asks for."""
    state = OpeningState(show) if show in set(OpeningState) else OpeningState.OPEN
    counts = {each: sum(opening.state is each for opening in found) for each in OpeningState}
    return OpeningsPage(
        state=state,
        lines=tuple(_line(each) for each in found if each.state is state),
        others=tuple((each.value, f"{NAMES[each]} ({counts[each]})") for each in OpeningState),
        has_any=bool(found),
    )


def _line(opening: OpeningSummary) -> OpeningLine:
    return OpeningLine(
        opening.id,
        opening.title,
        opening.simulated,
        opening.form_title,
        deadline_in_words(opening.deadline) if opening.deadline else "",
        opening.n_candidates,
        opening.n_submitted,
        opening.n_released,
    )
