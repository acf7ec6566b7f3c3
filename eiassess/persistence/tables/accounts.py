"""People who sign in, and the sessions of all browsers."""

from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.domain.roles import Role
from eiassess.persistence.columns import UtcDateTime


class UserRecord(UserMixin, SQLModel, table=True):
    """A recruiter, hiring manager or administrator; the names of the columns are Flask-Security's."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="ck_user_role"),
    )

    # Flask-Security types ids as numbers, and takes any
    id: str = Field(primary_key=True, max_length=32)  # type: ignore[assignment]
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=200)
    password: str = Field(max_length=255)
    active: bool = True
    role: str = Field(max_length=20)
    fs_uniquifier: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)


class WebSessionRecord(SQLModel, table=True):
    """A browser's session: the cookie holds an id, only its hash is here."""

    __tablename__ = "web_session"

    id_hash: str = Field(primary_key=True, max_length=64)
    audience: str = Field(max_length=20)
    data: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
