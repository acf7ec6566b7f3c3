"""A database as it was, to come back to: many requests that change it can share one house."""

import sqlite3
from pathlib import Path

from eiassess.services import Database


class Kept:
    """A copy of an SQLite database in memory, made when this is."""

    def __init__(self, database: Database) -> None:
        self._path = Path(database.url.removeprefix("sqlite:///"))
        self._copy = sqlite3.connect(":memory:")
        live = sqlite3.connect(self._path)
        live.backup(self._copy)
        live.close()

    def restore(self) -> None:
        """Put everything back: rows, sessions of browsers and all."""
        live = sqlite3.connect(self._path)
        self._copy.backup(live)
        live.close()

    def close(self) -> None:
        """Forget the copy."""
        self._copy.close()
