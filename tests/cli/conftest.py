from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eiassess.cli.main import cli

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in an empty folder, within this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EIASSESS_BANKS", raising=False)
    return lambda *words: CliRunner().invoke(cli, list(words))


@pytest.fixture
def responses(run: Run, tmp_path: Path) -> Path:
    """Write the responses of six simulated people."""
    assert run("simulate", "standard-a", "--n", "6", "--seed", "1", "-o", "responses.csv").exit_code == 0
    return tmp_path / "responses.csv"
