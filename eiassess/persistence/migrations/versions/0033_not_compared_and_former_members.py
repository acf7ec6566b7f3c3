"""Lists know why somebody is not compared, whatever the reason.

Revision ID: 0033
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0026"
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
NOT_COMPARED, UNEVEN = "not_compared", "uneven"


def upgrade() -> None:
    """Keep who was uneven; the other reasons follow by themselves, as they need the answers: all is drawn again."""
    _keep_why_not_compared()


def _keep_why_not_compared() -> None:
    for table in (SCORE, PART):
        op.add_column(table, sa.Column(NOT_COMPARED, sa.String(20), nullable=True))
        op.execute(sa.text(f"UPDATE {table} SET not_compared = 'uneven' WHERE uneven"))  # noqa: S608 - our own table
    op.execute(sa.text("UPDATE listed_score SET drawn_from = NULL"))
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, _with_reason(columns))
    for table in (SCORE, PART):
        op.drop_column(table, UNEVEN)


def _with_reason(columns: tuple[str, ...]) -> list[str]:
    *before, last = columns
    return [*before, NOT_COMPARED, last] if columns[1] == "basis" else [*columns, NOT_COMPARED]


def downgrade() -> None:
    """Keep nothing but who was uneven."""
    for table in (SCORE, PART):
        op.add_column(table, sa.Column(UNEVEN, sa.Boolean(), nullable=False, server_default=sa.false()))
        op.execute(sa.text(f"UPDATE {table} SET uneven = true WHERE not_compared = 'uneven'"))  # noqa: S608 - the same
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, [*columns, UNEVEN])
    for table in (SCORE, PART):
        op.drop_column(table, NOT_COMPARED)
