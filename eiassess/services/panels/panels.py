"""Panels of experts who key a form: who was asked, and how far they are. No rating is shown here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, delete, func, select

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.mail_states import UNDELIVERED
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    ExpertRatingRecord,
    KeyingPanelRecord,
    MessageRecord,
    PanelExpertRecord,
    PublishedKeyRecord,
)
from eiassess.services.auditing.acting import note
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinning import pin_content
from eiassess.services.identifiers import new_id
from eiassess.services.panels.rating import read_ratings
from eiassess.services.people.accounts import checked_name

FORGOTTEN = "forgotten@invalid"
"""What stands for an address once names are forgotten; no mail can go there."""


class ExpertState(StrEnum):
    """How far an expert is."""

    INVITED = "invited"
    BEGUN = "begun"
    FINISHED = "finished"
    REVOKED = "revoked"


@dataclass(frozen=True)
class ExpertProgress:
    """An invited expert and how many options are rated; which ratings is nobody's business."""

    id: str
    number: int
    name: str
    email: str
    state: ExpertState
    n_rated: int
    n_options: int
    expires_at: datetime
    is_undelivered: bool
    """Whether the newest mail to them came back or was not taken."""


@dataclass(frozen=True)
class PanelSummary:
    """A panel with how far its experts are."""

    id: str
    title: str
    form_title: str
    simulated: bool
    created_at: datetime
    closed_at: datetime | None
    n_invited: int
    n_begun: int
    n_finished: int
    n_published: int


@dataclass(frozen=True)
class PanelProgress:
    """One panel with its experts in the order of their invitation."""

    summary: PanelSummary
    form: AssessmentForm
    experts: tuple[ExpertProgress, ...]

    @property
    def names_forgotten(self) -> bool:
        """Whether the experts' names were replaced by numbers."""
        return any(expert.email == FORGOTTEN for expert in self.experts)


def add_panel(
    database: Database, user_id: str, title: str, loaded: LoadedForm, now: datetime, *, simulated: bool = False
) -> str:
    """Add a panel for a form as it is today; return its id.

    Raises
    ------
    InvalidInputError
        The title cannot be used, or the form has nothing to key.
    """
    title = checked_name(title, "title")
    with database.writing() as db:
        return create_panel(db, user_id, title, loaded, now, simulated=simulated)


def create_panel(db: Session, user_id: str, title: str, loaded: LoadedForm, now: datetime, *, simulated: bool) -> str:
    """Add a panel within the caller's transaction; return its id."""
    if not loaded.form.scenarios:
        message = f"Form {loaded.form.id!r} is for practice only and has no scenarios to key; choose another form"
        raise InvalidInputError(message, "form")
    form_digest, key_digest, bank_digest = pin_content(db, loaded, now)
    panel = KeyingPanelRecord(
        id=new_id(),
        title=title,
        simulated=simulated,
        form_digest=form_digest,
        key_digest=key_digest,
        bank_digest=bank_digest,
        created_by=user_id,
        created_at=now,
    )
    note(db, Target(ObjectKind.PANEL, panel.id), Action.CHANGE_PANEL)
    db.add(panel)
    db.flush()
    return panel.id


def list_panels(database: Database) -> tuple[PanelSummary, ...]:
    """List all panels, the newest first."""
    with database.reading() as db:
        panels = db.exec(
            select(KeyingPanelRecord).order_by(col(KeyingPanelRecord.created_at).desc(), KeyingPanelRecord.id)
        )
        return tuple(_summary(db, panel, experts_of(db, panel.id)) for panel in panels)


def get_panel(database: Database, panel_id: str) -> PanelProgress:
    """Return a panel with its experts.

    Raises
    ------
    NotFoundError
        There is no such panel.
    """
    with database.reading() as db:
        panel = require_panel(db, panel_id)
        form, experts = get_form(db, panel.form_digest), experts_of(db, panel_id)
        n_options = sum(len(scenario.options) for scenario in form.scenarios)
        rated, mails = _n_rated(db, panel_id), _newest_mails(db, panel_id)
        return PanelProgress(
            _summary(db, panel, experts),
            form,
            tuple(
                ExpertProgress(
                    expert.id, number, expert.name, expert.email, _state(expert), rated[expert.id], n_options,
                    expert.expires_at, mails.get(expert.id) in UNDELIVERED,
                )
                for number, expert in enumerate(experts, 1)
            ),
        )  # fmt: skip


