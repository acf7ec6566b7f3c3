"""Alembic migrations, run on an engine of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from eiassess.errors import SetupError
from eiassess.persistence.engine import make_engine

MIGRATION_LOCK = 0x0E1A55E55  # any number that is ours


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
    """List the revisions that the database lacks.

    Raises
    ------
    SetupError
        The database cannot be opened, or is newer than this program.
    """
    engine = make_engine(url)
    with _closing(engine), engine.connect() as connection:
        return _pending(connection)


def is_missing(url: str) -> bool:
    """Say whether no database was ever made there: no file, or nothing in it.

    Raises
    ------
    SetupError
        The database cannot be opened.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database and not Path(address.database).exists():
        return True
    engine = make_engine(url)
    with _closing(engine), engine.connect() as connection:
        return not inspect(connection).get_table_names()


def shown_address(url: str) -> str:
    """Show where a database is looked for, without its password."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        return address.database
    return address.render_as_string(hide_password=True)


def _pending(connection: Connection) -> tuple[str, ...]:
    script = ScriptDirectory.from_config(_configuration(None))
    known = tuple(each.revision for each in script.walk_revisions())
    current = MigrationContext.configure(connection).get_current_heads()
    if not set(current) <= set(known):
        message = f"The database is newer than this program (revision {', '.join(current)}); install the newer program"
        raise SetupError(message)
    applied = {each.revision for each in script.iterate_revisions(current, "base")} if current else set()
    return tuple(revision for revision in known if revision not in applied)


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent))
    configuration.attributes["connection"] = connection
    return configuration


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    engine = _migration_engine(url)
    with _closing(engine), engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # two processes at once: the second waits, as it does on SQLite
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        _pending(connection)
        yield connection
        _check_references(connection)


@contextmanager
def _closing(engine: Engine) -> Iterator[None]:
    """Close an engine at the end, and say what keeps its database away."""
    try:
        engine.connect().close()
    except DBAPIError as error:
        message = f"The database cannot be opened ({str(error.orig).splitlines()[0]}); see EIASSESS_DATABASE_URL"
        engine.dispose()
        raise SetupError(message) from None
    try:
        yield
    finally:
        engine.dispose()


def _migration_engine(url: str) -> Engine:
    """Make an engine whose steps are one transaction; with foreign keys on, batch mode would delete child rows."""
    if not url.startswith("sqlite"):
        return make_engine(url)
    usual = make_engine(url)  # creates the folder
    with _closing(usual):
        pass
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
