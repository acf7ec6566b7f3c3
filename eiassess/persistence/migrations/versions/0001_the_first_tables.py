"""The first tables.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket"),
    )
    op.create_index("ix_attempt_expires_at", "attempt", ["expires_at"], unique=False)

    op.create_table(
        "pinned_content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('form', 'bank')", name="ck_pinned_content_kind"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "pinned_key",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('recruiter', 'manager', 'administrator')", name="ck_user_role"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("fs_uniquifier"),
    )
    op.create_table(
        "web_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
    )
    op.create_index("ix_web_session_seen_at", "web_session", ["seen_at"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("bank_digest", sa.String(length=64), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_digest"],
            ["pinned_content.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["form_digest"],
            ["pinned_content.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["key_digest"],
            ["pinned_key.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_candidate_opening_id", "candidate", ["opening_id"], unique=False)

    op.create_table(
        "opening_member",
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("opening_id", "user_id"),
    )
    op.create_index("ix_opening_member_user_id", "opening_member", ["user_id"], unique=False)

    op.create_table(
        "assessment_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("bank_digest", sa.String(length=64), nullable=False),
        sa.Column("order_seed", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("notice_digest", sa.String(length=64), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=32), nullable=True),
        sa.CheckConstraint("state IN ('invited', 'started', 'submitted')", name="ck_session_state"),
        sa.ForeignKeyConstraint(
            ["bank_digest"],
            ["pinned_content.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
        ),
        sa.ForeignKeyConstraint(
            ["form_digest"],
            ["pinned_content.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["key_digest"],
            ["pinned_key.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
        ),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("candidate_id"),
    )
    op.create_index("ix_assessment_session_opening_id", "assessment_session", ["opening_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["assessment_session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_invitation_session_id", "invitation", ["session_id"], unique=False)

    op.create_table(
        "item_response",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("ratings", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 0", name="ck_item_response_revision"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["assessment_session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id", "scenario_id"),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("responses_digest", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["assessment_session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "number", name="uq_score_session_number"),
    )
    op.create_index("ix_score_session_id", "score", ["session_id"], unique=False)

    _refuse_changes_of_scores()


def _refuse_changes_of_scores() -> None:
    """Scores are appended; erasing a person deletes them, nothing changes them."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER score_is_append_only BEFORE UPDATE ON score "
            "BEGIN SELECT RAISE(ABORT, 'scores are appended, never changed'); END"
        )
        # INSERT OR REPLACE would go past the other trigger
        op.execute(
            "CREATE TRIGGER score_is_not_replaced BEFORE INSERT ON score "
            "WHEN EXISTS (SELECT 1 FROM score "
            "WHERE id = NEW.id OR (session_id, number) = (NEW.session_id, NEW.number)) "
            "BEGIN SELECT RAISE(ABORT, 'scores are appended, never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_score_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'scores are appended, never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER score_is_append_only BEFORE UPDATE ON score FOR EACH ROW EXECUTE FUNCTION refuse_score_change()"
    )


def downgrade() -> None:
    """Take the tables away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER score_is_append_only ON score")
        op.execute("DROP FUNCTION refuse_score_change")
    op.drop_index("ix_score_session_id", "score")

    op.drop_table("score")
    op.drop_table("item_response")
    op.drop_index("ix_invitation_session_id", "invitation")

    op.drop_table("invitation")
    op.drop_index("ix_assessment_session_opening_id", "assessment_session")

    op.drop_table("assessment_session")
    op.drop_index("ix_opening_member_user_id", "opening_member")

    op.drop_table("opening_member")
    op.drop_index("ix_candidate_opening_id", "candidate")

    op.drop_table("candidate")
    op.drop_table("opening")
    op.drop_index("ix_web_session_seen_at", "web_session")

    op.drop_table("web_session")
    op.drop_table("user_account")
    op.drop_table("pinned_key")
    op.drop_table("pinned_content")
    op.drop_index("ix_attempt_expires_at", "attempt")

    op.drop_table("attempt")
