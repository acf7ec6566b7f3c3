import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.scoring.engine import ENGINE, score_vector
from eiassess.scoring.plan import scoring_plan
from eiassess.scoring.records import person_score_to_dict
from eiassess.scoring.simulating import simulate_people
from tests.cli.conftest import Run


def scored(text: str) -> dict[str, Any]:
    def refuse(name: str) -> None:
        message = f"{name} is not JSON"
        raise ValueError(message)

    result: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return result


def edit(path: Path, line: int, **cells: str) -> None:
    """Change cells of a row; the header is line 1. Names: ``c1`` is the column beside ``person``."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    for name, value in cells.items():
        rows[line - 1][int(name[1:])] = value
    path.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), encoding="utf-8")


def test_json_has_the_promised_shape(run: Run, responses: Path) -> None:
    result = run("score", "standard-a", str(responses))
    assert (result.exit_code, result.stderr) == (0, "6 of 6 rows scored\n")
    content = scored(result.stdout)
    loaded = load_form("standard-a", (data_folder("question_banks"),))
    assert {name: value for name, value in content.items() if name != "persons"} == {
        "form": "standard-a",
        "form_digest": loaded.form.digest,
        "key_digest": loaded.key.digest,
        "engine": ENGINE,
    }
    person = content["persons"][0]
    assert person["person"] == "P0001"
    assert {"score", "sem", "interval", "random_interval"} <= set(person["overall"])
    assert len(person["overall"]["interval"]) == len(person["overall"]["random_interval"]) == 2
    assert list(person["competencies"]) == [s.competency for s in loaded.form.scenarios[:8]]
    assert set(person["styles"]) == set(loaded.bank.model.styles)
    assert all(each["n_scenarios"] == 2 for each in person["competencies"].values())
    assert person["not_scored"] == []


def test_numbers_are_the_engines(run: Run, responses: Path) -> None:
    loaded = load_form("standard-a", (data_folder("question_banks"),))
    plan = scoring_plan(loaded.form, loaded.key)
    people = simulate_people(plan, 6, 1)
    expected = [person_score_to_dict(score_vector(plan, x)) for x in people.ratings.astype(float)]
    persons = scored(run("score", "standard-a", str(responses)).stdout)["persons"]
    assert [{name: value for name, value in each.items() if name != "person"} for each in persons] == expected


def test_the_same_responses_give_the_same_bytes(run: Run, responses: Path) -> None:
    first, second = (run("score", "standard-a", str(responses)).stdout for _ in range(2))
    assert first == second


def test_a_person_who_is_not_scored_is_no_refused_row(run: Run, responses: Path) -> None:
    edit(responses, 3, **{f"c{i}": "" for i in range(1, 40)})
    edit(responses, 4, c1="NA", c30="")
    result = run("score", "standard-a", str(responses))
    assert result.exit_code == 0
    persons = scored(result.stdout)["persons"]
    assert persons[1]["overall"] is None
    assert set(persons[1]["competencies"].values()) == {None}
    assert len(persons[1]["competencies"]) == 8
    assert len(persons[1]["styles"]) == 4
    assert "at least 80 % are needed" in persons[1]["not_scored"][0]
    assert persons[2]["overall"]["n_scenarios"] == 14
    assert persons[2]["competencies"]["understanding-emotions"] is None
    assert persons[2]["not_scored"]


def test_bad_rows_are_named_and_the_others_scored(run: Run, responses: Path) -> None:
    edit(responses, 3, c2="7")
    result = run("score", "standard-a", str(responses))
    assert result.exit_code == 1
    assert result.stderr == (
        f"{responses}: line 3, column half-day-at-the-door.b: 7 is not a rating; "
        "expected a whole number from 1 to 6 or blank\n5 of 6 rows scored\n"
    )
    assert [each["person"] for each in scored(result.stdout)["persons"]] == [
        "P0001",
        "P0003",
        "P0004",
        "P0005",
        "P0006",
    ]


def test_no_usable_row_is_nothing_done(run: Run, responses: Path) -> None:
    for line in range(2, 8):
        edit(responses, line, c2="x")
    result = run("score", "standard-a", str(responses), "-o", "s.json")
    assert result.exit_code == 2
    assert result.stderr.count("is not a rating") == 6
    assert "no row can be scored" in result.stderr
    assert not Path("s.json").exists()


def test_unknown_columns_are_nothing_done(run: Run, responses: Path) -> None:
    edit(responses, 1, c2="half-day-at-the-door.z")
    result = run("score", "standard-a", str(responses))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown columns: half-day-at-the-door.z; missing columns: half-day-at-the-door.b" in result.stderr


def test_csv_is_the_same_flat(run: Run, responses: Path) -> None:
    edit(responses, 3, **{f"c{i}": "" for i in range(1, 40)})
    persons = scored(run("score", "standard-a", str(responses)).stdout)["persons"]
    rows = list(csv.DictReader(io.StringIO(run("score", "standard-a", str(responses), "--format", "csv").stdout)))
    for row, person in zip(rows, persons, strict=True):
        assert row["person"] == person["person"]
        assert row["not_scored"] == "; ".join(person["not_scored"])
        assert row["engine"] == ENGINE
        if person["overall"] is None:
            assert row["overall.score"] == row["recovery.interval.low"] == row["style.personal.df"] == ""
            continue
        assert float(row["overall.score"]) == person["overall"]["score"]
        assert float(row["overall.random_interval.high"]) == person["overall"]["random_interval"][1]
        assert float(row["recovery.interval.low"]) == person["competencies"]["recovery"]["interval"][0]
        assert int(row["recovery.n_scenarios"]) == 2
        assert float(row["style.personal.sem"]) == person["styles"]["personal"]["sem"]


@pytest.mark.parametrize(
    ("words", "is_csv"),
    [
        (("-o", "s.csv"), True),
        (("-o", "s.CSV"), True),
        (("-o", "s.json"), False),
        (("-o", "s"), False),
        (("-o", "s.csv", "--format", "json"), False),
        (("-o", "s.json", "--format", "csv"), True),
    ],
)
def test_the_format_follows_the_files_name_unless_it_is_given(
    run: Run, responses: Path, words: tuple[str, ...], *, is_csv: bool
) -> None:
    result = run("score", "standard-a", str(responses), *words)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(words[1]).read_text(encoding="utf-8").startswith("person," if is_csv else '{"form"')


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a"])
def test_names_that_a_spreadsheet_would_run_are_neutralised_in_csv_only(run: Run, responses: Path, name: str) -> None:
    edit(responses, 2, c0=name)
    (row, *_) = csv.DictReader(io.StringIO(run("score", "standard-a", str(responses), "--format", "csv").stdout))
    assert row["person"] == f"'{name}"
    assert scored(run("score", "standard-a", str(responses)).stdout)["persons"][0]["person"] == name


def test_scores_never_replace_their_responses(run: Run, responses: Path) -> None:
    before = responses.read_bytes()
    result = run("score", "standard-a", str(responses), "-o", str(responses))
    assert result.exit_code == 2
    assert "holds the responses" in result.stderr
    assert responses.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("standard-z", "r.csv"), "There is no form 'standard-z'; forms here: standard-a"),
        (("standard-a", "nowhere.csv"), "nowhere.csv: cannot be read: No such file or directory"),
        (("standard-a", "nowhere.csv", "-o", "s.csv"), "nowhere.csv: cannot be read: No such file or directory"),
    ],
)
def test_what_is_not_there_is_one_line(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run("score", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")


def test_a_part_without_a_standard_error_is_blank_in_csv(run: Run, tmp_path: Path) -> None:
    """A form with one scenario a competency: overall and styles have scores, and no error can be told."""
    shipped = data_folder("question_banks") / "service-ei"
    bank = tmp_path / "banks" / "small"
    for path in shipped.rglob("*.toml"):
        target = bank / path.relative_to(shipped)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    form = bank / "forms" / "standard-a.toml"
    names = [line for line in form.read_text(encoding="utf-8").splitlines() if line.startswith('  "')]
    text = form.read_text(encoding="utf-8")
    for name in names[8:]:
        text = text.replace(f"{name}\n", "")
    form.write_text(text, encoding="utf-8")
    assert run("simulate", str(form), "--n", "1", "--seed", "1", "-o", "small.csv").exit_code == 0
    (row,) = csv.DictReader(io.StringIO(run("score", str(form), "small.csv", "--format", "csv").stdout))
    assert float(row["overall.score"]) > 50
    assert row["overall.sem"] == row["overall.interval.low"] == row["overall.interval.high"] == ""
