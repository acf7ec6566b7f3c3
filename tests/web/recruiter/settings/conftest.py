"""The office, with the banks that we ship to choose forms from."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.web.shell.context import Installation
from tests.web.people import Clock
from tests.web.staff import Office, install


@pytest.fixture
def installation(tmp_path: Path, office: Office, clock: Clock) -> Iterator[Installation]:
    made = install(Path(shutil.copy(office.database, tmp_path / "eiassess.sqlite")), clock)
    yield replace(made, settings=replace(made.settings, bank_folders=(data_folder("question_banks"),)))
    made.renderer.close()
    made.database.close()
