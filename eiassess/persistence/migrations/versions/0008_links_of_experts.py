"""What the token of an expert's link is made from.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it, empty for the links that experts have: they go on working by their hash."""
    op.add_column("panel_expert", sa.Column("link_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Take it away; links go on working."""
    op.drop_column("panel_expert", "link_id")
