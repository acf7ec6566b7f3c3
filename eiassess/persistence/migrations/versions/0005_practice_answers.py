"""Practice answers, kept for the candidate's own feedback.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "practice_answer",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("ratings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.PrimaryKeyConstraint("session_id", "scenario_id"),
    )


def downgrade() -> None:
    """Take it away, with what it holds."""
    op.drop_table("practice_answer")
