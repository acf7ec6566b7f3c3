"""The database of one installation: SQLite inside the product, or PostgreSQL beside it."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DataError
from sqlmodel import Session, SQLModel

from eiassess.errors import InvalidInputError, SetupError
from eiassess.persistence.acting import enter_what_was_done, who_acts
from eiassess.persistence.turns import WritersTurn

BUSY_SECONDS = 10
A_MOMENT = 100
"""Milliseconds that writers may wait while what was deleted is cleared away."""
_WAKE = "eiassess_wake"
_ERASED = "eiassess_erased"
_SECRET = "eiassess_secret"  # noqa: S105 - the name of a place, not a secret


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

    Attributes
    ----------
    wake
        Called after the commit of a transaction that left work for the background; a composition root sets it.
    secret
        Gives the installation's secret, which is stored nowhere in the database; a composition root sets it.
    erased
        Called after the commit of a transaction that erased people, with their receipts; a composition root sets it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.wake: Callable[[], None] = _nobody
        self.secret: Callable[[], str] = _no_secret
        self.erased: Callable[[Collection[str]], None] = _noted_nowhere
        self._engine = make_engine(url)
        self._reading = self._engine.execution_options(**_read_only(self._engine))
        self._writing = self._engine.execution_options(eiassess_begin="IMMEDIATE")
        self._turn = _turn_of(self._engine)
        self._owes_forgetting = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads, and sees the database as it is at one moment.

        Raises
        ------
        InvalidInputError
            A value was asked for that no database can hold.
        """
        with _refusing_unstorable_text(), Session(self._reading, info={_SECRET: self.secret}) as session:
            yield session

    @contextmanager
    def writing(self, *, aside: bool = False) -> Iterator[Session]:
        """Open a transaction that is committed at its end, or rolled back whole on an error.

        Whoever acts, and what they do, is written down with it.

        Parameters
        ----------
        aside
            For what keeps the house in order and is nobody's deed: browser sessions, counters against guessing.

        Raises
        ------
        InvalidInputError
            A value was given that no database can hold.
        """
        with (
            _refusing_unstorable_text(),
            self._turn.taken() if self._turn else nullcontext(),
            Session(self._writing, expire_on_commit=False, info={_SECRET: self.secret}) as session,
            session.begin(),
        ):
            yield session
            is_entered = not aside and enter_what_was_done(session, self.secret)
        if is_entered and (who := who_acts()):
            who.is_entered = True
        if session.info.get(_WAKE):
            self.wake()
        if session.info.get(_ERASED):
            self.erased(session.info[_ERASED])

    def forget_what_was_deleted(self) -> bool:
        """Empty SQLite's write-ahead file, whose older pages still hold what was deleted; tell whether that was done.

        Where somebody reads for longer than a moment it is not, and is owed: ``forget_what_is_owed`` does it later.
        Nobody who writes waits for a reader. PostgreSQL has no such file beside its tables: its vacuum clears them, and
        its log is the server's.
        """
        if self._turn is None:
            return True
        with self._turn.taken(), closing(self._engine.raw_connection()) as connection:
            raw = cast("sqlite3.Connection", connection.driver_connection)
            raw.execute("PRAGMA query_only = OFF")
            raw.execute(f"PRAGMA busy_timeout = {A_MOMENT}")
            try:
                is_busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        self._owes_forgetting = bool(is_busy)
        return not is_busy

    def forget_what_is_owed(self) -> None:
        """Try again to forget what was deleted, if somebody was reading the last time."""
        if self._owes_forgetting:
            self.forget_what_was_deleted()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        if self._turn:
            self._turn.close()


def wake_when_committed(session: Session) -> None:
    """Have the background look for work once this transaction is committed."""
    session.info[_WAKE] = True


def tell_when_committed(session: Session, receipt: str) -> None:
    """Have it noted outside of the database, once this transaction is committed, that somebody was erased."""
    session.info.setdefault(_ERASED, []).append(receipt)


def secret_of(session: Session) -> str:
    """Return the secret of the installation whose database this is.

    Raises
    ------
    SetupError
        Whoever opened the database gave none.
    """
    secret: Callable[[], str] = session.info[_SECRET]
    return secret()


def _no_secret() -> str:
    message = "The database was opened without the installation's secret, which this needs"
    raise SetupError(message)


def _noted_nowhere(receipts: Collection[str]) -> None:
    """Note nothing: the receipts stand in the database."""


def _nobody() -> None:
    """Wake nobody: whoever looks from time to time finds the work too."""


def upsert(session: Session, table: type[SQLModel]) -> Any:  # noqa: ANN401 - one of two classes without a common one
    """Begin an INSERT that can say what to do ON CONFLICT; two requests at once then never stumble over each other."""
    kind = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    return kind(table)


def make_engine(url: str) -> Engine:
    """Make an engine with each database's settings for not losing anything."""
    try:
        address = make_url(url)
    except ArgumentError:
        message = f"EIASSESS_DATABASE_URL is not a database address: {url!r}"
        raise SetupError(message) from None
    if address.get_backend_name() == "sqlite":
        if address.database:
            # Answers are nobody else's business: a folder that is made here opens to its owner only.
            Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _set_up_postgresql)
        return engine
    message = f"EIASSESS_DATABASE_URL must start with sqlite: or postgresql:, not {address.get_backend_name()}:"
    raise SetupError(message)


def _turn_of(engine: Engine) -> WritersTurn | None:
    """Have writers queue where the database does not do so itself."""
    if engine.dialect.name != "sqlite":
        return None
    file = engine.url.database
    return WritersTurn(Path(file) if file and file != ":memory:" else None)


def _read_only(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {"eiassess_begin": "DEFERRED"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@contextmanager
def _refusing_unstorable_text() -> Iterator[None]:
    # PostgreSQL takes no NUL in a text, and neither database half of a surrogate pair: no row can have such a value.
    try:
        yield
    except (DataError, UnicodeEncodeError):
        message = "A text has characters that cannot be stored"
        raise InvalidInputError(message) from None


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


def _set_up_postgresql(connection: Any, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    """Let the planner look up a page's 50 people one by one, where nobody has set what that costs.

    With its usual cost, meant for turning disks, it reads four whole tables for a page of some lists of 10,000.
    """
    del record
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('random_page_cost', '1.1', false) WHERE current_setting('random_page_cost') = '4'"
        )
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    # DEFERRED then write fails under load; whoever will write says so at once
    kind = connection.get_execution_options().get("eiassess_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if kind == 'DEFERRED' else 'OFF'}")
    connection.exec_driver_sql(f"BEGIN {kind}")
