from pathlib import Path

import pytest

from tests.banks.small_bank import write_small_bank


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write a small bank that is clean, for a test to spoil."""
    return write_small_bank(tmp_path / "banks" / "small")
