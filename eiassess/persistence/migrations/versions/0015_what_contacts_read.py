"""Which requests only a contact for adjustments may read, and who was one.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

CLOSED = """
UPDATE adjustment_request SET for_contact = true WHERE EXISTS (
    SELECT 1 FROM assessment_session
    JOIN opening_member ON opening_member.opening_id = assessment_session.opening_id
    WHERE assessment_session.id = adjustment_request.session_id AND opening_member.part = 'adjustments'
) OR (
    answered_by IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM assessment_session
        JOIN opening_member ON opening_member.opening_id = assessment_session.opening_id
        WHERE assessment_session.id = adjustment_request.session_id
        AND opening_member.user_id = adjustment_request.answered_by AND opening_member.part = 'recruits'
    )
)
"""
"""Where a contact is named now, or where somebody answered who does not recruit: the others are read by all who do."""


def upgrade() -> None:
    """Close what was asked of a contact; who was one earlier is not known."""
    op.add_column(
        "adjustment_request", sa.Column("for_contact", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(CLOSED)
    op.create_table(
        "former_contact",
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("opening_id", "user_id"),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("former_contact")
    op.drop_column("adjustment_request", "for_contact")
