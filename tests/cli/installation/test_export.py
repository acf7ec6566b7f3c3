"""Scores and answers of an opening as files that other commands read."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from eiassess.cli.installation import opened_database, settings, utc_now
from tests.candidates import add_many
from tests.cli.conftest import Run

NAMES = ("=HYPERLINK(A1)", *(f"Nora {n:02}" for n in range(17)))


@pytest.fixture
def filled(ready: Run) -> str:
    """An opening with 14 people who handed in, two who began, and two who did not."""
    opening = ready("opening", "add", "Adviser", "--form", "screening").stdout.strip()
    with opened_database(settings()) as database:
        add_many(database, opening, NAMES, utc_now(), handed_in=14, begun=2)
    return opening


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_answers_are_read_by_score_and_give_the_numbers_of_the_scores(ready: Run, filled: str) -> None:
    answers = ready("opening", "export", filled, "--what", "answers", "-o", "answers.csv")
    assert (answers.exit_code, answers.stdout, answers.stderr) == (0, "", "answers of 18 candidates\n")
    scored = ready("score", "screening", "answers.csv", "-o", "scored.csv")
    assert (scored.exit_code, scored.stderr) == (0, "18 of 18 rows scored\n")
    assert ready("opening", "export", filled, "--what", "scores", "-o", "scores.csv").exit_code == 0
    made, exported = (table(Path(name).read_text("utf-8")) for name in ("scored.csv", "scores.csv"))
    by_score = [name for name in made[0] if name != "engine"]
    assert [name for name in exported[0] if name in made[0]] == list(made[0]), "in the same order"
    handed_in = [(one, other) for one, other in zip(made, exported, strict=True) if other["state"] == "handed in"]
    assert len(handed_in) == 14
    for one, other in handed_in:
        assert {name: one[name] for name in by_score} == {name: other[name] for name in by_score}
        assert other["engine"].startswith(one["engine"])
    assert {other["overall.score"] for one, other in zip(made, exported, strict=True) if not one["overall.score"]} == {
        ""
    }


@pytest.mark.parametrize(
    "words",
    [
        ("reliability", "--columns", "overall.score,overall.interval.low,overall.interval.high"),
        ("validity", "--score", "overall.score", "--criterion", "overall.sem"),
    ],
)
def test_analyse_gives_the_same_figures_from_both(ready: Run, filled: str, words: tuple[str, ...]) -> None:
    ready("opening", "export", filled, "--what", "answers", "-o", "answers.csv")
    ready("score", "screening", "answers.csv", "-o", "scored.csv")
    ready("opening", "export", filled, "--what", "scores", "-o", "scores.csv")
    command, *rest = words
    results = [ready("analyse", command, name, *rest, "--format", "json") for name in ("scored.csv", "scores.csv")]
    assert [each.exit_code for each in results] == [0, 0], results[0].stderr
    assert json.loads(results[0].stdout) == json.loads(results[1].stdout)


def test_without_a_file_it_is_standard_output(ready: Run, filled: str) -> None:
    result = ready("opening", "export", filled, "--what", "scores")
    assert result.exit_code == 0
    assert [row["person"] for row in table(result.stdout)] == [str(n) for n in range(1, 19)]
    assert result.stderr == "scores of 18 candidates\n"


def test_names_stand_there_only_when_asked_for_and_are_no_formulas(ready: Run, filled: str) -> None:
    assert "HYPERLINK" not in ready("opening", "export", filled, "--what", "scores").stdout
    named = table(ready("opening", "export", filled, "--what", "scores", "--names").stdout)
    assert named[0]["name"] == "'=HYPERLINK(A1)"
    assert named[1]["name"] == "Nora 00"


def test_each_column_is_explained(ready: Run, filled: str) -> None:
    for kind in ("scores", "answers"):
        rows = ready("opening", "export", filled, "--what", kind).stdout.splitlines()
        said = table(ready("opening", "export", filled, "--what", kind, "--columns").stdout)
        assert [each["column"] for each in said] == rows[0].split(",")
        assert all(each["unit"] and each["meaning"] for each in said)


def test_what_cannot_be_written_is_one_line(ready: Run, filled: str) -> None:
    nowhere = ready("opening", "export", "nowhere", "--what", "scores", "-o", "a.csv")
    assert (nowhere.exit_code, nowhere.stderr) == (2, "Error: There is no opening 'nowhere'\n")
    form = ready("opening", "export", filled, "--what", "answers", "--form", "short", "-o", "a.csv")
    assert (form.exit_code, form.stderr.count("\n")) == (2, 1)
    assert "Nobody here sits the form 'short'; choose one of screening:" in form.stderr
    assert not Path("a.csv").exists()


def test_a_workbook_holds_the_same_and_says_what_its_columns_mean(ready: Run, filled: str) -> None:
    plain = table(ready("opening", "export", filled, "--what", "scores").stdout)
    assert ready("opening", "export", filled, "--what", "scores", "-o", "scores.xlsx").exit_code == 0
    workbook = load_workbook("scores.xlsx")
    names, *found = workbook["Scores"].iter_rows(values_only=True)
    assert (
        list(names) == list(plain[0]) == [row[0] for row in workbook["Columns"].iter_rows(min_row=2, values_only=True)]
    )
    for row, cells in zip(plain, found, strict=True):
        assert list(row.values()) == ["" if cell is None else str(cell) for cell in cells]
    packed = ready("opening", "export", filled, "--what", "answers", "--format", "xlsx")
    assert load_workbook(io.BytesIO(packed.stdout_bytes)).sheetnames == ["Answers", "Columns"]
