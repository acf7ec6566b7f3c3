"""What hiring managers see, field by field, with its history; links to share; visits.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OLD_RELEASES = """
INSERT INTO release (id, session_id, number, fields, at, by)
SELECT id, id, 1, 'overall competencies', released_at, released_by
FROM assessment_session WHERE released_at IS NOT NULL
"""
"""What was released so far shows what its report showed: the overall score and the competencies."""


def _id(name: str, to: str | None = None, *, key: bool = False, empty: bool = False) -> sa.Column[str]:
    links = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.String(32), *links, primary_key=key, nullable=empty)


def _time(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def upgrade() -> None:
    """Make the tables; who is released stays released."""
    op.create_table(
        "release",
        _id("id", key=True),
        _id("session_id", "assessment_session.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fields", sa.String(200), nullable=False),
        _time("at"),
        _id("by", "user_account.id", empty=True),
        sa.UniqueConstraint("session_id", "number", name="uq_release_number"),
    )
    op.execute(OLD_RELEASES)
    op.create_table(
        "share_link",
        _id("id", key=True),
        _id("opening_id", "opening.id"),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _id("given_to", "user_account.id", empty=True),
        _time("created_at"),
        _id("created_by", "user_account.id"),
        _time("expires_at"),
        _time("revoked_at", empty=True),
    )
    op.create_index("ix_share_link_opening_id", "share_link", ["opening_id"])
    op.create_table(
        "shared_candidate",
        _id("link_id", "share_link.id", key=True),
        _id("session_id", "assessment_session.id", key=True),
    )
    op.create_index("ix_shared_candidate_session_id", "shared_candidate", ["session_id"])
    op.create_table(
        "shared_view",
        _id("link_id", "share_link.id", key=True),
        _id("session_id", "assessment_session.id", key=True),
        _id("user_id", "user_account.id", key=True),
        sa.Column("day", sa.String(10), primary_key=True, nullable=False),
        _time("at"),
    )
    op.create_index("ix_shared_view_session_id", "shared_view", ["session_id"])
    op.create_table(
        "manager_visit",
        _id("user_id", "user_account.id", key=True),
        _time("looked_at"),
        _time("before_at", empty=True),
    )


def downgrade() -> None:
    """Take them away; who is released stays so."""
    for table in ("manager_visit", "shared_view", "shared_candidate", "share_link", "release"):
        op.drop_table(table)
