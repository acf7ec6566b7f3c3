import shutil
from pathlib import Path

import pytest

from eiassess._resources import data_folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Copy the shipped bank, so that a test can spoil it."""
    return Path(shutil.copytree(data_folder("question_banks") / "service-ei", tmp_path / "banks" / "service-ei"))
