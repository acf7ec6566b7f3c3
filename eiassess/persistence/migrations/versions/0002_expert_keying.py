"""Analysts, and panels of experts who key a form.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROLES_BEFORE = "role IN ('recruiter', 'manager', 'administrator')"
ROLES = "role IN ('recruiter', 'manager', 'analyst', 'administrator')"


def upgrade() -> None:
    """Let analysts sign in, and make the tables of panels."""
    _allow_roles(ROLES)
    op.create_table(
        "keying_panel",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("bank_digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["form_digest"], ["pinned_content.digest"]),
        sa.ForeignKeyConstraint(["bank_digest"], ["pinned_content.digest"]),
        sa.ForeignKeyConstraint(["key_digest"], ["pinned_key.digest"]),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "panel_expert",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("panel_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("background", sa.String(length=500), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("order_seed", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["panel_id"], ["keying_panel.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_panel_expert_panel_id", "panel_expert", ["panel_id"], unique=False)
    op.create_table(
        "expert_rating",
        sa.Column("expert_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("ratings", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 0", name="ck_expert_rating_revision"),
        sa.ForeignKeyConstraint(["expert_id"], ["panel_expert.id"]),
        sa.PrimaryKeyConstraint("expert_id", "scenario_id"),
    )
    op.create_table(
        "published_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("panel_id", sa.String(length=32), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_key_digest", sa.String(length=64), nullable=False),
        sa.Column("n_experts", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("relevance", sa.Text(), nullable=False),
        sa.Column("named_person", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("published_by", sa.String(length=32), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["keying_panel.id"]),
        sa.ForeignKeyConstraint(["key_digest"], ["pinned_key.digest"]),
        sa.ForeignKeyConstraint(["previous_key_digest"], ["pinned_key.digest"]),
        sa.ForeignKeyConstraint(["published_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_published_key_panel_id", "published_key", ["panel_id"], unique=False)
    _refuse_changes_of_published_keys()


def _refuse_changes_of_published_keys() -> None:
    """Append published keys only: what a score was made with cannot be changed afterwards."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER published_key_is_append_only BEFORE UPDATE ON published_key "
            "BEGIN SELECT RAISE(ABORT, 'published keys are appended, never changed'); END"
        )
        # INSERT OR REPLACE would go past the other trigger
        op.execute(
            "CREATE TRIGGER published_key_is_not_replaced BEFORE INSERT ON published_key "
            "WHEN EXISTS (SELECT 1 FROM published_key WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'published keys are appended, never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_published_key_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'published keys are appended, never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER published_key_is_append_only BEFORE UPDATE ON published_key "
        "FOR EACH ROW EXECUTE FUNCTION refuse_published_key_change()"
    )


def downgrade() -> None:
    """Take the panels away; analysts stay as accounts that may do nothing."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER published_key_is_append_only ON published_key")
        op.execute("DROP FUNCTION refuse_published_key_change")
    op.drop_index("ix_published_key_panel_id", "published_key")
    op.drop_table("published_key")
    op.drop_table("expert_rating")
    op.drop_index("ix_panel_expert_panel_id", "panel_expert")
    op.drop_table("panel_expert")
    op.drop_table("keying_panel")
    op.execute("UPDATE user_account SET role = 'administrator' WHERE role = 'analyst'")
    _allow_roles(ROLES_BEFORE)


def _allow_roles(roles: str) -> None:
    with op.batch_alter_table("user_account") as table:
        table.drop_constraint("ck_user_role", type_="check")
        table.create_check_constraint("ck_user_role", roles)
