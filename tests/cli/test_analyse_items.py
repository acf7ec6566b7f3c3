"""``eiassess analyse items FORM RESPONSES.csv``."""

import csv
import io
import re
from pathlib import Path

import pytest

from eiassess.domain.shown_scores import shown_score
from tests.banks.small_bank import write_small_bank
from tests.cli.analysing import found, nothing_done
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def small(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bank that is found by name."""
    assert run
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    return write_small_bank(tmp_path / "banks" / "small")


def simulated(run: Run, n: int = 40) -> str:
    assert run("simulate", "small-a", "--n", str(n), "--seed", "3", "-o", "r.csv").exit_code == 0
    return "r.csv"


def test_scenarios_and_options_have_their_figures(run: Run) -> None:
    result = found(run("analyse", "items", "small-a", simulated(run)))
    assert (result["form"], result["n_people"], result["n_complete"]) == ("small-a", 40, 40)
    assert result["alpha_interval"][0] < result["alpha"] < result["alpha_interval"][1]
    assert [each["id"] for each in result["scenarios"]] == ["lost-key", "late-bus", "cold-soup", "quiet-caller"]
    first = result["scenarios"][0]
    assert first["mean_interval"][0] < first["mean"] < first["mean_interval"][1]
    assert (first["n"], first["n_incomplete"]) == (40, 0)
    assert len(result["options"]) == 18
    option = result["options"][1]
    assert (option["scenario"], option["id"], option["key"], option["n"]) == ("lost-key", "b", 5.5, 40)
    assert sum(option[f"n_of_{point}"] for point in range(1, 7)) == 40
    assert len(option["by_fifth"]) == 5


def test_as_csv_each_scenario_and_option_is_a_row(run: Run) -> None:
    result = run("analyse", "items", "small-a", simulated(run), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["part"] for row in rows] == ["total"] + ["scenarios"] * 4 + ["options"] * 18
    assert rows[0]["alpha"]


def test_a_terminal_gets_the_finding_first(run: Run) -> None:
    result = run("analyse", "items", "small-a", simulated(run), "--format", "table")
    assert re.match(r"\d of 4 scenarios (is|are) weak", result.stdout)
    assert "lost-key.b" in result.stdout


def test_few_people_get_reasons(run: Run) -> None:
    result = run("analyse", "items", "small-a", simulated(run, 1), "--format", "table")
    assert result.exit_code == 0
    assert "Nothing can be said of single scenarios" in result.stdout
    assert "item statistics need two people with complete answers; there are 1" in result.stderr
    assert result.stderr.count("curves by fifths of the score need 25 scored people") == 1
    content = found(run("analyse", "items", "small-a", "r.csv"))
    assert (content["alpha"], content["scenarios"][0]["mean"], content["options"][0]["by_fifth"]) == (
        None,
        None,
        [None] * 5,
    )


def test_a_table_has_means_of_scores_as_whole_numbers(run: Run) -> None:
    file = simulated(run)
    content = found(run("analyse", "items", "small-a", file))
    table = run("analyse", "items", "small-a", file, "--format", "table").stdout
    low, high = (shown_score(end) for end in content["mean_interval"])
    assert re.search(rf"^mean +{shown_score(content['mean'])}$", table, re.MULTILINE)
    assert re.search(rf"^mean interval +{low} to {high}$", table, re.MULTILINE)
    for each in content["scenarios"]:
        assert re.search(rf"{each['id']}\s+{each['n']}\s+{each['n_incomplete']}\s+{shown_score(each['mean'])}\s", table)
    option = content["options"][0]
    assert f"{option['mean']:.3f}" in table, "a mean of ratings is none of scores"


def test_rows_that_cannot_be_used_are_named(run: Run) -> None:
    lines = Path(simulated(run)).read_text(encoding="utf-8").splitlines()
    cells = lines[2].split(",")
    cells[1] = "9"
    Path("r.csv").write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n", encoding="utf-8")
    result = run("analyse", "items", "small-a", "r.csv")
    assert found(result, 1)["n_people"] == 39
    assert "r.csv: line 3, column lost-key.a: 9 is not a rating" in result.stderr
    assert "39 of 40 rows read" in result.stderr
    Path("r.csv").write_text("\n".join([lines[0], ",".join(cells)]) + "\n", encoding="utf-8")
    assert nothing_done(run("analyse", "items", "small-a", "r.csv")).startswith("r.csv: no row can be used")


def test_the_data_are_never_overwritten_and_a_form_must_exist(run: Run) -> None:
    file = simulated(run)
    assert "holds the data" in nothing_done(run("analyse", "items", "small-a", file, "-o", file))
    assert "There is no form 'no-such'" in nothing_done(run("analyse", "items", "no-such", file))
