"""Voluntary answers after handing in, apart from whoever gave them, and their sums.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No opening asks: nobody who was invited before has read of it."""
    op.create_table(
        "fairness_page",
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("switched_by", sa.String(32), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["switched_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("opening_id"),
    )
    op.create_table(
        "fairness_answer",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.PrimaryKeyConstraint("person"),
        sqlite_with_rowid=False,  # with numbers, rows would tell in which order they came
    )
    op.create_index("ix_fairness_answer_opening_id", "fairness_answer", ["opening_id"])
    op.create_table(
        "fairness_counted",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.PrimaryKeyConstraint("mark"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fairness_counted_opening_id", "fairness_counted", ["opening_id"])
    op.create_table(
        "fairness_sums",
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.PrimaryKeyConstraint("opening_id"),
    )


def downgrade() -> None:
    """Forget the answers and their sums."""
    for table in ("fairness_sums", "fairness_counted", "fairness_answer", "fairness_page"):
        op.drop_table(table)
