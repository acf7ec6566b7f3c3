"""An installation of its own: what is asked is made in each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eiassess.web.shell.context import Installation
from tests.web.people import Clock
from tests.web.staff import install


@pytest.fixture
def installation(tmp_path: Path, fresh_database: Path, clock: Clock) -> Iterator[Installation]:
    made = install(Path(shutil.copy(fresh_database, tmp_path / "eiassess.sqlite")), clock)
    yield made
    made.database.close()
