"""What lists are searched and sorted by stands in columns of its own.

Revision ID: 0009
Revises: 0008
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from eiassess.domain.searching import found_by
from eiassess.persistence.columns import SortedText

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CANDIDATE = sa.table("candidate", *map(sa.column, ("id", "name", "email", "name_found_by", "email_found_by")))
SCORE = sa.table("score", *map(sa.column, ("id", "session_id", "form_digest", "content", "overall", "flagged")))
CONTENT = sa.table("pinned_content", *map(sa.column, ("digest", "content")))
RESPONSE = sa.table("item_response", *map(sa.column, ("session_id", "scenario_id", "seconds")))

SECONDS_AN_OPTION = 2.0
FAST_SHARE = 0.1
REASONS_NEEDED = 2


def upgrade() -> None:
    """Add the columns and fill them from what is there."""
    for name in ("name_found_by", "email_found_by"):
        op.add_column("candidate", sa.Column(name, SortedText, nullable=False, server_default=""))
    op.add_column("score", sa.Column("overall", sa.Float(), nullable=True))
    op.add_column("score", sa.Column("flagged", sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill_candidates()
    _let_scores_change()
    _fill_scores()
    _refuse_changes_of_scores()


def _fill_candidates() -> None:
    for each, name, email in _rows(CANDIDATE.c.id, CANDIDATE.c.name, CANDIDATE.c.email):
        values = {"name_found_by": found_by(name), "email_found_by": found_by(email)}
        op.execute(sa.update(CANDIDATE).where(CANDIDATE.c.id == each).values(values))


def _fill_scores() -> None:
    least: dict[str, dict[str, float]] = {}
    for each, session, form, content in _rows(SCORE.c.id, SCORE.c.session_id, SCORE.c.form_digest, SCORE.c.content):
        if form not in least:
            least[form] = _least_seconds(form)
        score = json.loads(content)
        overall = score["overall"]
        values = {
            "overall": None if overall is None else overall["score"],
            "flagged": _n_reasons(score, session, least[form]) >= REASONS_NEEDED,
        }
        op.execute(sa.update(SCORE).where(SCORE.c.id == each).values(values))


def _least_seconds(form: str) -> dict[str, float]:
    """Return the seconds that nobody can read each scenario in less than."""
    found = _rows(CONTENT.c.content, where=CONTENT.c.digest == form)
    scenarios = json.loads(found[0][0])["scenarios"] if found else []
    return {each["id"]: SECONDS_AN_OPTION * len(each["options"]) for each in scenarios}


def _n_reasons(score: dict[str, Any], session: str, least: dict[str, float]) -> int:
    """Count the reasons to talk about the answers, by the rule of the day when this was written."""
    found = _rows(RESPONSE.c.scenario_id, RESPONSE.c.seconds, where=RESPONSE.c.session_id == session)
    timed = [(scenario, seconds) for scenario, seconds in found if seconds > 0 and scenario in least]
    fast = sum(seconds < least[scenario] for scenario, seconds in timed) > FAST_SHARE * len(timed)
    return sum((fast, bool(score["random_like"]), score["overall"] is None))


def _rows(*columns: sa.ColumnClause[Any], where: sa.ColumnElement[bool] | None = None) -> list[Any]:
    query = sa.select(*columns)
    return list(op.get_bind().execute(query if where is None else query.where(where)))


def _let_scores_change() -> None:
    on_table = "" if op.get_bind().dialect.name == "sqlite" else " ON score"
    op.execute(f"DROP TRIGGER score_is_append_only{on_table}")


def _refuse_changes_of_scores() -> None:
    refusal = (
        "BEGIN SELECT RAISE(ABORT, 'scores are appended, never changed'); END"
        if op.get_bind().dialect.name == "sqlite"
        else "FOR EACH ROW EXECUTE FUNCTION refuse_score_change()"
    )
    op.execute(f"CREATE TRIGGER score_is_append_only BEFORE UPDATE ON score {refusal}")


def downgrade() -> None:
    """Take the columns away; all that they hold stands elsewhere."""
    for table, name in (
        ("score", "flagged"),
        ("score", "overall"),
        ("candidate", "email_found_by"),
        ("candidate", "name_found_by"),
    ):
        op.drop_column(table, name)
