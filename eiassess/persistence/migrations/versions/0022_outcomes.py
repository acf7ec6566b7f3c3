"""How people work who were hired: a study without names, and who is asked after how many days.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No opening asks: nobody who was invited before has read of it."""
    op.add_column("opening", sa.Column("outcome_days", sa.Integer(), nullable=True))
    op.create_table(
        "study_person",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("form_digest", sa.String(64), nullable=False),
        sa.Column("key_digest", sa.String(64), nullable=False),
        sa.Column("engine", sa.String(80), nullable=False),
        sa.Column("overall", sa.Float(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["form_digest"], ["pinned_content.digest"]),
        sa.ForeignKeyConstraint(["key_digest"], ["pinned_key.digest"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_study_person_form_digest", "study_person", ["form_digest"])
    op.create_table(
        "study_link",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["study_person.id"]),
        sa.PrimaryKeyConstraint("session_id"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_table(
        "work_rating",
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_work_rating"),
        sa.ForeignKeyConstraint(["person_id"], ["study_person.id"]),
        sa.PrimaryKeyConstraint("person_id", "question"),
    )


def downgrade() -> None:
    """Forget the study."""
    for table in ("work_rating", "study_link", "study_person"):
        op.drop_table(table)
    op.drop_column("opening", "outcome_days")
