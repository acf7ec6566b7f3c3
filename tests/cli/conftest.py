from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.cli.main import cli

Run = Callable[..., Result]
FORM = "standard-a"


def shipped_form() -> LoadedForm:
    """Load the form that ``responses`` holds answers to, for its names and counts."""
    return load_form(FORM, (data_folder("question_banks"),))


def rating_columns(loaded: LoadedForm) -> list[str]:
    """Name the columns of a form's responses beside ``person``: scenario and option, in the form's order."""
    return [f"{scenario.id}.{option}" for scenario in loaded.form.scenarios for option in scenario.option_ids]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in an empty folder, within this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EIASSESS_BANKS", raising=False)
    monkeypatch.delenv("EIASSESS_KEYS", raising=False)
    return lambda *words: CliRunner().invoke(cli, list(words))


@pytest.fixture
def responses(run: Run, tmp_path: Path) -> Path:
    """Write the responses of six simulated people."""
    assert run("simulate", FORM, "--n", "6", "--seed", "1", "-o", "responses.csv").exit_code == 0
    return tmp_path / "responses.csv"
