"""People who sign in, how they were invited to, and the sessions of all browsers."""

from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from eiassess.domain.roles import Role
from eiassess.persistence.columns import UtcDateTime


class UserRoleRecord(SQLModel, table=True):
    """A role of somebody who signs in."""

    __tablename__ = "user_role"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="ck_user_role"),
    )

    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    role: str = Field(primary_key=True, max_length=20)


class UserRecord(UserMixin, SQLModel, table=True):
    """Somebody who signs in; the names of the columns are Flask-Security's.

    Who was invited and has not come has no password, is not active, and has not ``joined_at``.
    """

    __tablename__ = "user_account"

    # Flask-Security types ids as numbers, and takes any
    id: str = Field(primary_key=True, max_length=32)  # type: ignore[assignment]
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=200)
    password: str = Field(max_length=255)
    active: bool = True
    fs_uniquifier: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_sign_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Loaded with the account: who may do what is asked of an account that no transaction holds any more.
    role_rows: list[UserRoleRecord] = Relationship(
        sa_relationship_kwargs={"lazy": "selectin", "cascade": "all, delete-orphan"}
    )

    @property
    def held_roles(self) -> frozenset[Role]:
        """What this person does here."""
        return frozenset(Role(row.role) for row in self.role_rows)


class UserIdentityRecord(SQLModel, table=True):
    """Whom a provider of sign-in means by an identifier of its own; an account has one of each provider."""

    __tablename__ = "user_identity"
    __table_args__ = (UniqueConstraint("user_id", "issuer", name="uq_user_identity"),)

    issuer: str = Field(primary_key=True, max_length=255)
    subject: str = Field(primary_key=True, max_length=255)
    user_id: str = Field(foreign_key="user_account.id", max_length=32)
    added_at: datetime = Field(sa_type=UtcDateTime)


class StaffInvitationRecord(SQLModel, table=True):
    """The open link of somebody who is to choose a name and a password; once used, taken back or replaced, it is gone.

    Without ``user_id`` it is the first administrator's, whose account its use makes.
    """

    __tablename__ = "staff_invitation"

    id: str = Field(primary_key=True, max_length=32)
    user_id: str | None = Field(default=None, foreign_key="user_account.id", unique=True, max_length=32)
    token_hash: str = Field(unique=True, max_length=64)
    invited_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class WebSessionRecord(SQLModel, table=True):
    """A browser's session: the cookie holds an id, only its hash is here; and who is signed in, if anybody is."""

    __tablename__ = "web_session"

    id_hash: str = Field(primary_key=True, max_length=64)
    audience: str = Field(max_length=20)
    user_id: str | None = Field(default=None, foreign_key="user_account.id", index=True, max_length=32)
    data: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
