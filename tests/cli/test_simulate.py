import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import FORM, Run, rating_columns, shipped_form


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def simulate(run: Run, name: str, *more: str, n: int = 20, seed: int = 1) -> bytes:
    assert run("simulate", FORM, "--n", str(n), "--seed", str(seed), *more, "-o", name).exit_code == 0
    return Path(name).read_bytes()


def test_one_row_a_person_one_column_a_rating(run: Run, tmp_path: Path) -> None:
    result = run("simulate", FORM, "--n", "20", "--seed", "1", "-o", "r.csv")
    assert result.stdout == ""
    assert result.stderr == "20 simulated people: responses in r.csv, true values in r.truth.csv\n"
    people = rows(tmp_path / "r.csv")
    assert len(people) == 20
    assert list(people[0]) == ["person", *rating_columns(shipped_form())]
    assert {value for person in people for name, value in person.items() if name != "person"} == set("123456")


def test_true_values_stand_beside(run: Run, tmp_path: Path) -> None:
    simulate(run, "r.csv", "--careless", "0.1", "--random", "0.2")
    truth = rows(tmp_path / "r.truth.csv")
    assert [each["person"] for each in truth] == [each["person"] for each in rows(tmp_path / "r.csv")]
    assert Counter(each["kind"] for each in truth) == {"attentive": 14, "careless": 2, "random": 4}
    columns = list(truth[0])
    assert columns[:5] == ["person", "kind", "theta", "elevation", "scatter"]
    accuracies = [name for name in columns if name.startswith("accuracy.")]
    assert set(accuracies) == {f"accuracy.{name}" for name in shipped_form().bank.model.competency_ids}
    assert all(-1 < float(each[name]) < 1 for each in truth for name in accuracies)


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
    result = run("simulate", FORM, *words, "-o", "r.csv")
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(run: Run) -> None:
    result = run("simulate", FORM, "--n", "1", "--seed", "1", "-o", "nowhere/r.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert "No such file or directory" in result.stderr
    assert result.stderr.count("\n") == 1
