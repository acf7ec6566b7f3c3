"""The databases themselves: times, refusals, transactions."""

import contextlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import select

from eiassess.errors import EIAssessError, SetupError
from eiassess.persistence.columns import UtcDateTime
from eiassess.persistence.engine import Database, make_engine
from eiassess.persistence.migrations import pending_revisions, upgrade_database
from eiassess.persistence.tables import AttemptRecord
from eiassess.services.people.accounts import find_user_record
from eiassess.services.results.for_recruiters import get_candidate_result
from tests.databases import PostgresServer
from tests.hiring_story import NOON, Story, rows


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    local = NOON.astimezone(timezone(timedelta(hours=5)))
    with database.writing() as db:
        db.add(AttemptRecord(bucket="a", count=1, expires_at=local))
    with database.reading() as db:
        found = db.exec(select(AttemptRecord.expires_at)).one()
    assert (found, found.utcoffset()) == (NOON, timedelta(0))


def test_times_without_a_zone_are_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="a time without a zone"), database.writing() as db:
        db.add(AttemptRecord(bucket="a", count=1, expires_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - what is tested


def test_no_time_is_no_time() -> None:
    column = UtcDateTime()
    assert column.process_bind_param(None, None) is None  # type: ignore[arg-type]  # the dialect is not looked at
    assert column.process_result_value(None, None) is None  # type: ignore[arg-type]  # the same


def test_an_error_rolls_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as db:  # noqa: PT012 - the transaction is what is tested
        db.add(AttemptRecord(bucket="a", count=1, expires_at=NOON))
        db.flush()
        raise ZeroDivisionError
    assert rows(database, "attempt") == []


def test_the_database_keeps_references_right(database: Database) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.writing() as db:
        db.connection().exec_driver_sql("INSERT INTO opening_member VALUES ('nowhere', 'nobody', 'recruits')")


def test_the_database_takes_no_other_roles(database: Database) -> None:
    with database.writing() as db:
        db.connection().exec_driver_sql(
            "INSERT INTO user_account (id, email, name, password, active, fs_uniquifier, created_at) "
            "VALUES ('1', 'a', 'a', 'a', true, 'a', '2026-01-01')"
        )
    with pytest.raises(IntegrityError, match=r"(?i)check"), database.writing() as db:
        db.connection().exec_driver_sql("INSERT INTO user_role VALUES ('1', 'owner')")


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), database.reading() as db:  # noqa: PT012 - the transaction is what is tested
        db.add(AttemptRecord(bucket="a", count=1, expires_at=NOON))
        db.flush()
    with database.writing() as db:
        db.add(AttemptRecord(bucket="a", count=1, expires_at=NOON))


def test_a_reading_transaction_sees_one_moment(database: Database) -> None:
    with database.reading() as db:
        assert db.exec(select(AttemptRecord)).all() == []
        with database.writing() as other:
            other.add(AttemptRecord(bucket="a", count=1, expires_at=NOON))
        assert db.exec(select(AttemptRecord)).all() == []
    assert len(rows(database, "attempt")) == 1


def test_text_that_a_database_cannot_hold_is_refused_or_not_found(story: Story) -> None:
    for look in (
        lambda: find_user_record(story.database, email="alice\x00@example.org"),
        lambda: get_candidate_result(story.database, story.alice, "\x00"),
        lambda: get_candidate_result(story.database, story.alice, "\udc80"),
    ):
        with contextlib.suppress(EIAssessError):
            assert look() is None


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x", "oracle+oracledb://localhost"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SetupError, match="EIASSESS_DATABASE_URL"):
        Database(url)


def test_the_folder_of_an_embedded_database_is_made(tmp_path: Path) -> None:
    upgrade_database(f"sqlite:///{tmp_path}/new/folder/a.sqlite")
    assert (tmp_path / "new" / "folder" / "a.sqlite").is_file()


def test_a_database_in_memory_has_no_folder() -> None:
    Database("sqlite://").close()


def test_a_server_that_is_not_there_is_said(unused: int) -> None:
    for use in (pending_revisions, upgrade_database):
        with pytest.raises(SetupError, match="cannot be opened"):
            use(f"postgresql://nobody@127.0.0.1:{unused}/x")


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"This is a letter, not a database." * 100)
    for use in (pending_revisions, upgrade_database):
        with pytest.raises(SetupError, match="cannot be opened"):
            use(f"sqlite:///{tmp_path}/a.sqlite")


def test_errors_do_not_repeat_what_was_stored_or_asked(database: Database) -> None:
    """They go to logs; people's names and addresses must not."""
    with pytest.raises(DBAPIError) as raised, database.writing() as db:  # noqa: PT012 - the transaction is what is tested
        db.add(AttemptRecord(bucket="casey@example.org", count=1, expires_at=NOON))
        db.flush()
        db.add(AttemptRecord(bucket="a", count=None, expires_at=NOON))  # type: ignore[arg-type]  # what is tested
        db.flush()
    assert "casey" not in str(raised.value)


def test_what_sqlite_promises(tmp_path: Path) -> None:
    """An answer that was acknowledged survives a power cut, and what was deleted is overwritten."""
    database = Database(f"sqlite:///{tmp_path}/x.db")
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "recursive_triggers": 1}
    for opened in (database.reading, database.writing):
        with opened() as db:
            found = {name: db.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
        assert found == wanted
    database.close()


def test_postgresql_takes_looking_up_as_cheap_unless_somebody_set_what_it_costs(postgres: PostgresServer) -> None:
    name = postgres.create()

    def asked(statement: str) -> object:
        engine = make_engine(postgres.url(name))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            found = connection.exec_driver_sql(statement)
            said = found.scalar_one() if found.returns_rows else None
        engine.dispose()
        return said

    assert asked("SHOW random_page_cost") == "1.1"
    asked(f'ALTER DATABASE "{name}" SET random_page_cost = 2')
    assert asked("SHOW random_page_cost") == "2"
    postgres.drop(name)
