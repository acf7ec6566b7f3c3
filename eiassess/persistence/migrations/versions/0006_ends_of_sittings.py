"""Deadlines, withdrawals, adjustments and what candidates think of it.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "ck_session_handed_in_by": "handed_in_by IN ('candidate', 'server')",
    "ck_session_withdrawn_by": "withdrawn_by IN ('candidate', 'recruiter')",
}
COLUMNS = (
    ("ends_at", MOMENT),
    ("handed_in_by", sa.String(length=12)),
    ("withdrawn_at", MOMENT),
    ("withdrawn_by", sa.String(length=12)),
)
TABLES = (
    "scenario_complaint", "experience_rating", "one_use_code", "failed_hand_in", "late_answer", "adjustment",
    "adjustment_request",
)  # fmt: skip


def upgrade() -> None:
    """Add what a sitting's end is made of; whoever handed in before did so by themselves."""
    with op.batch_alter_table("assessment_session") as table:
        for name, kind in COLUMNS:
            table.add_column(sa.Column(name, kind, nullable=True))
        for name, condition in CHECKS.items():
            table.create_check_constraint(name, condition)
    session = sa.table("assessment_session", sa.column("state"), sa.column("handed_in_by"))
    op.execute(sa.update(session).where(session.c.state == "submitted").values(handed_in_by="candidate"))
    _add_adjustments()
    _add_ends()
    _add_experience()


def _of_session(*, is_key: bool = True) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("session_id", sa.String(length=32), nullable=False, primary_key=is_key),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
    )


def _add_adjustments() -> None:
    op.create_table(
        "adjustment_request",
        sa.Column("id", sa.String(length=32), nullable=False, primary_key=True),
        *_of_session(is_key=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["user_account.id"]),
        sa.CheckConstraint(
            "kind IN ('more time', 'other format', 'call', 'something else')", name="ck_adjustment_request_kind"
        ),
    )
    op.create_index("ix_adjustment_request_session_id", "adjustment_request", ["session_id"])
    op.create_table(
        "adjustment",
        *_of_session(),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("given_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["user_account.id"]),
        sa.CheckConstraint("factor >= 1", name="ck_adjustment_factor"),
    )


def _add_ends() -> None:
    op.create_table(
        "late_answer",
        *_of_session(),
        sa.Column("scenario_id", sa.String(length=80), nullable=False, primary_key=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
    )
    op.create_table("failed_hand_in", *_of_session(), sa.Column("failed_at", MOMENT, nullable=False))
    op.create_table(
        "one_use_code",
        sa.Column("id", sa.String(length=32), nullable=False, primary_key=True),
        *_of_session(is_key=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
    )
    op.create_index("ix_one_use_code_session_id", "one_use_code", ["session_id"])


def _add_experience() -> None:
    op.create_table(
        "experience_rating",
        *_of_session(),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_experience_rating"),
    )
    op.create_table(
        "scenario_complaint",
        *_of_session(),
        sa.Column("scenario_id", sa.String(length=80), nullable=False, primary_key=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("complained_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Take it all away, with what it holds."""
    for name in TABLES:
        op.drop_table(name)
    with op.batch_alter_table("assessment_session") as table:
        for name in CHECKS:
            table.drop_constraint(name, type_="check")
        for name, _ in COLUMNS:
            table.drop_column(name)
