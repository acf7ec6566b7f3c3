"""Ways to sign in besides the password: links to a new one, the second step, recovery codes."""

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


class TwoStepsRecord(SQLModel, table=True):
    """Somebody's second step: what the app's secret is made from, and the last half minute of which a code was taken.

    It counts from ``on_since``; before that it is being set up.
    """

    __tablename__ = "two_steps"

    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    made_from: str = Field(max_length=32)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    on_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_step: int = 0


class RecoveryCodeRecord(SQLModel, table=True):
    """A way past the second step that was not used yet; only its hash is here."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=32)
    made_at: datetime = Field(sa_type=UtcDateTime)
