"""Mails: what was asked to be sent and how far it came; and openings' own wording."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from eiassess.domain.mail_states import MailState
from eiassess.persistence.columns import UtcDateTime


class MessageRecord(SQLModel, table=True):
    """One mail to one person; its text is made when it is shown or sent, from what it is about.

    ``given`` is what no other row holds, by placeholder, as JSON. ``thread_of`` is the mail that began the
    conversation. Whoever sends it has a lease until ``lease_until``, and with each lease ``fence`` grows: who holds an
    older one changes nothing any more. ``words`` are the server's, or say why the mail was not needed.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in MailState)})", name="ck_message_state"),
        Index("ix_message_state_due_at", "state", "due_at"),
        Index("ix_message_opening_id_created_at", "opening_id", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=40)
    opening_id: str | None = Field(default=None, foreign_key="opening.id", max_length=32)
    session_id: str | None = Field(default=None, foreign_key="assessment_session.id", index=True, max_length=32)
    user_id: str | None = Field(default=None, foreign_key="user_account.id", index=True, max_length=32)
    expert_id: str | None = Field(default=None, foreign_key="panel_expert.id", index=True, max_length=32)
    recipient_name: str = Field(max_length=200)
    recipient_email: str = Field(max_length=254)
    given: str = Field(default="{}", sa_type=Text)
    message_id: str | None = Field(default=None, unique=True, max_length=77)
    thread_of: str | None = Field(default=None, foreign_key="message.id", index=True, max_length=32)
    state: str = Field(default=MailState.WAITING.value, max_length=16)
    tries: int = 0
    fence: int = 0
    words: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MailWordingRecord(SQLModel, table=True):
    """An opening's own wording for a kind of mail."""

    __tablename__ = "mail_template"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    kind: str = Field(primary_key=True, max_length=40)
    subject: str = Field(max_length=200)
    text: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str = Field(foreign_key="user_account.id", max_length=32)
