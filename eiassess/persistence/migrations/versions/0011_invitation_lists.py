"""Lists of people that wait to be invited.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from eiassess.persistence.columns import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "invitation_list",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("n_invited", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_invitation_list_opening_id", "invitation_list", ["opening_id"])
    op.create_table(
        "invitation_list_row",
        sa.Column("list_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["invitation_list.id"]),
        sa.PrimaryKeyConstraint("list_id", "position"),
    )
    op.create_index("ix_invitation_list_row_email_key", "invitation_list_row", ["email_key"])


def downgrade() -> None:
    """Take them away; nobody in them was invited yet."""
    op.drop_table("invitation_list_row")
    op.drop_table("invitation_list")
