from pathlib import Path

import click
import pytest

from eiassess import __version__
from eiassess.cli.main import COMMANDS, cli
from tests.cli.conftest import Run


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout == f"eiassess, version {__version__}\n"
    for word in ("--help", "-h"):
        result = run(word)
        assert result.exit_code == 0
        assert all(name in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_list_is_there_and_has_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: cli {name} ")


def test_commands_are_named_in_the_order_of_the_list() -> None:
    assert cli.list_commands(click.Context(cli)) == list(COMMANDS)


def test_a_word_that_is_no_command(run: Run) -> None:
    result = run("guess")
    assert result.exit_code == 2
    assert "No such command 'guess'" in result.stderr


def test_an_unforeseen_file_error_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "a.csv")

    monkeypatch.setattr("eiassess.cli.lazy.import_module", fail)
    result = run("score", "standard-a", "a.csv")
    assert (result.exit_code, result.stderr) == (2, "Error: a.csv: Permission denied\n")


def test_an_incomplete_installation_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "The folder is missing"
        raise FileNotFoundError(message)

    monkeypatch.setattr("eiassess.cli.lazy.import_module", fail)
    assert run("score", "standard-a", "a.csv").stderr == "Error: The folder is missing\n"


def test_a_reader_who_has_gone_away_is_no_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Group, "invoke", lambda *_: (_ for _ in ()).throw(BrokenPipeError))
    with pytest.raises(BrokenPipeError):
        cli.invoke(click.Context(cli))


def test_a_bank_of_ones_own_comes_first(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = tmp_path / "banks" / "mine" / "forms" / "standard-a.toml"
    form.parent.mkdir(parents=True)
    form.write_text("", encoding="utf-8")
    monkeypatch.setenv("EIASSESS_BANKS", f"{tmp_path / 'nowhere'}:{tmp_path / 'banks'}")
    result = run("simulate", "standard-a", "--n", "1", "--seed", "1", "-o", "r.csv")
    assert (result.exit_code, result.stderr) == (2, "Error: mine/bank.toml: is missing or cannot be read\n")
