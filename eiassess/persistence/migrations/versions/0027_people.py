"""Invitations of staff, when somebody signed in last, and whose a browser session is.

Revision ID: 0027
Revises: 0026
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ACCOUNT = sa.table("user_account", *map(sa.column, ("id", "fs_uniquifier", "created_at", "joined_at", "active")))
SESSION = sa.table("web_session", *map(sa.column, ("id_hash", "audience", "data", "user_id")))


def _id(name: str, *, key: bool = False, empty: bool = False, to_account: bool = True) -> sa.Column[str]:
    links = [sa.ForeignKey("user_account.id")] if to_account else []
    return sa.Column(name, sa.String(32), *links, primary_key=key, nullable=empty)


def _time(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def upgrade() -> None:
    """Add them: whoever has an account has come, and who is signed in stays so."""
    op.add_column("user_account", _time("joined_at", empty=True))
    op.add_column("user_account", _time("last_sign_in_at", empty=True))
    op.execute(sa.update(ACCOUNT).values(joined_at=ACCOUNT.c.created_at))
    op.create_table(
        "staff_invitation",
        _id("id", key=True, to_account=False),
        sa.Column("user_id", sa.String(32), sa.ForeignKey("user_account.id"), nullable=True, unique=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _id("invited_by", empty=True),
        _time("created_at"),
        _time("expires_at"),
    )
    with op.batch_alter_table("web_session") as table:
        table.add_column(sa.Column("user_id", sa.String(32), nullable=True))
        table.create_foreign_key("fk_web_session_user_id", "user_account", ["user_id"], ["id"])
    op.create_index("ix_web_session_user_id", "web_session", ["user_id"])
    _say_whose_sessions_are()


def _say_whose_sessions_are() -> None:
    connection = op.get_bind()
    accounts = connection.execute(sa.select(ACCOUNT.c.fs_uniquifier, ACCOUNT.c.id)).all()
    owners = {uniquifier: account for uniquifier, account in accounts}  # noqa: C416 - rows, not pairs
    found = connection.execute(sa.select(SESSION.c.id_hash, SESSION.c.data).where(SESSION.c.audience == "staff")).all()
    for id_hash, data in found:
        owner = owners.get(json.loads(data).get("_user_id"))
        if owner is not None:
            op.execute(sa.update(SESSION).where(SESSION.c.id_hash == id_hash).values(user_id=owner))


def downgrade() -> None:
    """Take them away; who has not come keeps an account that cannot sign in, as it has no password."""
    op.drop_index("ix_web_session_user_id", "web_session")
    with op.batch_alter_table("web_session") as table:
        table.drop_constraint("fk_web_session_user_id", type_="foreignkey")
        table.drop_column("user_id")
    op.drop_table("staff_invitation")
    op.drop_column("user_account", "last_sign_in_at")
    op.drop_column("user_account", "joined_at")
