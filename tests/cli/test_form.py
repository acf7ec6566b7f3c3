"""``eiassess form``: forms from specifications, written as files, told as table or JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from eiassess.banks.catalog import load_form
from tests.assembling import SPECIFICATION, make_members, write, write_bank, write_key
from tests.cli.conftest import Run


@pytest.fixture
def mine(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of one's own, found before the shipped one."""
    del run
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    return write_bank(tmp_path / "banks" / "mine")


def specify(bank: Path, **changes: Any) -> None:
    write(bank / "specifications" / "trial.toml", **{**SPECIFICATION, **changes})


def written(bank: Path) -> set[str]:
    return {path.stem for path in (bank / "forms").glob("*.toml")} - {"old"}


def test_forms_are_written_and_told(run: Run, mine: Path) -> None:
    result = run("form", "assemble", "trial", "--forms", "2", "--seed", "4")
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert [form["id"] for form in content["forms"]] == ["trial-a", "trial-b"]
    assert (content["most_shared"], content["seed"], content["bank"]) == (0, 4, "mine")
    assert {row["in"] for row in content["largest_differences"]} >= {"words", "channel", "style", "trade"}
    phone = next(row for row in content["counts"] if row["value"] == "recovery")
    assert phone == {"by": "competency", "value": "recovery", "trial-a": 2, "trial-b": 2}
    for row in content["forms"]:
        form = load_form(row["id"], (mine.parent,)).form
        assert (len(form.scenarios), form.version) == (row["scenarios"], 1) == (16, 1)
        assert sum(scenario.word_count for scenario in form.scenarios) == row["words"]
    assert load_form("trial-b", (mine.parent,)).form.title == "Trial form B"
    text = (mine / "forms" / "trial-a.toml").read_text(encoding="utf-8")
    assert text.startswith("# Assembled from specifications/trial.toml, seed 4\n\nid = ")
    assert result.stderr.count("Wrote ") == 2


def test_a_single_form_has_the_specifications_name(run: Run, mine: Path) -> None:
    result = run("form", "assemble", "trial", "--format", "table")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 form of trial, as alike and evenly spread as the rules allow, to within ")
    assert "between two forms" not in result.stdout
    assert written(mine) == {"trial"}
    assert load_form("trial", (mine.parent,)).form.title == "Trial form"


def test_names_and_folder_can_be_given(run: Run, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    result = run("form", "assemble", str(mine / "specifications" / "trial.toml"), "--ids", "x-1, x-2", "-o", "out")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"x-1.toml", "x-2.toml"}
    assert written(mine) == set()


