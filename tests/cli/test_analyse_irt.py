import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.analysing import COLUMNS, NAMES, SCORES, found, nothing_done, reference, write
from tests.cli.conftest import Run

LINES = SCORES.read_text(encoding="utf-8").splitlines()


def people(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("model", "name"), [("grm", "graded"), ("gpcm", "gpcm")])
def test_numbers_are_those_of_r_mirt(run: Run, model: str, name: str) -> None:
    words = ("analyse", "irt", str(SCORES), "--columns", COLUMNS, "--model", model, "--scores", "theta.csv")
    result, r = found(run(*words)), reference()[name]
    assert list(result) == [
        "n_used",
        "log_likelihood",
        "converged",
        "iterations",
        "empirical_reliability",
        "items",
    ]
    assert (result["n_used"], result["converged"]) == (1200, True)
    assert result["log_likelihood"] >= r["loglik"] - 0.01
    assert result["empirical_reliability"] == pytest.approx(r["empirical_reliability"], abs=0.005)
    assert [item["id"] for item in result["items"]] == NAMES
    assert [item["a"] for item in result["items"]] == pytest.approx(r["a"], abs=0.01)
    for item in result["items"]:
        assert list(item) == ["id", "a", "d", "se_a", "se_d"]
        assert len(item["d"]) == len(item["se_d"]) == 4
        assert 0.01 < item["se_a"] < 0.2
    rows = people("theta.csv")
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 1201)]
    for row, (theta, error) in zip(rows[:5], r["eap_first5"], strict=True):
        assert float(row["theta"]) == pytest.approx(theta, abs=0.005)
        assert float(row["se"]) == pytest.approx(error, abs=0.005)


def test_row_numbers_stay_those_of_the_file(run: Run) -> None:
    lines = LINES[:601]
    lines[2] = "2,1,x" + "," * 24
    lines[3] = "3,0" + "," * 25
    write("d.csv", *lines)
    result = run("analyse", "irt", "d.csv", "--columns", "s01-s08", "--model", "grm", "--scores", "theta.csv")
    assert found(result, 1)["n_used"] == 598
    assert result.stderr.startswith("d.csv: line 3, column s01: x is not understood; expected a whole number or blank")
    rows = people("theta.csv")
    assert [row["row"] for row in rows[:3]] == ["1", "3", "4"]
    assert (rows[1]["theta"], rows[1]["se"]) == ("", "")
    assert float(rows[2]["se"]) < 1


def test_below_250_it_is_refused_and_below_500_there_is_a_warning(run: Run) -> None:
    words = ("--columns", "s01-s06", "--model", "gpcm")
    write("few.csv", *LINES[:250])
    assert nothing_done(run("analyse", "irt", "few.csv", *words)) == "a calibration needs at least 250 persons, not 249"
    write("some.csv", *LINES[:500])
    result = run("analyse", "irt", "some.csv", *words)
    assert found(result)["n_used"] == 499
    assert "warning: only 499 persons: below 500" in result.stderr


def test_rare_categories_are_named_and_collapsed_when_asked_for(run: Run) -> None:
    words = ("analyse", "irt", str(SCORES), "--columns", "s05-s12", "--model", "grm")
    plain = run(*words)
    assert "warning: column s07: answers with score 2: 4; fewer than 8 say little" in plain.stderr
    collapsed = run(*words, "--min-category", "8")
    assert "s07: answers" not in collapsed.stderr
    sizes = [[len(item["d"]) for item in found(result)["items"]] for result in (plain, collapsed)]
    assert sizes == [[4] * 8, [4, 4, 3, 4, 3, 4, 4, 4]]


def test_priors_move_the_slopes(run: Run) -> None:
    def slopes(*more: str) -> list[Any]:
        words = ("analyse", "irt", str(SCORES), "--columns", "s01-s06", "--model", "grm")
        return [item["a"] for item in found(run(*words, *more))["items"]]

    assert slopes("--priors") != pytest.approx(slopes(), abs=0.001)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("1", "column still has a single category, which says nothing about anybody"),
        ("", "nobody answered column still"),
    ],
)
def test_a_column_that_tells_nothing_is_named(run: Run, change: str, message: str) -> None:
    write("d.csv", "still," + LINES[0], *(f"{change},{line}" for line in LINES[1:301]))
    words = ("--columns", "s01,s02,still,s03", "--model", "grm")
    assert nothing_done(run("analyse", "irt", "d.csv", *words)) == message


def test_scores_that_are_no_categories(run: Run) -> None:
    write("d.csv", "a,b,c", *(f"{number},1,2" for number in range(300)))
    words = ("--columns", "a-c", "--model", "grm")
    assert "column a has scores more than" in nothing_done(run("analyse", "irt", "d.csv", *words))
    write("d.csv", "a,b,c", "1.5,1,2")
    result = run("analyse", "irt", "d.csv", *words)
    assert "line 2, column a: 1.5 is not understood; expected a whole number or blank" in result.stderr
    assert nothing_done(result).startswith("d.csv: no row can be used")


@pytest.mark.parametrize("words", [(), ("--model", "rasch"), ("--model", "grm", "--min-category", "0")])
def test_bad_options(run: Run, words: tuple[str, ...]) -> None:
    assert nothing_done(run("analyse", "irt", str(SCORES), "--columns", COLUMNS, *words))
