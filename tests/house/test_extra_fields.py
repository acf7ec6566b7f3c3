"""Fields that a form does not have are not read: whoever sends them changes nothing more by it.

To every form of the house, sent by somebody who may, fields are added that are called as columns of the database are.
What stands in them must be found in no table afterwards.
"""

from pathlib import Path

import pytest
from sqlmodel import SQLModel

import eiassess.persistence.tables  # noqa: F401 - fills the metadata
from tests.hiring_story import rows, tables
from tests.house.conftest import House
from tests.house.test_routes import LEAVING, ROWS, Row

PLANTED = "xylograph"
WRITTEN_BY_PEOPLE = frozenset({
    "answer", "answers", "comments", "contact", "email", "line", "name", "note", "person", "reason", "relevance",
    "subject", "text", "title", "view", "words",
})  # fmt: skip
"""Names that fields of forms have by right; tests of their pages say what becomes of them."""
ASKED = {
    "adjustments.answer": {"day", "factor"},
    "recruiter.blind": {"next"},
    "recruiter.save_settings": {"time_limit_minutes"},
}
"""What single forms do ask for under a name of a column."""
COLUMNS = sorted({column.name for table in SQLModel.metadata.tables.values() for column in table.columns})
MORE = ("role", "roles", "admin", "is_admin", "_method", "next", "csrf", "user", "account", "permissions")
EXTRA = {name: PLANTED for name in (*COLUMNS, *MORE) if name not in WRITTEN_BY_PEOPLE}
POSTS = [each for each in (*ROWS, *LEAVING) if each.method == "POST" and each.endpoint != "security.logout"]


def by(each: Row) -> list[str]:
    """Name those whom a form is for, by the table of routes: everybody who is not sent away."""
    away = {"/sign-in", "/sit/no-link", "/rate/no-link", 404, 403}
    return [who for who, code in each.gets.items() if code not in away and who not in {"anonymous", "finished"}][:1]


def where_planted(house: House) -> list[str]:
    """Name the tables that hold the word; the files are looked at first, since that is quicker."""
    file = house.story.database.url.removeprefix("sqlite:///")
    if not any(PLANTED.encode() in Path(f"{file}{end}").read_bytes() for end in ("", "-wal")):
        return []
    database = house.story.database
    return [name for name in tables(database) if any(PLANTED in str(row) for row in rows(database, name))]


@pytest.mark.parametrize("each", POSTS, ids=str)
def test_fields_that_a_form_does_not_have_change_nothing(house: House, each: Row) -> None:
    for who in by(each):
        path = house.path(each.path)
        asked = ASKED.get(each.endpoint, set()) | set(each.body or {})
        extra = {name: value for name, value in EXTRA.items() if name not in asked}
        data = {**extra, **(each.body or {}), "csrf_token": house.token(who, path)}
        answer = house.ask(who, "POST", path, data=data)
        wanted = each.gets[who]
        assert answer.status_code == (303 if isinstance(wanted, str) and wanted.startswith("/") else int(wanted)), (
            f"{each} by {who}: it was refused for what was added"
        )
        assert where_planted(house) == [], f"{each} by {who} kept what no form asks for"


def test_the_names_are_those_of_columns_that_matter() -> None:
    assert {"id", "user_id", "opening_id", "session_id", "state", "stage", "simulated", "password", "active"} <= set(
        EXTRA
    )
    assert {"released_at", "ends_at", "factor", "created_at", "form_digest", "key_digest", "fs_uniquifier"} <= set(
        EXTRA
    )
