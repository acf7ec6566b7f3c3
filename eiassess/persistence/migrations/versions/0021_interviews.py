"""Interviews: who interviews, what each rated, and who read others' ratings.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _id(name: str, to: str | None = None, *, key: bool = False) -> sa.Column[str]:
    links = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.String(32), *links, primary_key=key, nullable=False)


def _time(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def upgrade() -> None:
    """Make the tables; no interview was recorded so far."""
    op.create_table(
        "interview",
        _id("id", key=True),
        _id("session_id", "assessment_session.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        _id("planned_by", "user_account.id"),
        _time("planned_at"),
        _time("called_off_at", empty=True),
        sa.UniqueConstraint("session_id", "number", name="uq_interview_number"),
    )
    op.create_table(
        "interviewer",
        _id("interview_id", "interview.id", key=True),
        _id("user_id", "user_account.id", key=True),
        _id("session_id", "assessment_session.id"),
        _id("named_by", "user_account.id"),
        _time("named_at"),
    )
    op.create_table(
        "interview_rating",
        _id("id", key=True),
        _id("interview_id", "interview.id"),
        _id("session_id", "assessment_session.id"),
        _id("rater_id", "user_account.id"),
        sa.Column("competency", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        _time("rated_at"),
        sa.UniqueConstraint("interview_id", "rater_id", "competency", "number", name="uq_interview_rating_number"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_interview_rating_rating"),
    )
    op.create_table(
        "ratings_read",
        _id("session_id", "assessment_session.id", key=True),
        _id("user_id", "user_account.id", key=True),
        _time("read_at"),
    )
    for table, column in (
        ("interviewer", "user_id"),
        ("interviewer", "session_id"),
        ("interview_rating", "session_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Take them away, with what was rated."""
    for table in ("ratings_read", "interview_rating", "interviewer", "interview"):
        op.drop_table(table)
