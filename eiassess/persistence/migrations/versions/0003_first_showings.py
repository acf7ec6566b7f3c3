"""In which order, and when, each scenario was first shown.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; of sittings before, it is not known."""
    op.create_table(
        "scenario_showing",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("position >= 1", name="ck_scenario_showing_position"),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.PrimaryKeyConstraint("session_id", "scenario_id"),
        sa.UniqueConstraint("session_id", "position", name="uq_scenario_showing_position"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("scenario_showing")
