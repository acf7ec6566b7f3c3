"""Whole copies of a database as a file, and back: SQLite's by its backup API, PostgreSQL's by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL, Engine, make_url

from eiassess.errors import SetupError
from eiassess.persistence.engine import make_engine
from eiassess.whole_files import SECRET_FILE

_ASIDE = "eiassess_before"
SUFFIXES = {"sqlite": ".sqlite", "postgresql": ".dump"}


def suffix_of(url: str) -> str:
    """Return how the name of a copy of this database ends."""
    return SUFFIXES[make_url(url).get_backend_name()]


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database; ``None`` of PostgreSQL's."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def copy_database(url: str, target: Path) -> None:
    """Copy a database, also while it is written to, as it is at one moment; the copy is checked.

    Raises
    ------
    SetupError
        The copy failed or is not sound, or PostgreSQL's program is missing.
    """
    file = sqlite_file(url)
    target.touch(SECRET_FILE)
    if file is None:
        _run("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], make_url(url))
    else:
        copy_sqlite(file, target)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a file of SQLite into another, page by page, and check the copy.

    Raises
    ------
    SetupError
        There is no sound database in it.
    """
    if not source.is_file():
        message = f"There is no file {source}"
        raise SetupError(message)
    try:
        old = sqlite3.connect(f"file:{quote(str(source.absolute()))}?mode=ro", uri=True)
        with closing(old), closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            (said,) = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        message = f"{source} is not a sound database of SQLite ({said})"
        raise SetupError(message)


def load_dump(url: str, source: Path) -> None:
    """Put a dump in the place of all that a database of PostgreSQL has; if it cannot be, all stays as it was.

    What is there is set aside first: a dump of an older schema does not know of every table that is in the way.

    Raises
    ------
    SetupError
        The dump cannot be read, or PostgreSQL's program is missing.
    """
    address = make_url(url)
    engine = make_engine(url)
    try:
        _tell(engine, f"ALTER SCHEMA public RENAME TO {_ASIDE}", "CREATE SCHEMA public")
        words = ["--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={address.database}", str(source)]
        try:
            _run("pg_restore", words, address)
        except SetupError:
            _tell(engine, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {_ASIDE} RENAME TO public")
            raise
        _tell(engine, f"DROP SCHEMA {_ASIDE} CASCADE")
    finally:
        engine.dispose()


def _tell(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for each in statements:
            connection.exec_driver_sql(each)


def _run(program: str, words: list[str], address: URL) -> None:
    """Run one of PostgreSQL's programs; where it connects goes by its environment, since others can read its words."""
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not on the PATH; it comes with PostgreSQL (Debian: apt-get install postgresql-client)"
        raise SetupError(message)
    where = {
        "PGHOST": address.host, "PGPORT": address.port, "PGUSER": address.username, "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
    }  # fmt: skip
    environment = os.environ | {name: str(value) for name, value in where.items() if value is not None}
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - their program by its path
    if done.returncode != 0:
        message = f"{program} failed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}"
        raise SetupError(message)
