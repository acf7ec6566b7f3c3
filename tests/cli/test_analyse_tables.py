from pathlib import Path

import pytest

from eiassess.cli.analyse.tables import open_table
from eiassess.errors import InvalidInputError
from tests.cli.analysing import found, nothing_done, write
from tests.cli.conftest import Run

HEADER = "person,s01,s02,s03,s-04,a-b,a,b,b-c,c,d,d"


def selected(tmp_path: Path, columns: str, header: str = HEADER) -> tuple[str, ...]:
    path = tmp_path / "d.csv"
    path.write_text(f"{header}\n", encoding="utf-8")
    return open_table(path).select(columns)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("s01", "s01"),
        ("s01-s03", "s01 s02 s03"),
        ("s01,s03-s-04", "s01 s03 s-04"),
        (" s03 , s01 - s02 ", "s03 s01 s02"),
        ("s-04", "s-04"),
        ("s03-a", "s03 s-04 a-b a"),
        ("a-b", "a-b"),
        ("s02-s02", "s02"),
    ],
)
def test_lists_and_ranges_in_the_headers_order(tmp_path: Path, columns: str, expected: str) -> None:
    assert selected(tmp_path, columns) == tuple(expected.split())


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("s09", "there is no column s09; the columns are person, s01, s02, s03, s-04, a-b, a, b and 4 more"),
        ("s01-s09", "there is no column s01-s09; the columns are"),
        ("", "there is no column ''"),
        ("s01,,s02", "there is no column ''"),
        ("s03-s01", "s03-s01: s01 stands before s03"),
        ("s01,s02,s01-s03", "columns named twice in s01,s02,s01-s03: s01, s02"),
        ("a-b-c", "a-b-c can mean a to b-c or a-b to c; name the columns one by one"),
        ("d", "doubled column d"),
        ("c-d", "doubled column d"),
        ("a-c,b-d", "doubled column d"),
    ],
)
def test_columns_that_are_not_understood(tmp_path: Path, columns: str, message: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        selected(tmp_path, columns)
    assert str(caught.value).startswith(f"{tmp_path / 'd.csv'}: line 1: {message}")


def test_a_doubled_column_within_a_range(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="doubled column b"):
        selected(tmp_path, "a-c", "a,b,b,c")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "d.csv: line 1: no header; expected the column names in the first line"),
        (b"\n\n", "d.csv: line 1: no header; expected the column names in the first line"),
        (b'a,"b\n1,2\n', "d.csv: line 1: not readable as CSV (unexpected end of data)"),
        (b"a,b\n", "d.csv: no row can be used; expected rows of data below the header"),
        (b"a,\xff\n1,2\n", "d.csv: line 1: the header is not UTF-8 text; save the file as UTF-8"),
        (b"a,b\nx,1\n", "d.csv: no row can be used; line 2, column a: x is not understood; expected a number"),
        (b"a,b\nx,1\n1\n", "d.csv: no row can be used; expected rows of data below the header"),
    ],
)
@pytest.mark.parametrize("command", ["reliability", "quality"])
def test_files_of_which_nothing_can_be_used(run: Run, command: str, content: bytes, message: str) -> None:
    Path("d.csv").write_bytes(content)
    assert nothing_done(run("analyse", command, "d.csv", "--columns", "a,b")).startswith(message)


def test_a_file_that_is_not_there(run: Run) -> None:
    message = nothing_done(run("analyse", "norms", "nowhere.csv", "--score", "a"))
    assert message == "nowhere.csv: cannot be read: No such file or directory"
    Path("folder").mkdir()
    assert "folder: cannot be read" in nothing_done(run("analyse", "norms", "folder", "--score", "a"))


def test_bad_rows_are_named_and_left_out(run: Run) -> None:
    write("d.csv", "a,b,c", "1,2,3", "2,two,x", "3,3", "4,4,2", '5,"5,1', "6,6,1")
    result = run("analyse", "reliability", "d.csv", "--columns", "a-c")
    two = "d.csv: line 3, column b: two is not understood; expected a number such as 3 or 2.5"
    assert result.stderr.splitlines() == [
        f"{two}, or blank (and 1 more in this row)",
        "d.csv: line 4: 2 cells; expected 3, one for each column",
        "d.csv: line 6: not readable as CSV (unexpected end of data); expected cells with paired quotation marks",
        "omega_total: not estimable: the items follow exactly from each other, or there are fewer people than items",
        "warning: only 40 % of the rows could be used (2 of 5); those left out may differ from the others",
        "2 of 5 rows read",
    ]
    assert found(result, 1)["n_used"] == 2


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "1e999", "1e101", "1_0", "٣", "0x1", "--1", "1 2", "."])
def test_what_is_no_number(run: Run, cell: str) -> None:
    write("d.csv", "a,b", "1,2", "3,3", f'"{cell}",4')
    result = run("analyse", "reliability", "d.csv", "--columns", "a,b")
    assert result.stderr.startswith("d.csv: line 4, column a: ")
    assert found(result, 1)["n_used"] == 2


def test_numbers_blank_and_na(run: Run) -> None:
    write("d.csv", "a;b", " 1 ;+2.50", "-3.;.5e1", "NA;4", ";5", "7e-1;NA", "")
    result = run("analyse", "reliability", "d.csv", "--columns", "a,b")
    assert result.stderr.endswith("5 of 5 rows read\n")
    content = found(result)
    assert content["n_used"] == 2
    assert [item["mean"] for item in content["items"]] == [-1.0, 3.75]


def test_columns_that_are_not_asked_for_may_hold_anything(run: Run) -> None:
    write("d.csv", "name,a,b", "Zoë,1,2", "\x1b[31m,2,1", ",4,6")
    assert found(run("analyse", "reliability", "d.csv", "--columns", "a-b"))["n_used"] == 3


def test_a_column_cannot_be_two_things(run: Run) -> None:
    write("d.csv", "a,b", "1,2", "2,1")
    message = "d.csv: line 1: asked for as two different things: a"
    assert nothing_done(run("analyse", "validity", "d.csv", "--score", "a", "--criterion", "a")) == message
    assert nothing_done(run("analyse", "impact", "d.csv", "--group", "a", "--score", "a")) == message
