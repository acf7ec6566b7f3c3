"""A table that is not there for a while, so that what needs it fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from eiassess.services import Database


@contextmanager
def missing(database: Database, table: str) -> Iterator[None]:
    """Have a table go missing for a while; the next test may get the same database."""

    def rename(name: str, other: str) -> None:
        with database.writing() as db:
            db.connection().exec_driver_sql(f"ALTER TABLE {name} RENAME TO {other}")

    rename(table, f"{table}_away")
    try:
        yield
    finally:
        rename(f"{table}_away", table)
