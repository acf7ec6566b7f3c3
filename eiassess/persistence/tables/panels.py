"""Panels of experts who key a form: who was asked, what each rated, and the keys that were published from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class KeyingPanelRecord(SQLModel, table=True):
    """Experts rate every option of a form, each alone; the present key stands beside for comparison only."""

    __tablename__ = "keying_panel"

    id: str = Field(primary_key=True, max_length=32)
    title: str = Field(max_length=200)
    simulated: bool = False
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    bank_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    created_by: str = Field(foreign_key="user_account.id", max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PanelExpertRecord(SQLModel, table=True):
    """One invited expert; the token of the link itself is never stored.

    ``link_id`` is what the token is made from, another one for each link; empty for links that were drawn at random.
    """

    __tablename__ = "panel_expert"

    id: str = Field(primary_key=True, max_length=32)
    panel_id: str = Field(foreign_key="keying_panel.id", index=True, max_length=32)
    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    background: str = Field(default="", max_length=500)
    link_id: str | None = Field(default=None, max_length=32)
    token_hash: str = Field(unique=True, max_length=64)
    order_seed: str = Field(max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ExpertRatingRecord(SQLModel, table=True):
    """An expert's ratings of one scenario with comments, both as JSON by option; the revision only grows."""

    __tablename__ = "expert_rating"
    __table_args__ = (CheckConstraint("revision >= 0", name="ck_expert_rating_revision"),)

    expert_id: str = Field(primary_key=True, foreign_key="panel_expert.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    ratings: str = Field(sa_type=Text)
    comments: str = Field(sa_type=Text)
    revision: int
    saved_at: datetime = Field(sa_type=UtcDateTime)


class PublishedKeyRecord(SQLModel, table=True):
    """A key made from a panel, with the reasons that a named person gave; appended, never changed."""

    __tablename__ = "published_key"

    id: str = Field(primary_key=True, max_length=32)
    panel_id: str = Field(foreign_key="keying_panel.id", index=True, max_length=32)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    previous_key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    n_experts: int
    provisional: bool
    relevance: str = Field(sa_type=Text)
    named_person: str = Field(max_length=200)
    evidence: str = Field(sa_type=Text)
    published_by: str = Field(foreign_key="user_account.id", max_length=32)
    published_at: datetime = Field(sa_type=UtcDateTime)
