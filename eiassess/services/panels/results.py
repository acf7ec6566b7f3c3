"""What a closed panel says: agreement, the proposed key, and whom it would move. While it is open, nothing of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ExpertRatingRecord, KeyingPanelRecord, PanelExpertRecord
from eiassess.scoring.panels import KeyEffect, PanelAnalysis, analyse_panel, key_effect
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.panels.drafting import draft_key
from eiassess.services.panels.panels import require_panel
from eiassess.services.panels.rating import Judgements, read_comments, read_ratings
from eiassess.services.statistics.samples import list_people

EXPERTS_AT_LEAST = 2
"""Agreement is between two."""


@dataclass(frozen=True)
class ExpertRatings:
    """What one expert handed in, without a name."""

    submitted_at: datetime
    ratings: Mapping[str, Judgements]
    comments: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class PanelResults:
    """A closed panel's agreement; ``analysis`` and ``effect`` are ``None`` with fewer than two experts."""

    panel_id: str
    title: str
    simulated: bool
    form: AssessmentForm
    present: ScoringKey
    n_experts: int
    analysis: PanelAnalysis | None
    effect: KeyEffect | None
    comments: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class RatingRow:
    """One rating for export; the expert is a number that is not the place in the list of names.

    ``rating`` is None where the expert cannot judge the option.
    """

    expert: int
    scenario: str
    option: str
    rating: int | None
    comment: str


def get_panel_results(database: Database, panel_id: str) -> PanelResults:
    """Return what a closed panel says.

    Raises
    ------
    NotFoundError
        There is no such panel.
    RefusedError
        It is open: whoever invites must not know the ratings before all are in.
    """
    with database.reading() as db:
        panel = require_closed_panel(db, panel_id)
        form, present = get_form(db, panel.form_digest), get_key(db, panel.key_digest)
        experts = handed_in(db, panel_id)
        analysis, effect = None, None
        if len(experts) >= EXPERTS_AT_LEAST:
            analysis = analyse_panel(form, present, [expert.ratings for expert in experts])
            effect = _effect(db, panel, form, present, analysis)
        return PanelResults(
            panel.id, panel.title, panel.simulated, form, present, len(experts), analysis, effect, _comments(experts)
        )


def list_ratings(database: Database, panel_id: str) -> tuple[RatingRow, ...]:
    """List a closed panel's ratings, scenario after scenario, without names.

    Raises
    ------
    NotFoundError
        There is no such panel.
    RefusedError
        It is open.
    """
    with database.reading() as db:
        form = get_form(db, require_closed_panel(db, panel_id).form_digest)
        experts = handed_in(db, panel_id)
        return tuple(
            RatingRow(
                number, scenario.id, option, expert.ratings[scenario.id][option],
                expert.comments[scenario.id].get(option, ""),
            )
            for number, expert in enumerate(experts, 1)
            for scenario in form.scenarios
            for option in scenario.option_ids
        )  # fmt: skip


def require_closed_panel(db: Session, panel_id: str) -> KeyingPanelRecord:
    """Return a panel whose ratings may be seen, or refuse."""
    panel = require_panel(db, panel_id)
    if panel.closed_at is None:
        message = "This panel is open: each expert rates alone, so nobody sees a rating before the panel is closed"
        raise RefusedError(message)
    return panel


def handed_in(db: Session, panel_id: str) -> list[ExpertRatings]:
    """Return what the experts who handed in gave, in an order that says nothing of who they are."""
    query = select(PanelExpertRecord).where(
        PanelExpertRecord.panel_id == panel_id, col(PanelExpertRecord.submitted_at).is_not(None)
    )
    experts = sorted(db.exec(query), key=lambda expert: hashlib.sha256(expert.order_seed.encode()).digest())
    rows = select(ExpertRatingRecord).where(col(ExpertRatingRecord.expert_id).in_([expert.id for expert in experts]))
    ratings: dict[str, dict[str, Judgements]] = {expert.id: {} for expert in experts}
    comments: dict[str, dict[str, dict[str, str]]] = {expert.id: {} for expert in experts}
    for record in db.exec(rows):
        ratings[record.expert_id][record.scenario_id] = read_ratings(record)
        comments[record.expert_id][record.scenario_id] = read_comments(record)
    return [
        ExpertRatings(expert.submitted_at, ratings[expert.id], comments[expert.id])
        for expert in experts
        if expert.submitted_at is not None
    ]


def _comments(experts: list[ExpertRatings]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Gather comments by scenario and option, in the order of the alphabet: their order must not point to anybody."""
    found: dict[tuple[str, str], list[str]] = {}
    for expert in experts:
        for scenario, by_option in expert.comments.items():
            for option, text in by_option.items():
                found.setdefault((scenario, option), []).append(text)
    return {place: tuple(sorted(texts)) for place, texts in found.items()}


def _effect(
    db: Session, panel: KeyingPanelRecord, form: AssessmentForm, present: ScoringKey, analysis: PanelAnalysis
) -> KeyEffect:
    """Rescore who sat this form: real people for a real panel, simulated ones for a simulated panel, never both."""
    people = list_people(db, panel.form_digest, simulated=panel.simulated)
    proposed, _ = draft_key(form, present, analysis)
    return key_effect(form, present, proposed, [person.answers for person in people])
