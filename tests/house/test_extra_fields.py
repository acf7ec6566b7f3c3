"""What a form does not ask for changes nothing, whatever it is called and whoever sends it.

Each route that changes something is asked twice from the same state: as its page does, and with a field more for
every column that there is. What is stored afterwards must be the same.
"""

import json
import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest
from sqlmodel import SQLModel

import eiassess.persistence.tables  # noqa: F401 - fills the metadata
from tests.hiring_story import rows, tables
from tests.house.conftest import House
from tests.house.hostile import Crawler
from tests.house.kept import Kept
from tests.house.test_routes import LEAVING, ROWS, TURNED_AWAY, Row

PLANTED = "planted-by-a-form"
POSTS = tuple(each for each in (*ROWS, *LEAVING) if each.method == "POST" and not each.endpoint.startswith("security."))
MADE_UP = (
    "role",
    "roles",
    "is_admin",
    "is_staff",
    "permission",
    "override",
    "score",
    "scores",
    "overall",
    "csrf",
    "_method",
)
APART = frozenset({"web_session", "done_once", "attempt"})
"""Sessions of browsers, which forms are about; forms that were sent, by their own number."""


ASKED_AT_TIMES = {
    "adjustments.answer": {"factor"},
    "recruiter.decide": {"person", "reason"},
    "candidate.save": {"number", "sent"},
}
"""What is asked for in other cases than the one whose page is looked at here, or by a script."""
NOBODYS_HERE = {"recruiter.drop_reminder", "recruiter.revoke_shared", "account.end_session", "auth.take_step"}
"""What needs something that nobody in the house has: tests of their own pages send these."""


class Sender:
    """Knows the fields that pages have, so that the others are extra."""

    def __init__(self, house: House) -> None:
        crawler = Crawler(house, Random(0))  # noqa: S311 - no secret
        self.house, self.asked_for = house, set(crawler.fields)
        crawler.close()
        self.kept = Kept(house.story.database)
        self.cookies = {who: dict(browser._cookies) for who, browser in house.browsers.items()}  # noqa: SLF001 - no other way to keep all
        self.known = {str(value) for rows_ in self._rows().values() for row in rows_ for value in row.values()}

    def _rows(self) -> Mapping[str, list[dict[str, Any]]]:
        database = self.house.story.database
        return {name: rows(database, name) for name in tables(database) if name not in APART}

    def more_than(self, body: Mapping[str, Any]) -> dict[str, str]:
        """Return a field for every column, with another opening's id where it takes one."""
        columns = {column.name for table in SQLModel.metadata.tables.values() for column in table.columns}
        names = columns | {f"{table}.{name}" for table in ("opening", "user") for name in ("id", "role")} | {*MADE_UP}
        ids = {"opening_id": self.house.story.other_opening, "user_id": self.house.story.charlie}
        return {name: ids.get(name, PLANTED) for name in sorted(names - self.asked_for - set(body))}

    def stored(self) -> dict[str, list[str]]:
        """Return what is stored, with a mark in place of each id that was made since the beginning."""
        return {
            name: sorted(self._masked(json.dumps(row, default=str, sort_keys=True)) for row in found)
            for name, found in self._rows().items()
        }

    def _masked(self, row: str) -> str:
        return re.sub(r"[A-Za-z0-9_-]{16,}", lambda found: found[0] if found[0] in self.known else "*", row)

    def after(self, each: Row, who: str, extra: Mapping[str, str]) -> tuple[int, dict[str, list[str]]]:
        """Send a form from where everything began, and return the code and what is stored then."""
        self.kept.restore()
        self.house.browsers[who]._cookies = dict(self.cookies[who])  # noqa: SLF001 - a form may have changed who is signed in
        path, json_body = self.house.path(each.path), each.endpoint.endswith(".save")
        token = self.house.token(who, path)
        if json_body:
            body = {**extra, "ratings": {"a": 2}, "revision": 0}
            answer = self.house.ask(who, "POST", path, json=body, headers={"X-CSRFToken": token})
        else:
            answer = self.house.ask(who, "POST", path, data={**(each.body or {}), **extra, "csrf_token": token})
        return answer.status_code, self.stored()


@pytest.fixture(scope="module")
def sender(house: House) -> Iterator[Sender]:
    made = Sender(house)
    yield made
    made.kept.restore()
    made.kept.close()


@pytest.mark.parametrize("each", POSTS, ids=str)
def test_a_field_more_changes_nothing(sender: Sender, each: Row) -> None:
    who = next((who for who, gets in each.gets.items() if gets not in TURNED_AWAY), None)
    if who is None:
        assert each.endpoint in NOBODYS_HERE, "nobody may ask for it here"
        return
    asked_at_times = ASKED_AT_TIMES.get(each.endpoint, ())
    extra = {name: value for name, value in sender.more_than(each.body or {}).items() if name not in asked_at_times}
    assert len(extra) > 150
    plain, planted = sender.after(each, who, {}), sender.after(each, who, extra)
    assert planted == plain
    assert PLANTED not in json.dumps(planted[1])


def test_what_is_compared_is_what_is_stored(sender: Sender) -> None:
    """A field that is asked for does change it, so that one that is not would be seen."""
    (note,) = (each for each in POSTS if each.endpoint == "recruiter.write_note")
    assert sender.after(note, "alice", {})[1] != sender.after(note, "alice", {"words": PLANTED})[1]
