"""Plain values for the pages of panels at work."""

from dataclasses import dataclass

from eiassess.domain.keys import EXPERTS_FOR_SELECTION
from eiassess.services.panels.panels import ExpertProgress, ExpertState, PanelProgress, PanelSummary
from eiassess.services.panels.publishing import PublishedKey
from eiassess.web.keying.words import STATES, panel_state, still_needed
from eiassess.web.shell.moments import full_day, short_day


@dataclass(frozen=True)
class PanelLine:
    """A panel in the list."""

    panel: PanelSummary
    made: str
    state: str
    kind: str


def present_panels(panels: tuple[PanelSummary, ...]) -> tuple[PanelLine, ...]:
    """Word the list of panels."""
    return tuple(PanelLine(panel, short_day(panel.created_at), *panel_state(panel)) for panel in panels)


@dataclass(frozen=True)
class ExpertLine:
    """An expert in the list of a panel."""

    expert: ExpertProgress
    state: str
    kind: str
    rated: str
    until: str


@dataclass(frozen=True)
class PublishedLine:
    """A key that was published."""

    published: PublishedKey
    day: str
    status: str


@dataclass(frozen=True)
class PanelPage:
    """A panel's progress."""

    panel: PanelSummary
    lead: str
    needed: str
    experts: tuple[ExpertLine, ...]
    published: tuple[PublishedLine, ...]
    names_forgotten: bool
    n_scenarios: int
    n_options: int


def present_panel(progress: PanelProgress, published: tuple[PublishedKey, ...]) -> PanelPage:
    """Word a panel's progress."""
    panel, scenarios = progress.summary, progress.form.scenarios
    return PanelPage(
        panel=panel,
        lead=_lead(panel),
        needed=still_needed(panel.n_finished),
        experts=tuple(_expert_line(expert) for expert in progress.experts),
        published=tuple(PublishedLine(each, short_day(each.published_at), _status(each)) for each in published),
        names_forgotten=progress.names_forgotten,
        n_scenarios=len(scenarios),
        n_options=sum(len(scenario.options) for scenario in scenarios),
    )


def _lead(panel: PanelSummary) -> str:
    if not panel.n_invited:
        return "Nobody is invited yet."
    if panel.closed_at is None:
        return f"{panel.n_finished} of {panel.n_invited} invited experts have handed in."
    experts = "expert" if panel.n_finished == 1 else "experts"
    return f"Closed on {full_day(panel.closed_at)} with {panel.n_finished} {experts} who handed in."


def _expert_line(expert: ExpertProgress) -> ExpertLine:
    state, kind = STATES[expert.state]
    if expert.is_undelivered and expert.state is ExpertState.INVITED:
        state, kind = "Mail not delivered", "caution"
    return ExpertLine(expert, state, kind, f"{expert.n_rated} of {expert.n_options}", full_day(expert.expires_at))


def _status(published: PublishedKey) -> str:
    if published.key.is_simulated:
        return "Simulated: never for real people"
    if published.key.supports_selection:
        return f"By {published.n_experts} experts"
    return f"Provisional: {published.n_experts} of {EXPERTS_FOR_SELECTION} experts"
