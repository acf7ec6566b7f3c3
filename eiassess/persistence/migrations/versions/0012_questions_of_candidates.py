"""What candidates ask the people who recruit.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "candidate_question",
        sa.Column("id", sa.String(length=32), nullable=False, primary_key=True),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["user_account.id"]),
        sa.CheckConstraint(
            "kind IN ('explain', 'correct', 'staff notes', 'something else')", name="ck_candidate_question_kind"
        ),
    )
    op.create_index("ix_candidate_question_session_id", "candidate_question", ["session_id"])


def downgrade() -> None:
    """Take it away, with what it holds."""
    op.drop_table("candidate_question")
