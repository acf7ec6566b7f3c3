"""Mails to experts, from the expert's row."""

from datetime import datetime

from sqlmodel import Session

from eiassess.domain.days import day_and_hour
from eiassess.domain.mails.kind import MailValues
from eiassess.domain.mails.panel_invitation import PanelInvitationValues
from eiassess.persistence.tables import KeyingPanelRecord, MessageRecord, PanelExpertRecord
from eiassess.services.links import is_open
from eiassess.services.mailing.sources import HIDDEN_LINK, MailSources, NotNeededError, SimulatedError


def require_expert_reason(db: Session, record: MessageRecord, now: datetime) -> None:
    """See that the expert still has something to do.

    Raises
    ------
    NotNeededError
        They have not.
    """
    expert = db.get_one(PanelExpertRecord, record.expert_id)
    panel = db.get_one(KeyingPanelRecord, expert.panel_id)
    if panel.simulated:
        raise SimulatedError
    if panel.closed_at is not None or expert.submitted_at is not None or not is_open(expert, now):
        message = "The panel was closed, the expert has finished, or their link has ended"
        raise NotNeededError(message)


def expert_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    """Return what the invitation of an expert says.

    Raises
    ------
    NotNeededError
        Their link cannot be made again: the installation's secret was changed.
    """
    del now
    expert = db.get_one(PanelExpertRecord, record.expert_id)
    link = sources.links.find_url(expert) if sources.links else HIDDEN_LINK
    if link is None:
        message = "The secret of this installation was changed since; give the expert a new link"
        raise NotNeededError(message)
    return PanelInvitationValues(
        name=record.recipient_name,
        panel=db.get_one(KeyingPanelRecord, expert.panel_id).title,
        deadline=day_and_hour(expert.expires_at),
        link=link,
        contact=sources.contact,
    )
