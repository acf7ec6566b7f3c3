"""``simulate`` and ``score`` on forms of choices, one after the other."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from eiassess.domain.formats import ResponseFormat
from tests.choice_forms import write_form
from tests.cli.conftest import Run

BEST_AND_WORST, RANK, PICK_BEST = ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RANK, ResponseFormat.PICK_BEST


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A form that rates all but three scenarios, one in each format of choices."""
    return write_form(tmp_path, ResponseFormat.RATE_EACH, {1: BEST_AND_WORST, 2: RANK, 3: PICK_BEST})


def simulate(run: Run, form: Path, *more: str, n: int = 12) -> list[dict[str, str]]:
    assert run("simulate", str(form), "--n", str(n), "--seed", "4", *more, "-o", "r.csv").exit_code == 0
    with Path("r.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scored(run: Run, form: Path) -> dict[str, Any]:
    result = run("score", str(form), "r.csv")
    assert (result.exit_code, result.stderr) == (0, "12 of 12 rows scored\n")
    content: dict[str, Any] = json.loads(result.stdout, parse_constant=pytest.fail)
    return content


@pytest.mark.parametrize(
    ("format_", "cells"), [(BEST_AND_WORST, ["", "", "1", "-1"]), (RANK, ["1", "2", "3", "4"]), (PICK_BEST, ["", "1"])]
)
def test_simulated_people_choose_and_are_scored(
    run: Run, tmp_path: Path, format_: ResponseFormat, cells: list[str]
) -> None:
    form = write_form(tmp_path, format_)
    people = simulate(run, form)
    assert {value for each in people for value in each.values()} >= set(cells)
    persons = scored(run, form)["persons"]
    assert all(each["overall"]["score"] > 50 for each in persons)
    assert all(each["distance"] is None for each in persons)
    assert all(set(each["competencies"].values()) == {None} for each in persons)
    assert all("overall score only" in each["not_scored"][0] for each in persons)
    row = next(csv.DictReader(io.StringIO(run("score", str(form), "r.csv", "--format", "csv").stdout)))
    assert float(row["overall.interval.low"]) < float(row["overall.score"])
    assert row["recovery.score"] == ""


def test_a_mixed_form_goes_through_and_back(run: Run, mixed: Path) -> None:
    people = simulate(run, mixed, "--random", "0.25")
    names = list(people[0])
    scenarios = list(dict.fromkeys(name.rpartition(".")[0] for name in names[1:]))
    for person in people:
        pages = [[person[name] for name in names if name.startswith(f"{scenario}.")] for scenario in scenarios[:4]]
        assert set(pages[0]) <= set("123456")
        assert sorted(cell for cell in pages[1] if cell) == ["-1", "1"]
        assert sorted(pages[2]) == [str(place) for place in range(1, len(pages[2]) + 1)]
        assert [cell for cell in pages[3] if cell] == ["1"]
    persons = scored(run, mixed)["persons"]
    assert all(each["distance"] is not None for each in persons)
    assert all(each["n_unanswered"] == 0 for each in persons)
    assert all("mixes formats" in each["not_scored"][-1] for each in persons)


def test_the_same_seed_gives_the_same_bytes(run: Run, mixed: Path) -> None:
    simulate(run, mixed)
    first = Path("r.csv").read_bytes()
    simulate(run, mixed)
    assert Path("r.csv").read_bytes() == first


def test_two_bests_are_named_by_line_and_column(run: Run, tmp_path: Path) -> None:
    form = write_form(tmp_path, BEST_AND_WORST)
    people = simulate(run, form, n=2)
    names = list(people[0])
    scenario = names[1].rpartition(".")[0]
    people[1] |= dict.fromkeys((name for name in names if name.startswith(f"{scenario}.")), "")
    people[1] |= {names[1]: "1", names[2]: "1"}
    with Path("r.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(people)
    result = run("score", str(form), "r.csv")
    assert result.exit_code == 1
    assert f"r.csv: line 3, columns {names[1]}, {names[2]}: 1 stands in each of them" in result.stderr
