import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eiassess.scoring.person.engine import ENGINE, score_vector
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.person.stored_form import person_score_to_dict
from eiassess.scoring.simulating import simulate_people
from tests.banks.small_bank import FORM_FILE, write_small_bank
from tests.banks.small_bank import edit as edit_bank
from tests.cli.conftest import FORM, Run, rating_columns, shipped_form

COLUMNS = rating_columns(shipped_form())
N_ROWS = 6


def scored(text: str) -> dict[str, Any]:
    def refuse(name: str) -> None:
        message = f"{name} is not JSON"
        raise ValueError(message)

    result: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return result


def edit(path: Path, line: int, cells: dict[str, str]) -> None:
    """Change cells of a row by the names of their columns; the header is line 1."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    names = {name: number for number, name in enumerate(rows[0])}
    for name, value in cells.items():
        rows[line - 1][names[name]] = value
    path.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), encoding="utf-8")


def test_json_has_the_promised_shape(run: Run, responses: Path) -> None:
    result = run("score", FORM, str(responses))
    assert (result.exit_code, result.stderr) == (0, "6 of 6 rows scored\n")
    content = scored(result.stdout)
    loaded = shipped_form()
    assert {name: value for name, value in content.items() if name != "persons"} == {
        "form": FORM,
        "form_digest": loaded.form.digest,
        "key_digest": loaded.key.digest,
        "engine": ENGINE,
    }
    person = content["persons"][0]
    assert person["person"] == "P0001"
    assert {"score", "sem", "interval", "random_interval"} <= set(person["overall"])
    assert len(person["overall"]["interval"]) == len(person["overall"]["random_interval"]) == 2
    held = Counter(scenario.competency for scenario in loaded.form.scenarios)
    assert list(person["competencies"]) == list(held)  # in the form's order
    assert {name: each["n_scenarios"] for name, each in person["competencies"].items()} == held
    assert set(person["styles"]) == set(loaded.bank.model.styles)
    assert person["not_scored"] == []


def test_numbers_are_the_engines(run: Run, responses: Path) -> None:
    loaded = shipped_form()
    plan = scoring_plan(loaded.form, loaded.key)
    people = simulate_people(plan, 6, 1)
    expected = [person_score_to_dict(score_vector(plan, x)) for x in people.ratings.astype(float)]
    persons = scored(run("score", FORM, str(responses)).stdout)["persons"]
    said = ("person", "reasons")
    assert [{name: value for name, value in each.items() if name not in said} for each in persons] == expected


def test_the_same_responses_give_the_same_bytes(run: Run, responses: Path) -> None:
    first, second = (run("score", FORM, str(responses)).stdout for _ in range(2))
    assert first == second


def test_a_person_who_is_not_scored_is_no_refused_row(run: Run, responses: Path) -> None:
    """One skipped most of the form, one left a gap in two scenarios of a competency, so that too few of it are left."""
    loaded = shipped_form()
    scenarios, model = loaded.form.scenarios, loaded.bank.model
    competency = scenarios[0].competency
    first, second, *_ = [each for each in scenarios if each.competency == competency]
    edit(responses, 3, dict.fromkeys(COLUMNS[len(COLUMNS) // 4 :], ""))
    edit(responses, 4, {f"{first.id}.{first.option_ids[0]}": "NA", f"{second.id}.{second.option_ids[-1]}": ""})
    result = run("score", FORM, str(responses))
    assert result.exit_code == 0
    persons = scored(result.stdout)["persons"]
    assert persons[1]["overall"] is None
    assert persons[1]["competencies"] == dict.fromkeys(model.competency_ids)
    assert persons[1]["styles"] == dict.fromkeys(model.styles)
    assert persons[1]["not_scored"][0].endswith("scenarios are complete; at least 80 % are needed")
    assert persons[1]["reasons"][0]["code"] == "too-few-complete"
    assert persons[2]["overall"]["n_scenarios"] == len(scenarios) - 2
    assert [name for name, each in persons[2]["competencies"].items() if each is None] == [competency]
    assert persons[2]["not_scored"]


def test_bad_rows_are_named_and_the_others_scored(run: Run, responses: Path) -> None:
    edit(responses, 3, {COLUMNS[1]: "7"})
    result = run("score", FORM, str(responses))
    assert result.exit_code == 1
    assert result.stderr == (
        f"{responses}: line 3, column {COLUMNS[1]}: 7 is not a rating; "
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
        edit(responses, line, {COLUMNS[1]: "x"})
    result = run("score", FORM, str(responses), "-o", "s.json")
    assert result.exit_code == 2
    assert f"column {COLUMNS[1]} holds words in all 6 rows, as x; expected a whole number" in result.stderr
    assert "no row can be scored" in result.stderr
    assert not Path("s.json").exists()


def test_unknown_columns_are_nothing_done(run: Run, responses: Path) -> None:
    edit(responses, 1, {COLUMNS[1]: "no-scenario.z"})
    result = run("score", FORM, str(responses))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"unknown columns: no-scenario.z; missing columns: {COLUMNS[1]}" in result.stderr


def test_csv_is_the_same_flat(run: Run, responses: Path) -> None:
    model = shipped_form().bank.model
    competency, style = model.competency_ids[0], next(iter(model.styles))
    edit(responses, 3, dict.fromkeys(COLUMNS[1:], ""))
    persons = scored(run("score", FORM, str(responses)).stdout)["persons"]
    rows = list(csv.DictReader(io.StringIO(run("score", FORM, str(responses), "--format", "csv").stdout)))
    for row, person in zip(rows, persons, strict=True):
        assert row["person"] == person["person"]
        assert row["not_scored"] == "; ".join(person["not_scored"])
        assert row["engine"] == ENGINE
        if person["overall"] is None:
            assert row["overall.score"] == row[f"{competency}.interval.low"] == row[f"style.{style}.df"] == ""
            continue
        assert float(row["overall.score"]) == person["overall"]["score"]
        assert float(row["overall.random_interval.high"]) == person["overall"]["random_interval"][1]
        part = person["competencies"][competency]
        assert float(row[f"{competency}.interval.low"]) == part["interval"][0]
        assert int(row[f"{competency}.n_scenarios"]) == part["n_scenarios"]
        assert float(row[f"style.{style}.sem"]) == person["styles"][style]["sem"]


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
    result = run("score", FORM, str(responses), *words)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(words[1]).read_text(encoding="utf-8").startswith("person," if is_csv else '{"form"')


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a"])
def test_names_that_a_spreadsheet_would_run_are_neutralised_in_csv_only(run: Run, responses: Path, name: str) -> None:
    edit(responses, 2, {"person": name})
    (row, *_) = csv.DictReader(io.StringIO(run("score", FORM, str(responses), "--format", "csv").stdout))
    assert row["person"] == f"'{name}"
    assert scored(run("score", FORM, str(responses)).stdout)["persons"][0]["person"] == name


def test_scores_never_replace_their_responses(run: Run, responses: Path) -> None:
    before = responses.read_bytes()
    result = run("score", FORM, str(responses), "-o", str(responses))
    assert result.exit_code == 2
    assert "holds the responses" in result.stderr
    assert responses.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((FORM, "nowhere.csv"), "nowhere.csv: cannot be read: No such file or directory"),
        ((FORM, "nowhere.csv", "-o", "s.csv"), "nowhere.csv: cannot be read: No such file or directory"),
    ],
)
def test_what_is_not_there_is_one_line(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run("score", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")


def test_a_form_that_is_not_there_is_answered_with_those_that_are(run: Run) -> None:
    result = run("score", "standard-z", "r.csv")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("Error: There is no form 'standard-z'; forms here: ")
    assert FORM in result.stderr


def test_a_part_without_a_standard_error_is_blank_in_csv(run: Run, tmp_path: Path) -> None:
    """A form with one scenario a competency: overall and styles have scores, and no error can be told."""
    bank = write_small_bank(tmp_path / "banks" / "small")
    edit_bank(bank, FORM_FILE, r"^scenarios = .*", 'scenarios = ["lost-key", "late-bus"]')
    form = bank / FORM_FILE
    assert run("simulate", str(form), "--n", "1", "--seed", "1", "-o", "small.csv").exit_code == 0
    (row,) = csv.DictReader(io.StringIO(run("score", str(form), "small.csv", "--format", "csv").stdout))
    assert float(row["overall.score"]) > 50
    assert row["overall.sem"] == row["overall.interval.low"] == row["overall.interval.high"] == ""


def test_codes_for_missing_and_how_the_file_is_written_can_be_said(run: Run, responses: Path) -> None:
    right = json.loads(run("score", FORM, str(responses)).stdout)["persons"]
    lines = responses.read_text(encoding="utf-8").splitlines()
    written = [lines[0].replace(",", ";"), *(line.replace(",", ",0;").replace(",0;", ";", 1) for line in lines[1:])]
    written[1] = written[1].rpartition(";")[0] + ";-99"
    Path("s.csv").write_text("sep=;\n" + "\n".join(written), encoding="utf-8")
    refused = run("score", FORM, "s.csv", "--decimal", ",")
    assert "give --missing -99 if that stands for no answer" in refused.stderr
    assert "5 of 6 rows scored" in refused.stderr
    taken = run("score", FORM, "s.csv", "--decimal", ",", "--missing", "-99")
    assert json.loads(taken.stdout)["persons"][1:] == right[1:]
    assert "6 of 6 rows scored" in taken.stderr
