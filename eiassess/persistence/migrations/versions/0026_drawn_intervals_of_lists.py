"""Lists know the interval that is drawn of each score, and who answered unevenly.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SCORE, PART = "listed_score", "listed_part"
INDEXES = (
    ("ix_listed_score_overall", SCORE, ("opening_id", "overall", "number", "basis")),
    ("ix_listed_score_basis", SCORE, ("opening_id", "basis", "overall")),
    ("ix_listed_score_number", SCORE, ("opening_id", "number", "overall", "basis", "flagged")),
    ("ix_listed_part_score", PART, ("opening_id", "part", "score", "number", "basis")),
    ("ix_listed_part_number", PART, ("opening_id", "part", "number", "score", "basis")),
)
UNEVEN = "uneven"


def upgrade() -> None:
    """Make room for them; what they are follows by itself, as it needs the answers."""
    for table in (SCORE, PART):
        op.add_column(table, sa.Column(UNEVEN, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(SCORE, sa.Column("drawn_low", sa.Float(), nullable=True))
    op.add_column(SCORE, sa.Column("drawn_high", sa.Float(), nullable=True))
    op.add_column(SCORE, sa.Column("drawn_from", sa.String(64), nullable=True))
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, [*columns, UNEVEN])


def downgrade() -> None:
    """Take the columns away; all that they hold can be worked out again."""
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, list(columns))
    for column in ("drawn_low", "drawn_high", "drawn_from", UNEVEN):
        op.drop_column(SCORE, column)
    op.drop_column(PART, UNEVEN)
