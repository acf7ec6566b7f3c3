"""Who is asked to rate for a panel, and by which link."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.mail_kinds import PANEL_INVITATION
from eiassess.domain.mail_states import MailState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import MessageRecord, PanelExpertRecord
from eiassess.services.auditing.acting import note
from eiassess.services.identifiers import new_id
from eiassess.services.links import FreshLink, LinkMaker, LinkPurpose
from eiassess.services.outbox.queueing import MailOrder, queue_mails
from eiassess.services.panels.panels import experts_of, require_open_panel
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email, email_key

VALID_DAYS = 30
INVITED_AT_ONCE = 100


@dataclass(frozen=True)
class IssuedLink:
    """A fresh link for an expert; neither token nor address is stored."""

    expert_id: str
    name: str
    email: str
    token: str
    url: str
    expires_at: datetime


def invite_experts(
    database: Database,
    links: LinkMaker,
    panel_id: str,
    people: Sequence[tuple[str, str]],
    now: datetime,
    *,
    valid_days: int = VALID_DAYS,
) -> tuple[IssuedLink, ...]:
    """Invite people by name and e-mail address, all of them or, if one cannot be, nobody; each is sent their link.

    Raises
    ------
    InvalidInputError
        Nobody is named, too many are, a name or address cannot be used, or somebody is named or invited twice.
    NotFoundError
        There is no such panel.
    RefusedError
        The panel is closed.
    """
    if not 1 <= len(people) <= INVITED_AT_ONCE:
        message = f"Name 1 to {INVITED_AT_ONCE} experts; {len(people)} were named"
        raise InvalidInputError(message, "people")
    checked = [(checked_name(name), checked_email(email)) for name, email in people]
    with database.writing() as db:
        require_open_panel(db, panel_id)
        _refuse_repeats([email for _, email in checked], [each.email for each in experts_of(db, panel_id)])
        issued = tuple(
            # a microsecond apart, so that they are listed in the order in which they were named
            _add_expert(db, links, panel_id, (name, email), now + timedelta(microseconds=place), valid_days)
            for place, (name, email) in enumerate(checked)
        )
        note(db, Target(ObjectKind.PANEL, panel_id, len(issued)), Action.CHANGE_PANEL)
        queue_mails(db, PANEL_INVITATION, [_order(each) for each in issued], now)
        return issued


def replace_expert_link(
    database: Database,
    links: LinkMaker,
    panel_id: str,
    expert_id: str,
    now: datetime,
    *,
    valid_days: int = VALID_DAYS,
) -> IssuedLink:
    """Give an expert another link, which they are sent, and close the earlier one; ratings stay.

    Raises
    ------
    NotFoundError
        There is no such expert in this panel.
    RefusedError
        The panel is closed.
    """
    with database.writing() as db:
        require_open_panel(db, panel_id)
        expert = _require_expert(db, panel_id, expert_id)
        link = links.fresh(LinkPurpose.EXPERT, now, valid_days)
        expert.link_id, expert.token_hash = link.row_id, link.token_hash
        expert.expires_at, expert.revoked_at = link.expires_at, None
        db.add(expert)
        issued = _issued(expert, link)
        if not _has_mail_waiting(db, expert_id):
            queue_mails(db, PANEL_INVITATION, [_order(issued)], now)
        return issued


def revoke_expert(database: Database, panel_id: str, expert_id: str, now: datetime) -> None:
    """Close an expert's link: the ratings so far do not count; a new link opens them again.

    Raises
    ------
    NotFoundError
        There is no such expert in this panel.
    RefusedError
        The expert has handed in: who counts must not be chosen afterwards.
    """
    with database.writing() as db:
        require_open_panel(db, panel_id)
        expert = _require_expert(db, panel_id, expert_id)
        if expert.submitted_at is not None:
            message = "This expert has handed in. Ratings that were handed in count; nobody can be taken out afterwards"
            raise RefusedError(message)
        expert.revoked_at = now
        db.add(expert)


def _has_mail_waiting(db: Session, expert_id: str) -> bool:
    """Whether an invitation is still to go: it will carry the new link, since mails are made when they are sent.

    It is locked, so that no worker makes it with the old link meanwhile.
    """
    record = MessageRecord
    query = select(record.id).where(record.expert_id == expert_id, record.state == MailState.WAITING).with_for_update()
    return db.exec(query).first() is not None


def _order(issued: IssuedLink) -> MailOrder:
    return MailOrder(issued.name, issued.email, expert_id=issued.expert_id)


def _require_expert(db: Session, panel_id: str, expert_id: str) -> PanelExpertRecord:
    expert = db.get(PanelExpertRecord, expert_id, with_for_update=True)
    if expert is None or expert.panel_id != panel_id:
        message = "There is no such expert in this panel"
        raise NotFoundError(message)
    return expert


def _refuse_repeats(emails: Sequence[str], known: Sequence[str]) -> None:
    there = set(map(email_key, known))
    counted = Counter(map(email_key, emails))
    for email in emails:
        count = counted[email_key(email)]
        if count > 1 or email_key(email) in there:
            message = f"{email} is {'named twice' if count > 1 else 'invited to this panel already'}"
            raise InvalidInputError(message, "people")


def _add_expert(
    db: Session, links: LinkMaker, panel_id: str, person: tuple[str, str], now: datetime, valid_days: int
) -> IssuedLink:
    link = links.fresh(LinkPurpose.EXPERT, now, valid_days)
    name, email = person
    expert = PanelExpertRecord(
        id=new_id(),
        panel_id=panel_id,
        name=name,
        email=email,
        link_id=link.row_id,
        token_hash=link.token_hash,
        order_seed=secrets.token_hex(8),
        created_at=now,
        expires_at=link.expires_at,
    )
    db.add(expert)
    return _issued(expert, link)


def _issued(expert: PanelExpertRecord, link: FreshLink) -> IssuedLink:
    return IssuedLink(expert.id, expert.name, expert.email, link.token, link.url, link.expires_at)
