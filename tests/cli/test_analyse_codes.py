"""Values that look like codes for missing: what is warned of, and what is not."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from eiassess.cli.analyse.codes import suspected_codes
from tests.cli.analysing import found, write
from tests.cli.conftest import Run

CASES = Path(__file__).parent / "cases"


def suspected(*columns: list[float]) -> list[str]:
    """Give the values that are warned of."""
    numbers = {f"c{number}": np.array(values) for number, values in enumerate(columns, start=1)}
    return [message.partition(" ")[0] for message in suspected_codes(numbers, {})]


def scale(low: int, high: int, n: int = 60) -> list[float]:
    return [float(low + place % (high - low + 1)) for place in range(n)]


@pytest.mark.parametrize(
    ("low", "high", "code", "times"),
    [
        (25, 91, 999, 1),
        (1, 6, -99, 1),
        (1, 6, 99, 2),
        (0, 1, 9, 2),
        (1, 5, 9, 2),
        (1, 6, 9, 3),
        (1, 7, 9, 5),
        (1, 6, 8, 5),
        (1, 6, -1, 2),
        (0, 1, -9, 2),
        (0, 100, 8888, 1),
        (18, 65, 99, 3),
        (0, 10, 500, 2),
        (1, 6, 32767, 1),
    ],
)
def test_codes_that_are_warned_of_and_how_often_they_have_to_stand_there(
    low: int, high: int, code: int, times: int
) -> None:
    assert suspected([*scale(low, high), *[code] * times]) == [str(code)]
    assert suspected([*scale(low, high), *[code] * (times - 1)]) == []


@pytest.mark.parametrize(
    "values",
    [
        [],
        [5.0] * 30,
        scale(0, 1),
        [*[0.0] * 99, 1.0],
        scale(1, 6),
        scale(1, 9),
        scale(0, 100, 202),
        [*scale(0, 5), 7.0, 8.0, 9.0],
        scale(-3, 3),
        [each for each in scale(-3, 3) if each != 0],
        scale(-1, 1),
        [*scale(0, 6), *[-1.0] * 9],
        [*scale(20, 95), *[99.0] * 9],
        [1.0, 2.0, 6.0, 6.0],
        [*scale(-120, 40), *[-99.0] * 3],
        [np.nan] * 9,
    ],
)
def test_values_that_are_meant(values: list[float]) -> None:
    assert suspected(values) == []


@pytest.mark.parametrize("seed", range(20))
def test_heavy_tails_are_no_codes(seed: int) -> None:
    generator = np.random.default_rng(seed)
    seconds = generator.lognormal(3, 1, 400).round(1)
    counts = generator.geometric(0.4, 400).astype(float)
    ratings = generator.binomial(9, 0.2, 400).astype(float)
    assert suspected(seconds.tolist(), counts.tolist(), ratings.tolist()) == []


def test_codes_in_several_columns_count_together() -> None:
    columns = [[*scale(1, 6), 99.0] if number < 2 else scale(1, 6) for number in range(4)]
    assert suspected(*columns) == ["99"]
    assert suspected(*columns[1:]) == []


def test_several_codes_at_both_ends() -> None:
    assert suspected([*scale(1, 6), -99.0, -98.0, 999.0, 998.0, 9999.0]) == ["-99", "-98", "998", "999", "9999"]


def test_most_may_be_missing() -> None:
    assert suspected([*scale(1, 6, 20), *[999.0] * 180]) == ["999"]


def test_labels_that_are_codes() -> None:
    def told(*labels: str | None) -> list[str]:
        return [message.partition(" ")[0] for message in suspected_codes({}, {"g": labels})]

    assert told("woman", "man", None, "99") == ["99"]
    assert told("woman", "man", "3", "-1") == []
    assert told(*["1", "2"] * 30, "9", "9") == ["9"]
    assert told(*["1", "2", "3"] * 30) == []
    assert told("woman", "man", None) == []


@pytest.mark.parametrize("layout", ["json", "csv", "table"])
def test_the_warning_stands_on_top_of_the_result(run: Run, layout: str) -> None:
    words = ("analyse", "norms", str(CASES / "missing-999.csv"), "--score", "score", "--format", layout)
    result = run(*words)
    warning = "999 stands 20 times in column score, far from the other values (25 to 91): is it a code for missing?"
    first = result.stdout.replace("{\n", "").splitlines()[0]
    if layout == "csv":
        row = next(csv.DictReader(io.StringIO(result.stdout)))
        first = row["warnings"]
        assert list(row)[:2] == ["part", "warnings"]
    assert warning in first
    assert f"warning: {warning}" in result.stderr
    assert "warning" not in run(*words, "--missing", "none").stderr
    assert "warning" not in run(*words, "--missing", "999").stderr


def test_reliability_with_codes(run: Run) -> None:
    words = ("analyse", "reliability", str(CASES / "missing-minus99.csv"), "--columns", "n1-n5")
    (warning,) = found(run(*words))["warnings"]
    assert warning.startswith("-99 stands 25 times in columns n1, n2, n3, n4, n5, far from the other values (1 to 6)")
    result = found(run(*words, "--missing", "-99"))
    assert (result["n_used"], result["alpha"]) == (116, pytest.approx(0.7802221581073))
    item_total = [item["corrected_item_total"] for item in result["items"]]
    right = [0.5596250940479, 0.5473658741969, 0.5382949177113, 0.4910054821866, 0.6417368287541]
    assert item_total == pytest.approx(right)


def test_impact_with_codes(run: Run) -> None:
    words = ("analyse", "impact", str(CASES / "missing-999.csv"), "--group", "sex", "--score", "score")
    assert found(run(*words))["warnings"][0].startswith("999 stands 20 times")
    women, men = found(run(*words, "--missing", "999"))["groups"]
    assert [women["selected"], women["n"], men["selected"], men["n"]] == [24, 60, 44, 80]
    assert (women["impact_ratio"], women["below_four_fifths"]) == (pytest.approx(0.7272727), True)
    assert women["p_fisher"] == pytest.approx(0.08952, abs=5e-6)


def test_a_code_that_a_column_cannot_hold_is_named_as_such(run: Run) -> None:
    write("d.csv", "g,s", *["a,1", "b,0"] * 30, *["a,-9"] * 5)
    result = run("analyse", "impact", "d.csv", "--group", "g", "--selected", "s")
    assert "column s holds numbers that may stand for no answer in 5 of 65 rows" in result.stderr
    assert "give --missing -9 if that stands for no answer" in result.stderr


def test_norms_with_codes_are_doubtful_however_many_people_there_are(run: Run) -> None:
    write("d.csv", "s", *(str(30 + each % 40) for each in range(400)), "999", "999")
    described = ("--population", "x", "--language", "x", "--dates", "x")
    words = ("analyse", "norms", "d.csv", "--score", "s", *described)
    assert found(run(*words))["status"] == "doubtful"
    assert "They are doubtful: see the warning." in run(*words, "--format", "table").stdout
    assert found(run(*words, "--missing", "999"))["status"] == "plain"
    assert found(run(*words, "--missing", "none"))["status"] == "plain"


def test_norms_of_some_of_the_rows_are_doubtful(run: Run) -> None:
    write("d.csv", "s", *(str(30 + each % 40) for each in range(400)), *["absent"] * 45)
    words = ("analyse", "norms", "d.csv", "--score", "s")
    assert found(run(*words, "--population", "x", "--language", "x", "--dates", "x"), 1)["status"] == "doubtful"
    assert found(run(*words), 1)["status"] == "not documented"
