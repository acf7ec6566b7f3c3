"""Receipts of what was erased, duties to keep records, and wishes to erase that wait for their end.

Revision ID: 0031
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BY = "'candidate', 'staff', 'operator', 'nobody'"
REASONS = "'asked', 'mistake', 'not needed', 'time over'"


def upgrade() -> None:
    """Make room for them; nobody's records are held yet."""
    op.create_table(
        "erasure_receipt",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("erased_by", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.CheckConstraint(f"erased_by IN ({BY})", name="ck_erasure_receipt_erased_by"),
        sa.CheckConstraint(f"reason IN ({REASONS})", name="ck_erasure_receipt_reason"),
    )
    op.create_table(
        "erasure_hold",
        sa.Column("session_id", sa.String(32), sa.ForeignKey("assessment_session.id"), primary_key=True),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(32), sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "erasure_wish",
        sa.Column("session_id", sa.String(32), sa.ForeignKey("assessment_session.id"), primary_key=True),
        sa.Column("wished_by", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"wished_by IN ({BY})", name="ck_erasure_wish_wished_by"),
        sa.CheckConstraint(f"reason IN ({REASONS})", name="ck_erasure_wish_reason"),
    )


def downgrade() -> None:
    """Take them away: holds and receipts are lost."""
    for table in ("erasure_wish", "erasure_hold", "erasure_receipt"):
        op.drop_table(table)
