"""Words that the pages about panels share."""

from eiassess.domain.keys import EXPERTS_FOR_SELECTION
from eiassess.psychometrics import Doubt
from eiassess.services.panels.panels import ExpertState, PanelSummary

NO_NUMBER = "\u2013"

WHY_TEN = (
    f"A key needs {EXPERTS_FOR_SELECTION} experts. With 4 experts, ratings at random look like agreement on 9.6 % of "
    "the options; with 10, on 0.6 %."
)
STATES = {
    ExpertState.INVITED: ("Not begun", "plain"),
    ExpertState.BEGUN: ("Begun", "active"),
    ExpertState.FINISHED: ("Handed in", "done"),
    ExpertState.REVOKED: ("Link withdrawn", "plain"),
}
DOUBTS = {
    Doubt.LOW_AGREEMENT: "The experts disagree (rwg under .70)",
    Doubt.LARGE_DEVIATION: "Ratings lie far apart (AD over a sixth of the scale)",
    Doubt.LOW_ICC: "The panel's mean is not steady enough (ICC under .90)",
    Doubt.NO_ICC: "No ICC can be estimated from these ratings",
    Doubt.NARROW_KEY: "Best and worst are less than one point apart",
}
"""Why something falls short; how many experts there are is said once, on top."""


def doubts_in_words(doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    """Say what falls short in sentences."""
    return tuple(DOUBTS[doubt] for doubt in doubts if doubt in DOUBTS)


def panel_state(panel: PanelSummary) -> tuple[str, str]:
    """Say how a panel stands, with the kind of its mark."""
    if panel.closed_at is None:
        return "Open", "active"
    return ("Key published", "done") if panel.n_published else ("Closed", "plain")


def still_needed(n_finished: int) -> str:
    """Say how many experts are still needed and why."""
    missing = EXPERTS_FOR_SELECTION - n_finished
    if missing <= 0:
        return f"Enough experts have handed in: {n_finished} of at least {EXPERTS_FOR_SELECTION}."
    experts = "expert is" if missing == 1 else "experts are"
    return f"{missing} more {experts} needed. {WHY_TEN}"


def decimal(value: float | None, places: int = 2) -> str:
    """Write a number as a table shows it; without its zero where it cannot reach 1 the field writes .87."""
    return NO_NUMBER if value is None else f"{value:.{places}f}".replace("-", "\u2212")


def coefficient(value: float | None) -> str:
    """Write a coefficient as the field does: .87, not 0.87."""
    text = decimal(value)
    return text.replace("0.", ".", 1) if text.startswith(("0.", "\u22120.")) else text
