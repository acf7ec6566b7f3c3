"""``eiassess analyse impact``: what is written, and what cannot be done."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.analysing import found, nothing_done, write
from tests.cli.conftest import Run
from tests.cli.impact.people import counted


def test_csv_and_table_hold_both_lists(run: Run) -> None:
    words = ("analyse", "impact", counted(("w", 36, 12), ("m", 80, 48)), "--group", "sex", "--selected", "hired")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    assert [row["part"] for row in rows] == ["total", *["groups"] * 2, *["local_law_144.categories"] * 2]
    assert rows[0]["local_law_144.unknown"] == "0"
    table = run(*words, "--format", "table").stdout
    assert table.startswith("w: below four fifths of the highest rate, over 116 people, 60 of them selected.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--group", "g"), "give either --selected or --score"),
        (("--group", "g", "--selected", "s", "--score", "x"), "give either --selected or --score"),
        (("--group", "g,s,x", "--selected", "g"), "--group g,s,x: 3 columns; one or two can be crossed"),
        (("--group", "g", "--selected", "t"), "d.csv: line 1: there is no column t; the columns are g, s, x, none"),
        (("--group", "g", "--score", "none"), "column none is blank everywhere"),
        (("--group", "none", "--score", "x"), "column none: nobody's group is known"),
    ],
)
def test_what_cannot_be_done(run: Run, words: tuple[str, ...], message: str) -> None:
    write("d.csv", "g,s,x,none", "a,1,2,", "b,0,3,NA")
    assert nothing_done(run("analyse", "impact", "d.csv", *words)) == message


def test_columns_that_are_never_known_together_have_no_intersections(run: Run) -> None:
    write("d.csv", "a,b,s", *["x,,1", ",z,0"] * 12)
    law = found(run("analyse", "impact", "d.csv", "--group", "a,b", "--selected", "s"))["local_law_144"]
    assert [row["category"] for row in law["categories"]] == ["x", "z"]
    assert law["unknown"] == 24


def test_labels_that_are_not_utf8_are_refused(run: Run) -> None:
    Path("d.csv").write_bytes(b"g,s\n" + b"Zo\xc3\xab,1\n" * 10 + b"Zo\xeb,1\n")
    result = run("analyse", "impact", "d.csv", "--group", "g", "--selected", "s")
    assert result.stderr.startswith("d.csv: line 12, column g: 'Zo\\udceb' is not understood; expected UTF-8 text")
    assert found(result, 1)["groups"][0]["group"] == "Zoë"
