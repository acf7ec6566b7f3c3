"""Every migration up, down and up with data; models and migrations agree; a failing one changes nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

from eiassess.errors import SetupError
from eiassess.persistence import migrations, tables
from eiassess.persistence.engine import Database, make_engine
from eiassess.persistence.migrations import downgrade_database, pending_revisions, upgrade_database
from eiassess.services.identifiers import hash_token
from eiassess.services.people.browser_sessions import store_web_session
from eiassess.services.results.candidate_lists import list_candidates
from tests.hiring_story import NOON, Story, rows, tell_story
from tests.hiring_story import tables as tables_of

VERSIONS = [each.revision for each in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()][::-1]
"""All revisions, each after the one that it follows."""


def test_models_and_migrations_agree(database_url: str) -> None:
    assert tables.__all__
    engine = make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_checks_are_the_same_in_models_and_migrations(database_url: str) -> None:
    """Alembic does not compare CHECK constraints."""
    engine = make_engine(database_url)
    with engine.connect() as connection:
        for table in SQLModel.metadata.tables.values():
            named = {constraint.name for constraint in table.constraints if str(constraint.name).startswith("ck_")}
            stored = {each["name"] for each in inspect(connection).get_check_constraints(table.name)}
            assert stored == named
    engine.dispose()


def test_pending_revisions_are_listed_until_they_are_run(empty_url: str) -> None:
    assert sorted(pending_revisions(empty_url)) == sorted(VERSIONS)
    upgrade_database(empty_url)
    assert pending_revisions(empty_url) == ()
    upgrade_database(empty_url)


@pytest.mark.usefixtures("quick_passwords")
def test_up_down_and_up_again_with_data(empty_url: str) -> None:
    upgrade_database(empty_url)
    _check_story(empty_url)
    for revision in (*reversed(VERSIONS[:-1]), "base"):
        downgrade_database(empty_url, revision)
    database = Database(empty_url)
    assert tables_of(database) == ["alembic_version"]
    database.close()
    for revision in VERSIONS:
        upgrade_database(empty_url, revision)
    _check_story(empty_url)


def _check_story(url: str) -> None:
    database = Database(url)
    story = tell_story(database)
    story.submitted()
    assert len(list_candidates(database, story.alice, story.opening).candidates) == 1
    database.close()


def test_two_processes_can_upgrade_at_once(empty_url: str) -> None:
    code = "import sys; from eiassess.persistence.migrations import upgrade_database; upgrade_database(sys.argv[1])"
    running = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[1] for process in running] == ["", ""]
    assert pending_revisions(empty_url) == ()


def _break_half_way(connection: object) -> None:
    connection.exec_driver_sql("CREATE TABLE half_done (id INTEGER)")  # type: ignore[attr-defined]  # a Connection
    connection.exec_driver_sql("DROP TABLE score")  # type: ignore[attr-defined]  # the same
    message = "the migration failed"
    raise RuntimeError(message)


def test_a_failing_migration_leaves_the_old_database_usable(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.submitted()
    before = {name: rows(story.database, name) for name in tables_of(story.database)}
    story.database.close()
    monkeypatch.setattr(
        command, "upgrade", lambda configuration, _: _break_half_way(configuration.attributes["connection"])
    )
    with pytest.raises(RuntimeError, match="the migration failed"):
        upgrade_database(story.database.url)
    assert {name: rows(story.database, name) for name in tables_of(story.database)} == before
    story.submitted("Robin")


def test_a_migration_that_would_orphan_rows_is_refused(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's migrations run with foreign keys off, so the end is checked; PostgreSQL refuses by itself."""
    story.submitted()
    story.database.close()

    def orphan(configuration: object, _: object) -> None:
        configuration.attributes["connection"].exec_driver_sql("DELETE FROM candidate")  # type: ignore[attr-defined]  # Alembic's

    monkeypatch.setattr(command, "upgrade", orphan)
    with pytest.raises(Exception, match=r"pointing at nothing|violates foreign key"):
        upgrade_database(story.database.url)
    assert len(rows(story.database, "candidate")) == 1


def test_a_database_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    upgrade_database(empty_url)
    database = Database(empty_url)
    with database.writing() as db:
        db.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    for use in (pending_revisions, upgrade_database):
        with pytest.raises(SetupError, match="newer than this program"):
            use(database.url)


@pytest.mark.usefixtures("quick_passwords")
def test_who_is_signed_in_and_who_has_come_is_known_afterwards(empty_url: str) -> None:
    upgrade_database(empty_url)
    database = Database(empty_url)
    story = tell_story(database)
    (alice,) = (row for row in rows(database, "user_account") if row["id"] == story.alice)
    held = {"hers": f'{{"_user_id": "{alice["fs_uniquifier"]}"}}', "gone": '{"_user_id": "x"}', "nobody": "{}"}
    for token, data in held.items():
        store_web_session(database, token, "staff", data, NOON, is_new=True)
    store_web_session(database, "candidate", "candidate", held["hers"], NOON, is_new=True)
    database.close()
    downgrade_database(empty_url, "0026")
    upgrade_database(empty_url, "0027")
    found = {row["id_hash"]: row["user_id"] for row in rows(database, "web_session")}
    assert found == {hash_token(each): story.alice if each == "hers" else None for each in (*held, "candidate")}
    for row in rows(database, "user_account"):
        assert str(row["joined_at"])[:19] == str(row["created_at"])[:19]
        assert row["last_sign_in_at"] is None
    database.close()
