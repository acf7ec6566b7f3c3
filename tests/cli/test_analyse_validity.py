import csv

import numpy as np
import pytest

from tests.cli.analysing import NAMES, SCORES, found, nothing_done, reference, worked, write
from tests.cli.conftest import Run

VALIDITY = ("analyse", "validity", "d.csv", "--score", "x", "--criterion", "y")


def correlated(r: float, n: int = 120) -> None:
    """Write n people of whom score and criterion correlate exactly r, the scores' SD being 2."""
    generator = np.random.default_rng(1)
    x, noise = generator.normal(size=(2, n))
    x = (x - x.mean()) / x.std(ddof=1)
    noise = noise - noise.mean()
    noise -= x * (noise @ x) / (x @ x)
    y = r * x + (1 - r * r) ** 0.5 * noise / noise.std(ddof=1)
    write("d.csv", "x,y", *(f"{a!r},{b!r}" for a, b in zip((2 * x).tolist(), y.tolist(), strict=True)))


def test_the_correlation_is_that_of_r(run: Run) -> None:
    with SCORES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] not in {"", "NA"} for name in NAMES)]
    write("d.csv", "x,y", *(f"{sum(int(row[name]) for name in NAMES)},{row['criterion']}" for row in rows))
    result, r = found(run(*VALIDITY)), reference()["criterion"]
    assert list(result) == [
        "n_used",
        "r",
        "interval",
        "score_sd",
        "needed_n",
        "needed_n_by_r",
        "range_restriction",
        "success",
        "base_rate",
        "expectancy",
    ]
    assert result["r"] == pytest.approx(r["r"], abs=1e-8)
    assert result["interval"] == pytest.approx(r["ci95"], abs=1e-8)
    assert result["score_sd"] == pytest.approx(reference()["sd_total"], abs=1e-8)
    assert result["range_restriction"] is None
    assert [row["fifth"] for row in result["expectancy"]] == [1, 2, 3, 4, 5]
    assert sum(row["n"] for row in result["expectancy"]) == result["n_used"] == 745
    assert result["expectancy"][0]["share"] < 0.5 < result["expectancy"][4]["share"]


def test_interval_needed_n_and_correction_are_the_worked_examples(run: Run) -> None:
    correlated(0.30)
    run_ = run(*VALIDITY, "--applicant-sd", "3")
    result, examples = found(run_), worked()["validation"]
    assert result["r"] == pytest.approx(0.30, abs=1e-9)
    assert result["interval"] == pytest.approx(examples["cor_ci_r.30_n120"], abs=1e-8)
    corrected = result["range_restriction"]
    assert (corrected["applicant_sd"], corrected["u"]) == (3.0, pytest.approx(1.5))
    assert corrected["r"] == pytest.approx(examples["thorndike_II_r.30_u1.5"], abs=1e-9)
    assert corrected["interval"][0] < corrected["r"] < corrected["interval"][1]
    assert (result["needed_n"], result["needed_n_by_r"]) == (85, {"0.20": 194, "0.26": 114, "0.30": 85})
    assert "only if these people were selected on this very score" in run_.stderr


def test_the_normal_model_stands_beside_the_shares(run: Run) -> None:
    correlated(0.26, 200)
    expectancy = found(run(*VALIDITY))["expectancy"]
    expected = worked()["validation"]["expectancy_above_median_by_quintile_r.26"]
    assert [row["expected_share"] for row in expectancy] == pytest.approx(expected, abs=1e-6)
    for row in expectancy:
        assert row["n"] == 40
        assert row["interval"][0] < row["share"] == row["successes"] / 40 < row["interval"][1]


def test_success_is_one_where_the_criterion_is_one_or_zero(run: Run) -> None:
    write("d.csv", "x,y", *(f"{number},{int(number > 5)}" for number in range(30)))
    result = found(run(*VALIDITY))
    assert (result["success"], result["base_rate"]) == ("criterion is 1", 0.8)
    write("d.csv", "x,y", *(f"{number},{number % 7}" for number in range(30)))
    assert found(run(*VALIDITY))["success"] == "criterion above its median, 3"


def test_a_perfect_correlation_needs_no_n(run: Run) -> None:
    write("d.csv", "x,y", "1,1", "2,2", "3,3", "4,4", "5,", ",6")
    run_ = run(*VALIDITY)
    result = found(run_)
    assert (result["n_used"], result["r"], result["interval"], result["needed_n"]) == (4, 1.0, [1.0, 1.0], None)
    assert result["expectancy"] == []
    assert "expectancy: not estimable" in run_.stderr


def test_a_criterion_that_never_exceeds_its_median_has_no_expected_shares(run: Run) -> None:
    write("d.csv", "x,y", "1,2", "2,5", "3,5", "4,5", "5,5", "6,5")
    result = found(run(*VALIDITY))
    assert (result["base_rate"], result["expectancy"][0]["expected_share"]) == (0.0, None)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["1,2", "2,3", "3,4"], "3 people with score and criterion are too few for a correlation"),
        (["1,2", "NA,3", "3,", "4,4", "5,5"], "3 people with score and criterion are too few for a correlation"),
        ([",2", "1,"], "0 people with score and criterion are too few for a correlation"),
        (["1,2", "1,3", "1,4", "1,5"], "a correlation with something that never varies has no value"),
    ],
)
def test_too_little_data(run: Run, rows: list[str], message: str) -> None:
    write("d.csv", "x,y", *rows)
    assert nothing_done(run(*VALIDITY)) == message


@pytest.mark.parametrize(("sd", "message"), [("0", "a standard deviation is above 0"), ("nan", "nan is not a number")])
def test_an_applicant_sd_that_is_none(run: Run, sd: str, message: str) -> None:
    correlated(0.2)
    assert message in nothing_done(run(*VALIDITY, "--applicant-sd", sd))


def test_scores_too_near_each_other_are_not_corrected(run: Run) -> None:
    write("d.csv", "x,y", "1e-200,1", "2e-200,2", "3e-200,4", "4e-200,3")
    assert nothing_done(run(*VALIDITY, "--applicant-sd", "2")) == "a ratio of standard deviations must be above zero"


def test_the_table_says_uncorrected_first(run: Run) -> None:
    correlated(0.30)
    table = run(*VALIDITY, "--applicant-sd", "3", "--format", "table").stdout
    assert table.startswith("r = 0.30 (95 % 0.13 to 0.45), uncorrected, over 120 people.\n")
