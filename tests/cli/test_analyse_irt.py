import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.analysing import CASES, COLUMNS, NAMES, SCORES, found, nothing_done, reference, right, write
from tests.cli.conftest import Run

LINES = SCORES.read_text(encoding="utf-8").splitlines()


def people_of(path: str) -> list[dict[str, str]]:
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
        assert list(item) == ["id", "a", "categories", "d", "se_a", "se_d"]
        assert item["categories"] == [0, 1, 2, 3, 4]
        assert len(item["d"]) == len(item["se_d"]) == 4
        assert 0.01 < item["se_a"] < 0.2
    rows = people_of("theta.csv")
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
    rows = people_of("theta.csv")
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


def test_a_refusal_for_a_code_names_the_code_and_what_takes_it_as_blank(run: Run) -> None:
    lines = [line.split(",") for line in LINES[:601]]
    for line in lines[1:7]:
        line[lines[0].index("s01")] = "99"
    write("coded.csv", *(",".join(line) for line in lines))
    words = ("analyse", "irt", "coded.csv", "--columns", "s01-s06", "--model", "grm")
    refusal = nothing_done(run(*words))
    assert "99 stands 6 times in column s01" in refusal
    assert "--missing 99 takes it as blank" in refusal
    assert found(run(*words, "--missing", "99"))["n_used"] == 600


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


GAP = ("analyse", "irt", str(CASES / "category-gap.csv"), "--columns", "c1-c4", "--model", "grm")


def held_to_r(result: dict[str, Any]) -> None:
    """Compare with R's mirt, the step into each category by its name."""
    r = right()["grm"]
    assert result["n_used"] == r["n"]
    assert result["log_likelihood"] == pytest.approx(r["loglik"], abs=1e-4)
    for item, expected in zip(result["items"], r["items"], strict=True):
        assert item["id"] == expected["id"]
        assert item["a"] == pytest.approx(expected["a"], abs=2e-4)
        steps = {str(name): d for name, d in zip(item["categories"][1:], item["d"], strict=True)}
        assert steps == pytest.approx(expected["steps"], abs=2e-4)


def test_results_name_the_categories_that_were_used(run: Run) -> None:
    result = found(run(*GAP))
    held_to_r(result)
    assert [item["categories"] for item in result["items"]] == [[1, 2, 3, 4, 5], [1, 2, 3, 5], *[[1, 2, 3, 4, 5]] * 2]
    assert [round(d, 4) for d in result["items"][1]["d"]] == [3.0233, 0.8194, -1.0847]
    assert "left_out" not in result


def test_in_csv_each_step_has_a_column_of_its_own(run: Run) -> None:
    rows = list(csv.DictReader(run(*GAP, "--format", "csv").stdout.splitlines()))
    c1, c2, *_ = (row for row in rows if row["part"] == "items")
    assert [name for name in c2 if name.startswith("d.")] == ["d.2", "d.3", "d.4", "d.5"]
    assert [name for name in c2 if name.startswith("se_d.")] == ["se_d.2", "se_d.3", "se_d.4", "se_d.5"]
    assert (c2["d.4"], c2["se_d.4"], c2["categories"]) == ("", "", "1; 2; 3; 5")
    assert float(c2["d.5"]) == pytest.approx(-1.0847, abs=1e-4)
    assert c1["categories"] == "1; 2; 3; 4; 5"
    assert float(c1["d.4"]) == pytest.approx(-0.3213, abs=1e-4)


def test_in_a_table_each_step_is_led_by_its_category(run: Run) -> None:
    table = run(*GAP, "--format", "table").stdout
    assert "2: 3.023; 3: 0.819; 5: -1.085" in table
    assert "2: 0.323; 3: 0.180; 5: 0.189" in table


def test_collapsed_categories_are_called_by_their_lowest_score(run: Run) -> None:
    words = ("analyse", "irt", str(SCORES), "--columns", "s05-s12", "--model", "grm", "--min-category", "8")
    items = {item["id"]: item for item in found(run(*words))["items"]}
    assert "collapsed" not in items["s05"]
    assert (items["s07"]["categories"], items["s07"]["collapsed"]) == ([0, 1, 2, 4], ["2 and 3"])
    assert len(items["s07"]["d"]) == 3


@pytest.mark.parametrize(
    ("cell", "reason"), [("3", "everybody who answered scored 3"), ("", "nobody answered"), ("NA", "nobody answered")]
)
def test_a_column_that_tells_nothing_is_left_out_by_name(run: Run, cell: str, reason: str) -> None:
    header, *rows = (CASES / "constant-column.csv").read_text(encoding="utf-8").splitlines()
    people = [row.split(",") for row in rows]
    write("d.csv", header, *(",".join([*row[:2], cell, *row[3:]]) for row in people))
    words = ("analyse", "irt", "d.csv", "--columns", "c1-c4", "--model", "grm", "--scores", "theta.csv")
    result = found(run(*words))
    held_to_r(result)
    assert result["left_out"] == [{"id": "same", "reason": reason}]
    assert result["warnings"] == [f"column same is left out: {reason}"]
    assert len(people_of("theta.csv")) == 400
    table = run(*words, "--format", "table").stdout
    assert table.startswith(f"Warning: column same is left out: {reason}\nGRM of 4 columns over 400 rows: converged;")


def test_a_column_of_which_collapsing_leaves_one_category_is_left_out_by_name(run: Run) -> None:
    header, *rows = LINES
    write("d.csv", f"rare,{header}", *(f"{int(place < 7)},{row}" for place, row in enumerate(rows)))
    words = ("analyse", "irt", "d.csv", "--columns", "rare,s01-s03", "--model", "gpcm")
    assert [item["id"] for item in found(run(*words))["items"]] == ["rare", "s01", "s02", "s03"]
    (left_out,) = found(run(*words, "--min-category", "8"))["left_out"]
    reason = "one category is left once those with fewer than 8 answers are collapsed"
    assert left_out == {"id": "rare", "reason": reason}
    assert "left_out" not in found(run(*words, "--min-category", "7"))


def test_too_few_columns_that_are_left_name_those_that_are_not(run: Run) -> None:
    words = ("analyse", "irt", str(CASES / "constant-column.csv"), "--columns", "c1,same,c2", "--model", "grm")
    assert nothing_done(run(*words)) == (
        "a calibration needs at least 3 items, not 2; column same is left out: everybody who answered scored 3"
    )


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
