"""Ways to sign in besides the password: links to a new one."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class PasswordResetRecord(SQLModel, table=True):
    """Somebody asked for a new password; only the hash of the link's token is here.

    Whoever asks writes this row, whether there is an account or not, so that both are the same work; the worker mails
    the link, or deletes the row.
    """

    __tablename__ = "password_reset"

    id: str = Field(primary_key=True, max_length=32)
    user_id: str | None = Field(default=None, foreign_key="user_account.id", index=True, max_length=32)
    token_hash: str = Field(unique=True, max_length=64)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    mailed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
