import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def simulate(run: Run, name: str, *more: str, n: int = 20, seed: int = 1) -> bytes:
    assert run("simulate", "standard-a", "--n", str(n), "--seed", str(seed), *more, "-o", name).exit_code == 0
    return Path(name).read_bytes()


def test_one_row_a_person_one_column_a_rating(run: Run, tmp_path: Path) -> None:
    result = run("simulate", "standard-a", "--n", "20", "--seed", "1", "-o", "r.csv")
    assert result.stdout == ""
    assert result.stderr == "20 simulated people: responses in r.csv, true values in r.truth.csv\n"
    people = rows(tmp_path / "r.csv")
    assert len(people) == 20
    assert list(people[0])[:2] == ["person", "half-day-at-the-door.a"]
    assert len(people[0]) == 67
    assert {value for person in people for name, value in person.items() if name != "person"} == set("123456")


def test_true_values_stand_beside(run: Run, tmp_path: Path) -> None:
    simulate(run, "r.csv", "--careless", "0.1", "--random", "0.2")
    truth = rows(tmp_path / "r.truth.csv")
    assert [each["person"] for each in truth] == [each["person"] for each in rows(tmp_path / "r.csv")]
    assert Counter(each["kind"] for each in truth) == {"attentive": 14, "careless": 2, "random": 4}
    columns = list(truth[0])
    assert columns[:5] == ["person", "kind", "theta", "elevation", "scatter"]
    assert len([name for name in columns if name.startswith("accuracy.")]) == 8
    assert all(-1 < float(each["accuracy.recovery"]) < 1 for each in truth)


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    first = simulate(run, "a.csv", "--careless", "0.2")
    assert simulate(run, "b.csv", "--careless", "0.2") == first
    assert Path("a.truth.csv").read_bytes() == Path("b.truth.csv").read_bytes()
    assert simulate(run, "c.csv", "--careless", "0.2", seed=2) != first


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--n", "0", "--seed", "1"), "0 is not in the range"),
        (("--n", "5", "--seed", "-1"), "-1 is not in the range"),
        (("--n", "5", "--seed", "1", "--careless", "1.5"), "1.5 is not in the range"),
        (("--n", "5", "--seed", "1", "--careless", "0.6", "--random", "0.6"), "together at most 1"),
        (("--n", "5"), "Missing option '--seed'"),
    ],
)
def test_numbers_out_of_range(run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    result = run("simulate", "standard-a", *words, "-o", "r.csv")
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(run: Run) -> None:
    result = run("simulate", "standard-a", "--n", "1", "--seed", "1", "-o", "nowhere/r.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert "No such file or directory" in result.stderr
    assert result.stderr.count("\n") == 1
