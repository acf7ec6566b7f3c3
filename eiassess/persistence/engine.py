"""The database of one installation: SQLite inside the product, or PostgreSQL beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from eiassess.errors import SetupError

BUSY_SECONDS = 10


class Database:
    """Opens short transactions; nothing is held across rendering or mail.

    Parameters
    ----------
    url
        SQLAlchemy address, ``sqlite:///...`` or ``postgresql://...``.

    Raises
    ------
    SetupError
        The address is not one of the two.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = make_engine(url)
        self._reading = self._engine.execution_options(eiassess_begin="DEFERRED")
        self._writing = self._engine.execution_options(eiassess_begin="IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads."""
        with Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that is committed at its end, or rolled back whole on an error."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def make_engine(url: str) -> Engine:
    """Make an engine with each database's settings for not losing anything."""
    try:
        address = make_url(url)
    except ArgumentError:
        message = f"EIASSESS_DATABASE_URL is not a database address: {url!r}"
        raise SetupError(message) from None
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if address.get_backend_name() == "postgresql":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    message = f"EIASSESS_DATABASE_URL must start with sqlite: or postgresql:, not {address.get_backend_name()}:"
    raise SetupError(message)


def _set_up_sqlite(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    del record
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver's guess
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # DEFERRED then write fails under load; whoever will write says so at once
    kind = connection.get_execution_options().get("eiassess_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {kind}")
