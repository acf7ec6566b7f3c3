"""Newest scores stand in columns that lists are sorted by, and sessions have their candidate's number.

Revision ID: 0020
Revises: 0019
"""

import json
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_assessment_session_number", "assessment_session", ("opening_id", "number")),
    ("ix_assessment_session_state", "assessment_session", ("opening_id", "state", "number")),
    ("ix_assessment_session_submitted", "assessment_session", ("opening_id", "submitted_at", "number")),
    ("ix_assessment_session_released", "assessment_session", ("opening_id", "released_at", "number")),
    ("ix_candidate_name", "candidate", ("opening_id", "name_found_by", "number")),
    ("ix_candidate_number", "candidate", ("opening_id", "number")),
)
STAGE = ("ix_assessment_session_stage", "assessment_session")
SESSION = sa.table("assessment_session", *map(sa.column, ("id", "opening_id", "number", "candidate_id")))
CANDIDATE = sa.table("candidate", *map(sa.column, ("id", "number")))
SCORE = sa.table(
    "score",
    *map(sa.column, ("session_id", "number", "form_digest", "key_digest", "engine", "content", "flagged")),
)
BASIS = sa.table("score_basis", *map(sa.column, ("id", "form_digest", "key_digest", "engine")))
LISTED = sa.table(
    "listed_score",
    *map(
        sa.column,
        ("session_id", "opening_id", "number", "basis", "overall", "low", "high", "flagged", "with_areas"),
    ),
)
PART = sa.table(
    "listed_part",
    *map(sa.column, ("session_id", "part", "opening_id", "number", "basis", "score", "low", "high")),
)
PORTION = 500


def upgrade() -> None:
    """Give sessions numbers, and list the newest scores; areas follow by themselves, as they need the answers."""
    op.add_column("assessment_session", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    own = sa.select(CANDIDATE.c.number).where(CANDIDATE.c.id == SESSION.c.candidate_id).scalar_subquery()
    op.execute(sa.update(SESSION).values(number=own))
    op.drop_index(*STAGE)
    op.create_index(*STAGE, ["opening_id", "stage", "number"])
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))
    _make_tables()
    _list_newest()


def _make_tables() -> None:
    op.create_table(
        "score_basis",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("form_digest", sa.String(64), nullable=False),
        sa.Column("key_digest", sa.String(64), nullable=False),
        sa.Column("engine", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "listed_score",
        sa.Column("session_id", sa.String(32), nullable=False),
        *_where_it_stands(),
        sa.Column("overall", sa.Float(), nullable=True),
        *_ends(),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("with_areas", sa.Boolean(), nullable=False),
        *_ties(),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_table(
        "listed_part",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("part", sa.String(80), nullable=False),
        *_where_it_stands(),
        sa.Column("score", sa.Float(), nullable=False),
        *_ends(),
        *_ties(),
        sa.PrimaryKeyConstraint("session_id", "part"),
    )
    op.create_index("ix_listed_score_overall", "listed_score", ["opening_id", "overall", "number", "basis"])
    op.create_index("ix_listed_score_basis", "listed_score", ["opening_id", "basis", "overall"])
    op.create_index("ix_listed_score_number", "listed_score", ["opening_id", "number", "overall", "basis", "flagged"])
    op.create_index("ix_listed_part_score", "listed_part", ["opening_id", "part", "score", "number", "basis"])
    op.create_index("ix_listed_part_number", "listed_part", ["opening_id", "part", "number", "score", "basis"])


def _where_it_stands() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("opening_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(16), nullable=False),
    )


def _ends() -> tuple[sa.Column[Any], ...]:
    return sa.Column("low", sa.Float(), nullable=True), sa.Column("high", sa.Float(), nullable=True)


def _ties() -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["session_id"], ["assessment_session.id"]),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"]),
        sa.ForeignKeyConstraint(["basis"], ["score_basis.id"]),
    )


def _list_newest() -> None:
    """Read each session's newest score, some at a time."""
    made: set[str] = set()
    sessions = [each for (each,) in op.get_bind().execute(sa.select(SCORE.c.session_id).distinct())]
    for start in range(0, len(sessions), PORTION):
        newest = _newest(sessions[start : start + PORTION])
        bases = {_basis(each): each for each in newest.values()}
        _insert(
            BASIS,
            [
                {"id": name, "form_digest": each.form_digest, "key_digest": each.key_digest, "engine": each.engine}
                for name, each in bases.items()
                if name not in made
            ],
        )
        made |= set(bases)
        _insert(LISTED, [_listed(each) for each in newest.values()])
        _insert(PART, [part for each in newest.values() for part in _parts(each)])


def _newest(sessions: list[str]) -> dict[str, Any]:
    query = (
        sa.select(SCORE, SESSION.c.opening_id, SESSION.c.number.label("place"))
        .join(SESSION, SESSION.c.id == SCORE.c.session_id)
        .where(SCORE.c.session_id.in_(sessions))
        .order_by(SCORE.c.number)
    )
    return {each.session_id: each for each in op.get_bind().execute(query)}


def _basis(score: Any) -> str:  # noqa: ANN401 - a row of the query above
    made_from = f"{score.form_digest} {score.key_digest} {score.engine}"
    return sha256(made_from.encode()).hexdigest()[:16]


def _listed(score: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    overall = json.loads(score.content)["overall"]
    return {
        **_place(score),
        **_interval(overall),
        "overall": overall and overall["score"],
        "flagged": bool(score.flagged),
        "with_areas": False,
    }


def _parts(score: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    return [
        {**_place(score), **_interval(each), "part": name, "score": each["score"]}
        for name, each in json.loads(score.content)["competencies"].items()
        if each is not None
    ]


def _place(score: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    return {
        "session_id": score.session_id,
        "opening_id": score.opening_id,
        "number": score.place,
        "basis": _basis(score),
    }


def _interval(estimate: dict[str, Any] | None) -> dict[str, float | None]:
    low, high = (estimate and estimate["interval"]) or (None, None)
    return {"low": low, "high": high}


def _insert(table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(table), rows)


def downgrade() -> None:
    """Take the columns away; all that they hold stands elsewhere."""
    for table in ("listed_part", "listed_score", "score_basis"):
        op.drop_table(table)
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    op.drop_index(*STAGE)
    op.create_index(*STAGE, ["opening_id", "stage"])
    op.drop_column("assessment_session", "number")
