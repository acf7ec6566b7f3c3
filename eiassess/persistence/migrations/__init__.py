"""Alembic migrations, run on an engine of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from eiassess.errors import SetupError
from eiassess.persistence.engine import make_engine


def upgrade_database(url: str, revision: str = "head") -> None:
    """Bring the database to a revision of its schema; nothing changes if a step fails.

    Raises
    ------
    SetupError
        Rows would point at rows that do not exist.
    """
    with _migrating(url) as connection:
        command.upgrade(_configuration(connection), revision)


def downgrade_database(url: str, revision: str) -> None:
    """Take the database back to an earlier revision, or to ``base``."""
    with _migrating(url) as connection:
        command.downgrade(_configuration(connection), revision)


def pending_revisions(url: str) -> tuple[str, ...]:
    """List the revisions that the database lacks."""
    engine = make_engine(url)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    engine.dispose()
    script = ScriptDirectory.from_config(_configuration(None))
    applied = {each.revision for each in script.iterate_revisions(current, "base")} if current else set()
    return tuple(each.revision for each in script.walk_revisions() if each.revision not in applied)


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent))
    configuration.attributes["connection"] = connection
    return configuration


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    engine = _migration_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
            _check_references(connection)
    finally:
        engine.dispose()


def _migration_engine(url: str) -> Engine:
    """Make an engine whose steps are one transaction; with foreign keys on, batch mode would delete child rows."""
    if not url.startswith("sqlite"):
        return make_engine(url)
    make_engine(url).dispose()  # creates the folder
    engine = create_engine(make_url(url))

    @event.listens_for(engine, "connect")
    def _set_up(connection, record):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - SQLAlchemy's signature
        del record
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        message = (
            f"The migration would leave {len(broken)} rows pointing at nothing, first in {broken[0][0]}; "
            "nothing was changed"
        )
        raise SetupError(message)