def test_forms_that_are_there_are_replaced_only_by_force(run: Run, mine: Path) -> None:
    specify(mine, must_include=["recovery-1"])
    assert run("form", "assemble", "trial").exit_code == 0
    before = (mine / "forms" / "trial.toml").read_bytes()
    result = run("form", "assemble", "trial")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "trial.toml is there already; --force replaces it" in result.stderr
    again = run("form", "assemble", "trial", "--force")
    assert "trial.toml holds this form already" in again.stderr
    assert (mine / "forms" / "trial.toml").read_bytes() == before
    specify(mine, must_exclude=["recovery-1"])
    assert run("form", "assemble", "trial", "--force").exit_code == 0
    form = load_form("trial", (mine.parent,)).form
    assert form.version == 2
    assert "recovery-1" not in form.scenario_ids


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--ids", "A"), "'A' cannot name a form; expected lower-case words joined by hyphens, such as trial-a"),
        (("--ids", "../x"), "'../x' cannot name a form"),
        (("--ids", "a,a"), "--ids has 2 names; expected at most 9, all different"),
        (("--ids", "a,b", "--forms", "3"), "--ids has 2 names; expected 3, all different"),
        (("--ids", ",".join("abcdefghij")), "--ids has 10 names; expected at most 9, all different"),
        (("--ids", "old"), "The specification excludes or avoids form 'old'; give other --ids"),
        (("--forms", "9"), "in each of 9 forms, none shared, need 18"),
    ],
)
def test_what_is_refused_writes_nothing(run: Run, mine: Path, words: tuple[str, ...], said: str) -> None:
    specify(mine, avoid_forms=["old"])
    result = run("form", "assemble", "trial", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert written(mine) == set()


def test_scenarios_without_a_key_are_left_out_and_named(run: Run, mine: Path) -> None:
    members = make_members(4)
    write_key(mine, members[2:])
    result = run("form", "assemble", "trial")
    assert result.exit_code == 0
    said = (
        f"2 scenarios are not taken: key theory-1 does not cover {', '.join(sorted(each.id for each in members[:2]))}"
    )
    assert said in result.stderr


def test_statistics_are_told(run: Run, mine: Path) -> None:
    rows = "".join(f"{each.id},{number % 3},1\n" for number, each in enumerate(make_members(4)))
    (mine / "specifications" / "s.csv").write_text(f"scenario,difficulty,information\n{rows}", encoding="utf-8")
    specify(mine, statistics="s.csv")
    content = json.loads(run("form", "assemble", "trial", "--forms", "2").stdout)
    assert all(row["with_statistics"] == 16 and row["information"] == 16 for row in content["forms"])
    assert {"difficulty", "information"} <= {row["in"] for row in content["largest_differences"]}


def test_a_search_that_ends_early_says_how_far_it_came(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eiassess.scoring.assembling.assembly.MOST_NODES", 1)
    monkeypatch.setattr("eiassess.scoring.assembling.assembly.ACCEPTED_GAP", 0.0)
    result = run("form", "assemble", "trial", "--forms", "2", "--format", "table")
    assert result.exit_code == 0
    assert "all rules are met, but the search ended" in result.stdout
    assert len(written(mine)) == 2


def test_what_a_form_holds(run: Run, mine: Path) -> None:
    assert run("form", "assemble", "trial").exit_code == 0
    content = json.loads(run("form", "show", "trial").stdout)
    assert (content["id"], content["scenarios"], content["practice"]) == ("trial", 16, ["practice-one"])
    assert {"by": "kind", "value": "emotions", "scenarios": 2} in content["counts"]
    assert len(content["order"]) == 16
    table = run("form", "show", "trial", "--format", "table").stdout
    assert table.startswith("Trial form: 16 scenarios, ")
    assert run("form", "show", "nobody").exit_code == 2
    del mine


def test_forms_are_listed_and_those_that_cannot_be_used_named(run: Run, mine: Path, tmp_path: Path) -> None:
    result = run("form", "list")
    rows = {row["form"]: row for row in json.loads(result.stdout)["forms"]}
    assert result.exit_code == 0
    assert (rows["old"]["scenarios"], rows["old"]["studies_only"]) == (1, False)
    write(mine / "forms" / "bad.toml", id="bad")
    hidden = write_bank(tmp_path / "banks" / "second") / "forms" / "old.toml"
    result = run("form", "list")
    assert result.exit_code == 1
    assert "bad: mine/forms/bad.toml: scenarios: is missing" in result.stderr
    assert {"old", str(hidden)} <= {row["form"] for row in json.loads(result.stdout)["forms"]}


def test_a_form_for_studies_only_says_so(run: Run, mine: Path) -> None:
    path = mine / "forms" / "old.toml"
    assert "For studies only" not in run("form", "show", "old", "--format", "table").stdout
    path.write_text(f"studies_only = true\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    (row,) = [each for each in json.loads(run("form", "list").stdout)["forms"] if each["form"] == "old"]
    assert row["studies_only"] is True
    assert json.loads(run("form", "show", "old").stdout)["studies_only"] is True
    said = run("form", "show", "old", "--format", "table").stdout
    assert "For studies only: nobody can be invited to it." in " ".join(said.split())
