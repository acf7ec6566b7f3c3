"""What the scores of an opening may be used for, by whose word.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choices; nobody made one yet, so lists stand by name or date."""
    op.create_table(
        "use_choice",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.String(64), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("chosen_by", sa.String(32), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["key_digest"], ["pinned_key.digest"]),
        sa.ForeignKeyConstraint(["chosen_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("opening_id", "number", name="uq_use_choice_number"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("use_choice")
