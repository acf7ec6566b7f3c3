"""Whom a provider of sign-in means by an identifier of its own.

Revision ID: 0029
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for them: until now everybody has signed in by password."""
    op.create_table(
        "user_identity",
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("issuer", "subject"),
        sa.UniqueConstraint("user_id", "issuer", name="uq_user_identity"),
    )


def downgrade() -> None:
    """Forget them; accounts and their passwords stay."""
    op.drop_table("user_identity")
