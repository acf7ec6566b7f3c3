"""Forms that were worked off, so that nothing is mailed twice.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "done_once",
        sa.Column("key", sa.String(length=64), nullable=False, primary_key=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_done_once_done_at", "done_once", ["done_at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("done_once")
