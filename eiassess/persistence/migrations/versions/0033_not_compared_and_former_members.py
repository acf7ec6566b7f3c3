"""Lists know why somebody is not compared, whatever the reason; openings know who once had a part in them.

Revision ID: 0033
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
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
LEFT_IN_AN_OPENING = (
    ("former_contact", "user_id"),
    ("assessment_session", "released_by"),
    ("use_choice", "chosen_by"),
    ("opening_stage", "created_by"),
    ("share_link", "created_by"),
    ("share_link", "given_to"),
    ("what_if", "kept_by"),
    ("saved_view", "user_id"),
    ("invitation_list", "made_by"),
    ("mail_template", "changed_by"),
    ("message", "user_id"),
    ("fairness_page", "switched_by"),
)
LEFT_OF_A_SITTING = (
    ("stage_move", "moved_by"),
    ("candidate_note", "author_id"),
    ("candidate_mark", "marked_by"),
    ("interview", "planned_by"),
    ("interviewer", "user_id"),
    ("interviewer", "named_by"),
    ("interview_rating", "rater_id"),
    ("ratings_read", "user_id"),
    ("release", '"by"'),
    ("shared_view", "user_id"),
    ("candidate_question", "answered_by"),
    ("adjustment_request", "answered_by"),
    ("adjustment", "given_by"),
)
"""Table and column of who did something that takes a part in an opening, or was shown or told of its people."""


def upgrade() -> None:
    """Keep who was uneven; the other reasons follow by themselves, as they need the answers: all is drawn again.

    Who had a part is known of those who left something behind in an opening; they can have it still.
    """
    _keep_why_not_compared()
    _keep_former_members()


def _keep_former_members() -> None:
    op.create_table(
        "former_member",
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("opening_id", "user_id"),
    )
    of_openings = [
        f"SELECT opening_id, {column} AS user_id FROM {table}"  # noqa: S608 - names of our own
        for table, column in LEFT_IN_AN_OPENING
    ]
    of_sittings = [
        f"SELECT assessment_session.opening_id, {table}.{column} AS user_id FROM {table} "  # noqa: S608 - the same
        f"JOIN assessment_session ON assessment_session.id = {table}.session_id"
        for table, column in LEFT_OF_A_SITTING
    ]
    left = " UNION ".join([*of_openings, *of_sittings])
    op.execute(
        sa.text(
            "INSERT INTO former_member (opening_id, user_id) "  # noqa: S608 - the same
            f"SELECT opening_id, user_id FROM ({left}) AS found WHERE opening_id IS NOT NULL AND user_id IS NOT NULL"
        )
    )


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
    op.drop_table("former_member")
    for table in (SCORE, PART):
        op.add_column(table, sa.Column(UNEVEN, sa.Boolean(), nullable=False, server_default=sa.false()))
        op.execute(sa.text(f"UPDATE {table} SET uneven = true WHERE not_compared = 'uneven'"))  # noqa: S608 - the same
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, [*columns, UNEVEN])
    for table in (SCORE, PART):
        op.drop_column(table, NOT_COMPARED)
