"""Who did what: entries in a chain, and its head. Triggers refuse to change or delete them."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import SortedText


class AuditEntryRecord(SQLModel, table=True):
    """One entry; ``number`` counts without a gap.

    The time is text: of a moment that can be written in several ways, a changed byte would not show.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_actor", "actor_id", "number"),
        Index("ix_audit_entry_actor_kind", "actor_kind", "number"),
        Index("ix_audit_entry_action", "action", "number"),
        Index("ix_audit_entry_object", "object_id", "number"),
        Index("ix_audit_entry_at", "at", "number"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str = Field(sa_type=SortedText)
    actor_kind: str = Field(max_length=20)
    actor_id: str = Field(max_length=64)
    action: str = Field(max_length=40)
    object_kind: str = Field(max_length=20)
    object_id: str = Field(max_length=64)
    count: int
    outcome: str = Field(max_length=10)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHeadRecord(SQLModel, table=True):
    """How many entries there are and the hash of the last, sealed with the installation's secret; one row.

    Whoever adds an entry locks it, so all writers make one chain.
    """

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    count: int
    hash: str = Field(max_length=64)
    seal: str = Field(max_length=64)
