"""`eiassess bank new` and what `doctor` says of keys."""

from pathlib import Path

import pytest

from eiassess.cli.doctor import _key_lines as key_lines
from tests.cli.conftest import Run


def test_a_new_bank_is_clean_and_can_be_sat(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("bank", "new", "banks/harbour", "--title", "Harbour Foods", "--keys", "keys")
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path / 'banks' / 'harbour'}\n")
    assert f"The key is {tmp_path}/keys/harbour/own-1.toml; only you can read it." in made.stderr
    assert f"EIASSESS_BANKS={tmp_path}/banks EIASSESS_KEYS={tmp_path}/keys eiassess bank check" in made.stderr
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    assert run("bank", "check", "harbour").exit_code == 1, "the key lies where nobody looks"
    monkeypatch.setenv("EIASSESS_KEYS", str(tmp_path / "keys"))
    assert run("bank", "check", "harbour").exit_code == 0
    assert run("simulate", "harbour-a", "--n", "2", "--seed", "1", "-o", "r.csv").exit_code == 0
    assert run("score", "harbour-a", "r.csv").exit_code in {0, 1}
    assert key_lines_now() == [
        f"ok       Key own-1 of your bank harbour: {tmp_path}/keys/harbour/own-1.toml",
    ]


def key_lines_now() -> list[str]:
    return list(key_lines())


def test_a_key_in_a_work_tree_is_advised_against(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    run("bank", "new", "banks/harbour")
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    (line,) = key_lines_now()
    assert line.startswith("ADVICE   Key own-1 of your bank harbour: ")
    assert f"lies in the git work tree {tmp_path}; move it" in line


def test_no_bank_of_ones_own_and_settings_that_cannot_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--version").exit_code == 0
    assert key_lines_now() == []
    monkeypatch.setenv("EIASSESS_BASE_URL", "nonsense")
    assert key_lines_now() == []


def test_the_model_of_another_bank_and_another_language(run: Run) -> None:
    made = run("bank", "new", "banks/hafen", "--copy-model", "service-ei", "--language", "de")
    assert made.exit_code == 0
    assert "The example texts are English" in made.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Harbour",), "cannot be a bank's id"),
        (("harbour", "--copy-model", "nothing"), "There is no folder or bank 'nothing'"),
        ((".",), "is not an empty folder"),
    ],
)
def test_what_is_refused_is_one_line(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "a").touch()
    words = tuple("full" if word == "." else word for word in words)
    result = run("bank", "new", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert said in result.stderr


def test_the_group_names_its_commands(run: Run) -> None:
    listed = run("bank", "--help").stdout
    assert all(f"  {name} " in listed for name in ("new", "preview", "check", "export", "import", "diff"))
    for name in ("new", "preview", "check", "export", "import", "diff"):
        assert run("bank", name, "--help").stdout.startswith(f"Usage: cli bank {name} ")
    assert "No such command 'guess'" in run("bank", "guess").stderr
