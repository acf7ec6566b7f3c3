"""What somebody chooses for an opening, who does what in it, and several roles for one account.

Revision ID: 0010
Revises: 0009
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROLES = ("recruiter", "manager", "analyst", "administrator")
IS_A_ROLE = f"role IN ({', '.join(map(repr, ROLES))})"
PARTS = ("recruits", "manages", "interviews", "adjustments")
PART_OF_ROLE = {"manager": "manages"}
CHECKS = {
    "ck_opening_state": "state IN ('open', 'closed', 'archived')",
    "ck_opening_purpose": "purpose IN ('interviews', 'selection')",
    "ck_opening_combination": "combination IN ('apart', 'equal', 'interview_twice')",
    "ck_opening_time_limit": "time_limit_minutes >= 1",
}
DEFAULTS: dict[str, tuple[sa.types.TypeEngine[Any], Any]] = {
    "state": (sa.String(length=10), "open"),
    "text": (sa.Text(), ""),
    "purpose": (sa.String(length=20), "interviews"),
    "time_zone": (sa.String(length=64), "UTC"),
    "contact": (sa.String(length=200), ""),
    "combination": (sa.String(length=20), "apart"),
    "hand_in_at_deadline": (sa.Boolean(), sa.true()),
}
ACCOUNT = sa.table("user_account", *map(sa.column, ("id", "role")))
USER_ROLE = sa.table("user_role", *map(sa.column, ("user_id", "role")))
MEMBER = sa.table("opening_member", *map(sa.column, ("opening_id", "user_id", "part")))


def upgrade() -> None:
    """Let every opening be open, as it was, and every member do what their role allowed."""
    parts = _parts_by_role()
    _make_user_roles()
    _make_members(parts, with_parts=True)
    _widen_openings()
    op.create_table(
        "opening_profile",
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("competency", sa.String(length=80), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expected_low", sa.Integer(), nullable=True),
        sa.Column("expected_high", sa.Integer(), nullable=True),
        sa.Column("expected_because", sa.Text(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 0 AND 3", name="ck_opening_profile_weight"),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.PrimaryKeyConstraint("opening_id", "competency"),
    )


def _parts_by_role() -> list[dict[str, str]]:
    """Return each member with the part of their role; where a role opened no page, the part opens none either."""
    query = sa.select(MEMBER.c.opening_id, MEMBER.c.user_id, ACCOUNT.c.role).join_from(
        MEMBER, ACCOUNT, ACCOUNT.c.id == MEMBER.c.user_id
    )
    return [
        {"opening_id": opening, "user_id": user, "part": PART_OF_ROLE.get(role, "recruits")}
        for opening, user, role in op.get_bind().execute(query)
    ]


def _make_user_roles() -> None:
    op.create_table(
        "user_role",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(IS_A_ROLE, name="ck_user_role"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user_id", "role"),
    )
    op.execute(USER_ROLE.insert().from_select(["user_id", "role"], sa.select(ACCOUNT.c.id, ACCOUNT.c.role)))
    with op.batch_alter_table("user_account") as table:
        table.drop_constraint("ck_user_role", type_="check")
        table.drop_column("role")


def _make_members(members: list[dict[str, str]], *, with_parts: bool) -> None:
    """Make the table anew, since its key changes."""
    op.drop_index("ix_opening_member_user_id", "opening_member")
    op.drop_table("opening_member")
    part = [
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.CheckConstraint(f"part IN ({', '.join(map(repr, PARTS))})", name="ck_opening_member_part"),
    ]
    op.create_table(
        "opening_member",
        sa.Column("opening_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        *(part if with_parts else ()),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("opening_id", "user_id", *(["part"] if with_parts else ())),
    )
    op.create_index("ix_opening_member_user_id", "opening_member", ["user_id"], unique=False)
    if members:
        op.get_bind().execute(MEMBER.insert(), members)


def _widen_openings() -> None:
    with op.batch_alter_table("opening") as table:
        for name, (kind, value) in DEFAULTS.items():
            table.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        table.add_column(sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("time_limit_minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table("opening") as table:
        for name, (kind, _) in DEFAULTS.items():
            table.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
        for name, rule in CHECKS.items():
            table.create_check_constraint(name, rule)


def downgrade() -> None:
    """Take the settings away; of several roles the first in the list stays, and a member is one whatever they did."""
    op.drop_table("opening_profile")
    with op.batch_alter_table("opening") as table:
        for name in CHECKS:
            table.drop_constraint(name, type_="check")
    with op.batch_alter_table("opening") as table:
        for name in (*DEFAULTS, "deadline_at", "time_limit_minutes"):
            table.drop_column(name)
    query = sa.select(MEMBER.c.opening_id, MEMBER.c.user_id).distinct()
    members = [{"opening_id": opening, "user_id": user} for opening, user in op.get_bind().execute(query)]
    _make_members(members, with_parts=False)
    _make_single_roles()


def _make_single_roles() -> None:
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("role", sa.String(length=20), nullable=True))
    for role in reversed(ROLES):
        holders = sa.select(USER_ROLE.c.user_id).where(USER_ROLE.c.role == role)
        op.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id.in_(holders)).values(role=role))
    with op.batch_alter_table("user_account") as table:
        table.alter_column("role", existing_type=sa.String(length=20), nullable=False)
    op.drop_table("user_role")
    with op.batch_alter_table("user_account") as table:
        table.create_check_constraint("ck_user_role", IS_A_ROLE)
