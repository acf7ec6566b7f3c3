import csv
import io

import pytest

from tests.cli.analysing import found, nothing_done, worked, write
from tests.cli.conftest import Run

HEADER = "expert,scenario,option,rating"


def ratings(rows: list[list[int]], scenario: str = "one", first: int = 1) -> list[str]:
    """Write experts by options as lines."""
    return [
        f"e{expert},{scenario},{'abcdefgh'[option]},{value}"
        for expert, row in enumerate(rows, start=first)
        for option, value in enumerate(row)
    ]


def test_numbers_are_those_of_the_worked_example(run: Run) -> None:
    example = worked()["sme_example"]
    write("d.csv", HEADER, *ratings(example["ratings_sme_by_option"]))
    result = found(run("analyse", "agreement", "d.csv", "--points", "5"))
    assert list(result) == ["points", "n_experts", "scenarios", "options"]
    assert (result["points"], result["n_experts"]) == (5, 6)
    options = result["options"]
    assert [(row["scenario"], row["option"], row["n_experts"]) for row in options] == [("one", o, 6) for o in "abcd"]
    assert [row["rwg"] for row in options] == pytest.approx(example["rwg_uniform5"], abs=1e-9)
    assert [row["average_deviation"] for row in options] == pytest.approx(example["AD_M"], abs=1e-9)
    (scenario,) = result["scenarios"]
    assert scenario["icc_2_k"] == scenario["icc_2_k_agreed"] == pytest.approx(example["ICC2k"], abs=1e-8)
    assert scenario["rwg_j"] == pytest.approx(example["rwg_j"], abs=1e-8)
    assert scenario["icc_2_k_interval"][0] < scenario["icc_2_k"] < scenario["icc_2_k_interval"][1]
    assert (scenario["kept"], scenario["doubts"]) == (False, ["few experts"])
    assert {row["kept"] for row in options} == {False}


def test_shrout_and_fleiss(run: Run) -> None:
    example = worked()["icc_shrout_fleiss_1979"]
    judges = [list(row) for row in zip(*example["ratings_6_targets_by_4_judges"], strict=True)]
    write("d.csv", HEADER, *ratings(judges))
    (scenario,) = found(run("analyse", "agreement", "d.csv", "--points", "10"))["scenarios"]
    assert scenario["icc_2_k"] == pytest.approx(example["ICC2k"], abs=1e-7)
    assert scenario["n_agreed"] < scenario["n_options"] == 6


def test_ten_experts_who_agree_keep_a_scenario_and_lose_one_option(run: Run) -> None:
    rows = [[6, 1, 3, value] for value in (1, 6, 1, 6, 1, 6, 1, 6, 1, 6)]
    rows[0][0] = 5
    write("d.csv", HEADER, *ratings(rows), *ratings([[2, 2], [3, 3]], "two"))
    result = found(run("analyse", "agreement", "d.csv"))
    assert [row["kept"] for row in result["options"]] == [True, True, True, False, False, False]
    assert result["options"][3]["doubts"] == ["low agreement", "large deviation"]
    one, two = result["scenarios"]
    assert (one["kept"], one["n_agreed"], one["n_options"], one["n_experts"]) == (True, 3, 4, 10)
    assert one["icc_2_k_agreed"] > one["icc_2_k"]
    assert one["spread"] == pytest.approx(4.9)
    assert two["doubts"][0] == "few experts"
    table = run("analyse", "agreement", "d.csv", "--format", "table").stdout
    assert table.startswith("1 of 2 scenarios and 3 of 6 options are agreed on well enough to be keyed by these 10 ex")
    parts = [
        row["part"]
        for row in csv.DictReader(io.StringIO(run("analyse", "agreement", "d.csv", "--format", "csv").stdout))
    ]
    assert parts == ["total", "scenarios", "scenarios", *["options"] * 6]


def test_columns_and_rows_in_any_order_and_missing_ratings(run: Run) -> None:
    write(
        "d.csv", "rating,note,option,scenario,expert", "6,,b,x,Zoë", "1,,a,x,Bo", "2,,a,x,Zoë", "NA,,b,x,Bo", ",,c,x,Bo"
    )
    run_ = run("analyse", "agreement", "d.csv")
    result = found(run_)
    assert [(row["option"], row["n_experts"]) for row in result["options"]] == [("b", 1), ("a", 2), ("c", 0)]
    assert result["options"][0]["rwg"] is None
    assert result["options"][2]["mean"] is None
    (scenario,) = result["scenarios"]
    assert (scenario["icc_2_k"], scenario["rwg_j"], scenario["n_experts"]) == (None, None, 0)
    assert "scenario x: icc_2_k: not estimable: an intraclass correlation needs two raters" in run_.stderr


def test_rows_that_cannot_be_used(run: Run) -> None:
    rows = ratings([[6, 1], [5, 2]])
    write("d.csv", HEADER, *rows, "e1,one,a,3", "e1,one,c,7", "e1,one,c,2.5", ",one,a,1", "e3,NA,a,1", "e3,one,,1")
    result = run("analyse", "agreement", "d.csv")
    two = "holds what is not understood in 2 of 10 rows (lines 7, 8), as 7, 2.5"
    wrong = "columns expert, scenario, option hold what is not understood in 3 of 10 rows (lines 9, 10, 11)"
    assert [line.removeprefix("d.csv: ") for line in result.stderr.splitlines()] == [
        f"column rating {two}; expected a whole number from 1 to 6 or blank",
        f"{wrong}, as '', NA; expected UTF-8 text",
        "line 6, column rating: e1 has rated option a of one in line 2 already; expected each rating once",
        "warning: only 40 % of the rows could be used (4 of 10); those left out may differ from the others",
        "4 of 10 rows read",
    ]
    content = found(result, 1)
    assert content["n_experts"] == 2
    assert content["options"][0]["mean"] == 5.5


def test_a_scenario_on_which_nobody_agrees(run: Run) -> None:
    write("d.csv", HEADER, *ratings([[1, 6], [6, 1]] * 5))
    (scenario,) = found(run("analyse", "agreement", "d.csv"))["scenarios"]
    assert (scenario["n_agreed"], scenario["icc_2_k_agreed"], scenario["spread"]) == (0, None, None)
    assert scenario["doubts"] == ["no icc"]


def test_a_missing_column(run: Run) -> None:
    write("d.csv", "expert,scenario,option,points", "a,b,c,1")
    message = "d.csv: line 1: there is no column rating; the columns are expert, scenario, option, points"
    assert nothing_done(run("analyse", "agreement", "d.csv")) == message


@pytest.mark.parametrize("points", ["1", "six"])
def test_a_scale_has_two_points(run: Run, points: str) -> None:
    write("d.csv", HEADER, "a,b,c,1")
    assert "--points" in nothing_done(run("analyse", "agreement", "d.csv", "--points", points))
