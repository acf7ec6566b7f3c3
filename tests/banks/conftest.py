from pathlib import Path

import pytest

from tests.banks.small_bank import write_small_bank


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Write a bank of our own, so that a test can spoil it."""
    return write_small_bank(tmp_path / "banks" / "small")
