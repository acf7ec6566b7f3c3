"""`eiassess bank check`: what it writes, where, and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.banks.small_bank import KEY, LOST_KEY, edit, write_small_bank
from tests.cli.conftest import Run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


def test_a_clean_bank(run: Run, small: Path) -> None:
    result = run("bank", "check", str(small))
    held = "4 scenarios, 1 practice scenario, 1 key, 1 form"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"small: no errors, no advice. Checked: {held}.\n"


def test_errors_and_advice_stand_apart_by_file(run: Run, small: Path) -> None:
    edit(small, LOST_KEY, r"^version = 1", "version = 0")
    edit(small, LOST_KEY, r'^text = "You ask', 'text = "Kindly, you ask')
    edit(small, KEY, r"^value = 1.0", "value = 1.2")
    edit(small, KEY, r"^rationale = .*", 'rationale = "It is bad."')
    result = run("bank", "check", str(small))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Errors (3)",
        "",
        "keys/theory-1.toml",
        "  scenarios.lost-key.a.value: 1.2 is no half step; nobody has measured so finely [key-steps]",
        "    Take the nearest half step, such as 4.5.",
        "",
        "scenarios/recovery/lost-key.toml",
        '  options[1].text: says "Kindly" [banned-word]',
        "    Say it as a person would at the counter: the word marks an option as canned.",
        "  version: the version is 0 [version]",
        "    Count versions from 1 up; a changed text is a new version.",
        "",
        "Advice (1)",
        "",
        "keys/theory-1.toml",
        "  scenarios.lost-key.a.rationale: has 3 words [rationale-length]",
        "    Say in 6 to 45 words why this helps or harms this customer, here.",
        "",
        "small: 3 errors, 1 piece of advice. Checked: 4 scenarios, 1 practice scenario, 1 key, 1 form.",
    ]


def test_advice_alone_is_clean(run: Run, small: Path) -> None:
    edit(small, KEY, r"^rationale = .*", 'rationale = "It is bad."')
    result = run("bank", "check", str(small))
    assert result.exit_code == 0
    assert "small: no errors, 1 piece of advice." in result.stdout


def test_json(run: Run, small: Path) -> None:
    edit(small, LOST_KEY, r"^version = 1", "version = 0")
    result = run("bank", "check", str(small), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "bank": "small",
        "errors": [
            {
                "file": LOST_KEY,
                "field": "version",
                "rule": "version",
                "severity": "error",
                "message": "the version is 0",
                "mend": "Count versions from 1 up; a changed text is a new version.",
            }
        ],
        "advice": [],
        "counts": {"errors": 1, "advice": 0, "scenarios": 4, "practice": 1, "keys": 1, "forms": 1},
        "covers": [{"key": "theory-1", "pairs": [], "together": None, "word_model": None}],
        "irritants": {},
    }


def test_a_report_is_kept_where_readers_sheets_cannot_be_used(run: Run, small: Path, tmp_path: Path) -> None:
    edit(small, LOST_KEY, r'^text = "You ask', 'text = "Kindly, you ask')
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "ada.csv").write_text("code,rating\nabc,3\n", encoding="utf-8")
    result = run("bank", "check", str(small), "--cover", str(tmp_path / "sheets"))
    assert (result.exit_code, result.stderr) == (1, "")
    assert 'says "Kindly" [banned-word]' in result.stdout
    path = tmp_path / "sheets" / "ada.csv"
    assert f"{path}\n  none of the ratings is of a text that stands in this bank" in result.stdout
    assert "small: 2 errors" in result.stdout


@pytest.mark.parametrize("layout", ["text", "json"])
def test_a_folder_in_which_nothing_can_be_checked(run: Run, tmp_path: Path, layout: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run("bank", "check", "empty", "--format", layout)
    assert result.exit_code == 2
    assert "holds no scenario that can be read" in result.stdout
    assert ("nothing could be checked" in result.stdout) == (layout == "text")


def test_a_finding_of_the_whole_bank_and_names_to_escape(run: Run, small: Path) -> None:
    odd = small.rename(small.parent / "od\x1bd")
    result = run("bank", "check", str(odd))
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert r"od\x1bd: 1 error," in result.stdout


def test_a_bank_by_its_name(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIASSESS_BANKS", f"{small.parent.parent / 'nowhere'}:{small.parent}")
    assert run("bank", "check", "small").stdout.startswith("small: no errors")
    assert run("bank", "check", "service-ei").stdout.splitlines()[-1].startswith("service-ei: ")


@pytest.mark.parametrize("name", ["smal", "../banks/smal", "\x1b[2J"])
def test_a_bank_that_is_not_there(run: Run, small: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EIASSESS_BANKS", str(small.parent))
    result = run("bank", "check", name)
    assert result.exit_code == 2
    assert "There is no folder or bank" in result.stderr
    assert "banks here: service-ei, small" in result.stderr
    assert "\x1b" not in result.stderr


def test_it_loads_no_numbers_and_no_web() -> None:
    code = "import sys, eiassess.cli.bank.check; print({'numpy', 'flask', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
