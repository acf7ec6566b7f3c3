"""Other weights than an opening's own, kept with a name and a reason.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for them: there are none yet."""
    op.create_table(
        "what_if",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.String(32), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["kept_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("opening_id", "name", name="uq_what_if_name"),
    )
    op.create_table(
        "what_if_weight",
        sa.Column("what_if_id", sa.String(32), nullable=False),
        sa.Column("competency", sa.String(80), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["what_if_id"], ["what_if.id"]),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name="ck_what_if_weight"),
        sa.PrimaryKeyConstraint("what_if_id", "competency"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("what_if_weight")
    op.drop_table("what_if")