def close_panel(database: Database, panel_id: str, now: datetime) -> None:
    """Close a panel: no rating is taken any more, and the results can be seen. Doing it again changes nothing."""
    with database.writing() as db:
        panel = require_panel(db, panel_id, lock=True)
        panel.closed_at = panel.closed_at or now
        db.add(panel)


def reopen_panel(database: Database, panel_id: str) -> None:
    """Open a closed panel again, so that more experts can rate.

    Raises
    ------
    RefusedError
        The experts' names are forgotten.
    """
    with database.writing() as db:
        panel = require_panel(db, panel_id, lock=True)
        if any(expert.email == FORGOTTEN for expert in experts_of(db, panel_id)):
            message = "The names of this panel's experts are forgotten, so it cannot be opened again; make a new panel"
            raise RefusedError(message)
        panel.closed_at = None
        db.add(panel)


def forget_names(database: Database, panel_id: str) -> int:
    """Replace the names and addresses of a closed panel's experts by numbers, for good; return how many.

    Mails to them are deleted: they hold both.

    Raises
    ------
    RefusedError
        The panel is open: its links could not be replaced any more.
    """
    with database.writing() as db:
        panel = require_panel(db, panel_id, lock=True)
        if panel.closed_at is None:
            message = "Close the panel first: while it is open, names are needed to replace a link"
            raise RefusedError(message)
        experts = experts_of(db, panel_id)
        db.exec(delete(MessageRecord).where(col(MessageRecord.expert_id).in_([expert.id for expert in experts])))
        for number, expert in enumerate(experts, 1):
            expert.name, expert.email, expert.background = f"Expert {number}", FORGOTTEN, ""
            db.add(expert)
        return len(experts)


def require_panel(db: Session, panel_id: str, *, lock: bool = False) -> KeyingPanelRecord:
    """Return a panel, locked if it will be changed, or refuse."""
    panel = db.get(KeyingPanelRecord, panel_id, with_for_update=True if lock else None)
    if panel is None:
        message = "There is no such panel"
        raise NotFoundError(message)
    return panel


def require_open_panel(db: Session, panel_id: str) -> KeyingPanelRecord:
    """Return a panel that takes experts and ratings, locked, or refuse."""
    panel = require_panel(db, panel_id, lock=True)
    if panel.closed_at is not None:
        message = "This panel is closed; open it again before you change who rates"
        raise RefusedError(message)
    return panel


def experts_of(db: Session, panel_id: str) -> list[PanelExpertRecord]:
    """Return a panel's experts in the order of their invitation."""
    query = select(PanelExpertRecord).where(PanelExpertRecord.panel_id == panel_id)
    return list(db.exec(query.order_by(col(PanelExpertRecord.created_at), PanelExpertRecord.id)))


def _newest_mails(db: Session, panel_id: str) -> dict[str, str]:
    """Return where the newest mail to each expert stands."""
    expert, mail = PanelExpertRecord, MessageRecord
    query = (
        select(expert.id, mail.state)
        .join(mail, col(mail.expert_id) == col(expert.id))
        .where(expert.panel_id == panel_id)
        .order_by(col(mail.created_at), col(mail.id))
    )
    return dict(iter(db.exec(query)))


def _n_rated(db: Session, panel_id: str) -> Counter[str]:
    query = select(ExpertRatingRecord).join(PanelExpertRecord).where(PanelExpertRecord.panel_id == panel_id)
    found: Counter[str] = Counter()
    for record in db.exec(query):
        found[record.expert_id] += len(read_ratings(record))
    return found


def _summary(db: Session, panel: KeyingPanelRecord, experts: Sequence[PanelExpertRecord]) -> PanelSummary:
    states = Counter(_state(expert) for expert in experts)
    published = select(func.count()).where(col(PublishedKeyRecord.panel_id) == panel.id)
    return PanelSummary(
        id=panel.id,
        title=panel.title,
        form_title=get_form(db, panel.form_digest).title,
        simulated=panel.simulated,
        created_at=panel.created_at,
        closed_at=panel.closed_at,
        n_invited=len(experts) - states[ExpertState.REVOKED],
        n_begun=states[ExpertState.BEGUN],
        n_finished=states[ExpertState.FINISHED],
        n_published=db.exec(published).one(),
    )


def _state(expert: PanelExpertRecord) -> ExpertState:
    if expert.submitted_at is not None:
        return ExpertState.FINISHED
    if expert.revoked_at is not None:
        return ExpertState.REVOKED
    return ExpertState.INVITED if expert.agreed_at is None else ExpertState.BEGUN
