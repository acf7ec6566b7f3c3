"""A migrated database for each test, once on SQLite and once on PostgreSQL; and patience with busy machines."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import upgrade_database
from tests.databases import PostgresServer

# the same examples every time: a run that fails can be repeated, and one that passed passes again
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")

BOTH = ("sqlite", "postgresql")


def pytest_configure() -> None:
    """End on SIGTERM as on Ctrl-C, so that the servers that tests have started end too.

    A shell that runs the tests in the background has them ignore Ctrl-C, and they would pass that on to those servers.
    """
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    name = postgres.create()
    upgrade_database(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database with the newest schema and no rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "eiassess.sqlite")
        yield f"sqlite:///{tmp_path / 'eiassess.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = request.getfixturevalue("migrated_postgres")
    server.empty(name)
    yield server.url(name)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    opened.secret = lambda: "a secret for tests alone, long enough to be one"
    yield opened
    opened.close()
