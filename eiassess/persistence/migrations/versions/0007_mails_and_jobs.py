"""Mails, openings' own wording of them, and background work.

Revision ID: 0007
Revises: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MAIL_STATES = "waiting sending handing_over sent refused given_up bounced unknown not_needed"
JOB_STATES = "waiting running done failed"


def upgrade() -> None:
    """Make the tables."""
    _make_messages()
    _make_wording()
    _make_jobs()


def downgrade() -> None:
    """Take them away, with what they hold."""
    for table in ("job", "mail_template", "message"):
        op.drop_table(table)


def _one_of(states: str) -> str:
    return f"state IN ({', '.join(repr(state) for state in states.split())})"


def _work_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
    ]


def _make_messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("opening_id", sa.String(length=32), nullable=True),
        sa.Column("session_id", sa.String(length=32), nullable=True),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("expert_id", sa.String(length=32), nullable=True),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("recipient_email", sa.String(length=254), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=77), nullable=True),
        sa.Column("thread_of", sa.String(length=32), nullable=True),
        *_work_columns(),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_one_of(MAIL_STATES), name="ck_message_state"),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["expert_id"], ["panel_expert.id"]),
        sa.ForeignKeyConstraint(["thread_of"], ["message.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("ix_message_state_due_at", "message", ["state", "due_at"])
    op.create_index("ix_message_opening_id_created_at", "message", ["opening_id", "created_at"])
    for column in ("session_id", "user_id", "expert_id", "thread_of"):
        op.create_index(f"ix_message_{column}", "message", [column])


def _make_wording() -> None:
    op.create_table(
        "mail_template",
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("opening_id", "kind"),
    )


def _make_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=True),
        sa.Column("opening_id", sa.String(length=32), nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        *_work_columns(),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_one_of(JOB_STATES), name="ck_job_state"),
        sa.CheckConstraint("done >= 0 AND total >= 0", name="ck_job_progress"),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_job_state_due_at", "job", ["state", "due_at"])
    op.create_index("ix_job_opening_id", "job", ["opening_id"])
