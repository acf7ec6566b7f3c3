"""Estimates of the errors of scores.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

REFUSAL = "estimates of errors are appended, never changed"


def upgrade() -> None:
    """Add the table, whose rows nobody changes."""
    op.create_table(
        "error_estimate",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["form_digest"], ["pinned_content.digest"]),
        sa.ForeignKeyConstraint(["key_digest"], ["pinned_key.digest"]),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_error_estimate_of", "error_estimate", ["form_digest", "key_digest", "simulated", "made_at"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER error_estimate_is_append_only BEFORE UPDATE ON error_estimate "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        # INSERT OR REPLACE would go past the other trigger
        op.execute(
            "CREATE TRIGGER error_estimate_is_not_replaced BEFORE INSERT ON error_estimate "
            "WHEN EXISTS (SELECT 1 FROM error_estimate WHERE digest = NEW.digest) "
            "BEGIN SELECT RAISE(ABORT, 'estimates of errors are appended, never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_error_estimate_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER error_estimate_is_append_only BEFORE UPDATE ON error_estimate "
        "FOR EACH ROW EXECUTE FUNCTION refuse_error_estimate_change()"
    )


def downgrade() -> None:
    """Take the table away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER error_estimate_is_append_only ON error_estimate")
        op.execute("DROP FUNCTION refuse_error_estimate_change")
    op.drop_index("ix_error_estimate_of", "error_estimate")
    op.drop_table("error_estimate")
