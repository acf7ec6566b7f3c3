"""One chain, whoever writes: with the change, in one order, never changed, and telling when somebody did so anyway."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy.exc import DBAPIError

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, ObjectKind, Target
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services import Database
from eiassess.services.auditing import looks as looks_module
from eiassess.services.auditing import reading as reading_module
from eiassess.services.auditing.acting import Acting, acting, leave_out, note
from eiassess.services.auditing.looks import LookBook, enter_at_once
from eiassess.services.auditing.reading import AuditFilter, json_lines_of_audit
from eiassess.services.auditing.verifying import audit_head, verify_audit
from eiassess.services.hiring.closing import close_opening, reopen_opening
from tests.hiring_story import NOON, Story, after, rows

ID = "0f" * 12


def alice_reads(number: int = 0) -> Deed:
    about = Target(ObjectKind.CANDIDATE, f"{number:024x}")
    return Deed(after(seconds=number), Actor(ActorKind.ACCOUNT, ID), Action.READ_CANDIDATE, about)


def doing(action: Action | None, target: Target | None = None) -> Acting:
    return Acting(Actor(ActorKind.ACCOUNT, ID), action, target or Target(ObjectKind.OPENING, ID), lambda: NOON)


@pytest.fixture
def seven(database: Database) -> Database:
    """A database with seven entries."""
    enter_at_once(database, *map(alice_reads, range(1, 8)))
    return database


def said(database: Database, kept: str = "") -> list[tuple[int | None, str]]:
    return [(each.number, each.words) for each in verify_audit(database, kept).breaks]


def tamper(database: Database, *statements: str) -> None:
    """Change rows as somebody could who has the file, or rules the server: past every trigger."""
    is_sqlite = database.url.startswith("sqlite")
    with database.writing() as db:
        connection = db.connection()
        if is_sqlite:
            for name in ("audit_entry_update", "audit_entry_delete", "audit_entry_replace"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for name in ("audit_head_update", "audit_head_delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_no_entry_is_a_chain_too(database: Database) -> None:
    assert verify_audit(database).breaks == ()
    assert audit_head(database) == ""


def test_entries_follow_each_other(seven: Database) -> None:
    found = verify_audit(seven)
    assert (found.count, found.breaks) == (7, ())
    kept = rows(seven, "audit_entry")
    assert [each["number"] for each in kept] == list(range(1, 8))
    assert kept[0]["previous_hash"] == "0" * 64
    assert [each["previous_hash"] for each in kept[1:]] == [each["hash"] for each in kept[:-1]]
    assert audit_head(seven) == f"7:{kept[-1]['hash']}"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET outcome = 'refused' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET count = 3",
        "DELETE FROM audit_head",
    ],
)
def test_what_was_entered_stays(seven: Database, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match=r"never changed or deleted|only goes forward"),
        seven.writing() as db,
    ):
        db.connection().exec_driver_sql(statement)
    assert said(seven) == []


@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
def test_nothing_is_emptied_or_replaced_either(seven: Database, table: str) -> None:
    if seven.url.startswith("sqlite"):  # it knows no TRUNCATE, and REPLACE deletes without asking where it is told so
        values = ", ".join(["1"] * (11 if table == "audit_entry" else 4))
        statement = f"REPLACE INTO {table} VALUES ({values})"  # noqa: S608 - constants of this test
    else:
        statement = f"TRUNCATE {table}"
    with (
        pytest.raises(DBAPIError, match=r"never changed or deleted|only goes forward"),
        seven.writing() as db,
    ):
        db.connection().exec_driver_sql(statement)
    assert said(seven) == []


AGAIN = (
    "INSERT INTO audit_entry SELECT {}, at, actor_kind, actor_id, action, object_kind, object_id, count, outcome, "
    "previous_hash, hash FROM audit_entry WHERE number = 7"
)
COLUMNS = ("at", "actor_kind", "actor_id", "action", "object_kind", "object_id", "outcome", "previous_hash", "hash")


@pytest.mark.parametrize("column", COLUMNS)
def test_one_changed_byte_shows_in_every_column(seven: Database, column: str) -> None:
    last = f"CASE substr({column}, length({column})) WHEN '0' THEN '1' ELSE '0' END"
    tamper(
        seven,
        f"UPDATE audit_entry SET {column} = substr({column}, 1, length({column}) - 1) || {last} WHERE number = 4",  # noqa: S608 - constants of this test
    )
    assert said(seven) == [(4, "changed: what it says and its hash do not fit")]
    (found,) = verify_audit(seven).breaks
    assert found.at.startswith("2026-11-02T12:00:04")


def test_a_changed_number_of_objects_shows(seven: Database) -> None:
    tamper(seven, "UPDATE audit_entry SET count = 2 WHERE number = 7")
    assert said(seven) == [(7, "changed: what it says and its hash do not fit")]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["DELETE FROM audit_entry WHERE number = 4"], [(4, "missing since 2026-11-02T12:00:03.000000Z")]),
        (
            ["DELETE FROM audit_entry WHERE number IN (3, 4)"],
            [(3, "missing since 2026-11-02T12:00:02.000000Z, and all up to 4")],
        ),
        (["DELETE FROM audit_entry WHERE number = 1"], [(1, "missing")]),
        (["DELETE FROM audit_entry WHERE number = 7"], [(7, "missing since 2026-11-02T12:00:06.000000Z")]),
        (["DELETE FROM audit_entry"], [(1, "missing, and all up to 7")]),
        (
            ["DELETE FROM audit_head"],
            [(None, "the head is missing, which says how many entries there are; the last is 7")],
        ),
        (
            [AGAIN.format(8)],
            [
                (8, "changed: what it says and its hash do not fit"),
                (8, "added: the head knows nothing of it, nor of any after it"),
            ],
        ),
        (
            [AGAIN.format(0)],
            [(0, "added: the chain begins after it")],
        ),
        (
            [
                "UPDATE audit_entry SET number = 99 WHERE number = 4",
                "UPDATE audit_entry SET number = 4 WHERE number = 5",
                "UPDATE audit_entry SET number = 5 WHERE number = 99",
            ],
            [
                (4, "changed: what it says and its hash do not fit"),
                (5, "changed: what it says and its hash do not fit"),
                (6, "does not follow the entry before it"),
            ],
        ),
        (
            ["DELETE FROM audit_entry WHERE number = 7",
             "UPDATE audit_head SET count = 6, hash = (SELECT hash FROM audit_entry WHERE number = 6)"],
            [(None, "the head was changed: its seal does not fit")],
        ),
    ],
)  # fmt: skip
def test_what_is_missing_added_or_moved_is_named(
    seven: Database, statements: list[str], expected: list[tuple[int | None, str]]
) -> None:
    tamper(seven, *statements)
    assert said(seven) == expected


def test_an_entry_that_was_taken_out_and_closed_over_shows(seven: Database) -> None:
    """Whoever has not the secret cannot give those behind it the hashes that they would need."""
    tamper(
        seven,
        "DELETE FROM audit_entry WHERE number = 4",
        *(f"UPDATE audit_entry SET number = {number - 1} WHERE number = {number}" for number in (5, 6, 7)),  # noqa: S608 - constants of this test
    )
    assert [number for number, _ in said(seven)] == [4, 5, 6, 7]


def test_an_older_state_put_back_whole_shows_by_the_head_that_was_kept(seven: Database) -> None:
    older = rows(seven, "audit_head")[0]
    enter_at_once(seven, alice_reads(8), alice_reads(9))
    kept = audit_head(seven)
    assert said(seven, kept) == []
    tamper(
        seven,
        "DELETE FROM audit_entry WHERE number > 7",
        f"UPDATE audit_head SET count = 7, hash = '{older['hash']}', seal = '{older['seal']}'",  # noqa: S608 - constants of this test
    )
    assert said(seven) == []
    assert said(seven, kept) == [(None, "entry 9 is not the one whose hash was kept elsewhere")]
    assert said(seven, f" 7:{older['hash']}\n") == []


@pytest.mark.parametrize("kept", ["7", "7:abc", "all of it"])
def test_what_is_no_head_is_refused(seven: Database, kept: str) -> None:
    with pytest.raises(InvalidInputError, match="A head is a number, a colon"):
        verify_audit(seven, kept)


def test_another_secret_fits_nothing(seven: Database) -> None:
    seven.secret = lambda: "another secret, long enough to be one too"
    assert [number for number, _ in said(seven)] == [*range(1, 8), None]


@pytest.fixture
def in_a_file(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """Seven entries in SQLite, which takes more than its columns say; PostgreSQL does not."""
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'in-a-file.sqlite')}")
    database.secret = lambda: "a secret for tests alone, long enough to be one"
    enter_at_once(database, *map(alice_reads, range(1, 8)))
    yield database
    database.close()


def test_text_that_is_none_is_told_and_not_stumbled_over(in_a_file: Database) -> None:
    tamper(in_a_file, "UPDATE audit_entry SET action = CAST(x'ff80' AS TEXT) WHERE number = 4")
    assert said(in_a_file) == [(4, "changed: it cannot even be read")]


def test_other_types_of_the_same_look_are_changes(in_a_file: Database) -> None:
    """SQLite stores bytes where a text was, if somebody wants it to."""
    tamper(in_a_file, "UPDATE audit_entry SET action = CAST(action AS BLOB) WHERE number = 2")
    assert said(in_a_file) == [(2, "changed: what it says and its hash do not fit")]


def test_writers_at_once_make_one_chain(database: Database) -> None:
    barrier = Barrier(6)

    def write(writer: int) -> None:
        barrier.wait()
        for number in range(20):
            enter_at_once(database, alice_reads(writer * 100 + number))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    found = verify_audit(database)
    assert (found.count, found.breaks) == (120, ())


def test_more_entries_than_are_read_at_once(database: Database) -> None:
    enter_at_once(database, *map(alice_reads, range(4_500)))
    assert verify_audit(database).count == 4_500
    tamper(database, "DELETE FROM audit_entry WHERE number = 3000")
    assert [number for number, _ in said(database)] == [3000]


def test_the_change_and_its_entry_go_together(story: Story) -> None:
    database = story.database
    with acting(doing(Action.END_OPENING)) as who:
        close_opening(database, story.alice, story.opening, NOON, end_links=False)
        assert who.is_entered
    (entry,) = rows(database, "audit_entry")
    assert (entry["action"], entry["outcome"], entry["actor_id"]) == ("opening.end", "done", ID)
    with acting(doing(Action.END_OPENING)) as who, pytest.raises(RefusedError):
        close_opening(database, story.alice, story.opening, NOON, end_links=False)
    assert not who.is_entered
    assert len(rows(database, "audit_entry")) == 1


def test_a_change_that_cannot_be_entered_is_not_made(story: Story) -> None:
    database = story.database
    close_opening(database, story.alice, story.opening, NOON, end_links=False)

    def no_secret() -> str:
        message = "The disk is full"
        raise OSError(message)

    database.secret = no_secret
    with acting(doing(Action.END_OPENING)), pytest.raises(OSError, match="full"):
        reopen_opening(database, story.alice, story.opening)
    assert {each["id"]: each["state"] for each in rows(database, "opening")}[story.opening] == "closed"


def test_nobody_acting_enters_nothing(story: Story) -> None:
    close_opening(story.database, story.alice, story.opening, NOON, end_links=False)
    assert rows(story.database, "audit_entry") == []


def test_a_transaction_names_what_it_knows_better(database: Database) -> None:
    with acting(doing(Action.INVITE)), database.writing() as db:
        note(db, Target(ObjectKind.OPENING, ID, 10_000))
        note(db, Target(ObjectKind.LIST, ID), Action.DISCARD_LIST)
    with acting(doing(Action.INVITE)), database.writing() as db:
        leave_out(db)
    with acting(doing(None)), database.writing() as db:
        note(db, Target(ObjectKind.LIST, ID))
    entries = rows(database, "audit_entry")
    assert [(each["action"], each["count"]) for each in entries] == [
        ("invitation.invite", 10_000),
        ("invitation.discard-list", 1),
    ]


def test_looks_wait_and_are_written_in_one_go(database: Database) -> None:
    looks = LookBook(database)
    for number in range(3):
        looks.add(alice_reads(number))
    assert rows(database, "audit_entry") == []
    assert (looks.write(NOON), looks.write(NOON)) == (3, 0)
    assert verify_audit(database).count == 3


@pytest.fixture
def few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks_module, "KEPT_AT_MOST", 2)


@pytest.mark.usefixtures("few_looks")
def test_looks_that_cannot_be_written_wait_and_too_many_are_counted(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    looks, secret = LookBook(database), database.secret

    def failing() -> str:
        message = "The disk is full"
        raise OSError(message)

    database.secret = failing
    for number in range(5):
        looks.add(alice_reads(number))
    assert looks.write(NOON) == 0
    assert "could not be written down yet" in caplog.text
    database.secret = secret
    assert looks.write(after(hours=1)) == 3
    entries = rows(database, "audit_entry")
    assert [(each["action"], each["count"]) for each in entries] == [
        ("candidate.read", 1),
        ("candidate.read", 1),
        ("audit.lost-looks", 3),
    ]


def test_a_file_of_more_than_a_batch_holds_each_entry_once(seven: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "A_BATCH", 3)
    lines = [json.loads(line)["number"] for line in json_lines_of_audit(seven, AuditFilter())]
    assert lines == [1, 2, 3, 4, 5, 6, 7]
