from pathlib import Path

import pytest

from eiassess.banks.tables.csv_format import CsvFormat
from eiassess.banks.tables.responses import ResponsesFile, read_responses, response_cells, response_columns
from eiassess.domain.formats import ResponseFormat
from eiassess.errors import InvalidInputError
from tests.builders import make_form, make_scenario

FORM = make_form([make_scenario("one", options=2), make_scenario("two", options=2)])
HEADER = "person,one.a,one.b,two.a,two.b"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "responses.csv"


def read(file: Path, *lines: str, header: str = HEADER, end: str = "\n", encoding: str = "utf-8") -> ResponsesFile:
    file.write_bytes(end.join([header, *lines, ""]).encode(encoding))
    return read_responses(file, FORM)


def nothing(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(InvalidInputError) as caught:
        read_responses(file, FORM)
    return str(caught.value).removeprefix(str(file))


def test_columns_follow_the_form() -> None:
    assert response_columns(FORM) == ("one.a", "one.b", "two.a", "two.b")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_line_ends_byte_order_mark_and_separator(file: Path, end: str, encoding: str, delimiter: str) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, "Zoë,1,2,3,4", "Bo,6,5,,NA")]
    table = read(file, *lines[1:], header=lines[0], end=end, encoding=encoding)
    assert [(row.person, row.ratings) for row in table.people] == [("Zoë", (1, 2, 3, 4)), ("Bo", (6, 5, None, None))]
    assert table.refused == ()


def test_columns_in_any_order(file: Path) -> None:
    table = read(file, "4,1,Bo,3,2", header="two.b, one.a ,person,two.a,one.b")
    assert table.people[0].ratings == (1, 2, 3, 4)


def test_white_space_and_whole_decimals_are_ratings(file: Path) -> None:
    assert read(file, "Bo, 1 ,2.0,3.,+4").people[0].ratings == (1, 2, 3, 4)


@pytest.mark.parametrize(
    "cell", ["7", "0", "-1", "2.5", "two", "1e0", "nan", "٣", "1_0", "99999999999999999999", "N/A", "na", "3,0"]
)
def test_what_is_not_a_rating_refuses_the_row(file: Path, cell: str) -> None:
    table = read(file, f'Bo,1,2,"{cell}",4', "Al,1,2,3,4")
    (message,) = table.refused
    expected = "expected a whole number from 1 to 6 or blank"
    assert message.startswith(f"{file}: line 2, column two.a: {cell} is not a rating; {expected}")
    assert [row.person for row in table.people] == ["Al"]


def test_the_first_of_several_bad_cells_is_named(file: Path) -> None:
    (message,) = read(file, "Bo,7,2,70,0").refused
    assert message.startswith(f"{file}: line 2, column one.a: 7 is not a rating")
    assert message.endswith("(and 2 more in this row)")


def test_what_a_terminal_cannot_take_is_shown_escaped_and_short(file: Path) -> None:
    (message,) = read(file, f"Bo,1,2,\x1b[31m{'x' * 500},4").refused
    assert "\x1b" not in message
    assert "'\\x1b[31mxxx" in message
    assert len(message) < 300


@pytest.mark.parametrize(("row", "cells"), [("Bo,1,2,3", 4), ("Bo,1,2,3,4,5", 6), ("Bo", 1)])
def test_too_few_or_many_cells(file: Path, row: str, cells: int) -> None:
    table = read(file, row, "Al,1,2,3,4")
    assert table.refused == (f"{file}: line 2: {cells} cells; expected 5, one for each column",)
    assert len(table.people) == 1


def test_persons_have_to_be_there_once(file: Path) -> None:
    table = read(file, "Bo,1,2,3,4", " ,1,2,3,4", " Bo ,1,2,3,4")
    assert table.refused == (
        f"{file}: line 3, column person: nothing there; expected the person's id or name",
        f"{file}: line 4, column person: Bo stands in line 2 already; expected each person once",
    )


def test_lines_are_the_files_own(file: Path) -> None:
    table = read(file, '"Bo\nBloggs",1,2,3,4', "", "Al,1,2,3,9", "Cy,1,2,3,4")
    assert [(row.person, row.line) for row in table.people] == [("Bo\nBloggs", 2), ("Cy", 6)]
    assert table.refused[0].startswith(f"{file}: line 5, column two.b: 9 is not")


def test_quotation_marks_that_do_not_pair(file: Path) -> None:
    table = read(file, '"Bo"x,1,2,3,4', "Al,1,2,3,4", '"Cy,1,2,3,4')
    assert [row.person for row in table.people] == ["Al"]
    assert [message.split(": ")[1] for message in table.refused] == ["line 2", "line 4"]
    assert "paired quotation marks" in table.refused[0]


def test_a_name_that_is_not_utf_8_refuses_its_row_only(file: Path) -> None:
    file.write_bytes(HEADER.encode() + b"\nZo\xeb,1,2,3,4\nAl,1,2,3,4\n")
    table = read_responses(file, FORM)
    assert [row.person for row in table.people] == ["Al"]
    assert table.refused[0].startswith(f"{file}: line 2, column person: 'Zo\\udceb' is not UTF-8 text")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (
            "person,one.a,one.b,two.a,two.z",
            "unknown columns: two.z; missing columns: two.b",
        ),
        ("person,one.a,one.a,one.b,two.a,two.b", "doubled columns: one.a"),
        ("one.a,one.b,two.a,two.b", "missing columns: person"),
        (f"{HEADER},", "unknown columns: ''"),
        (f"{HEADER},{','.join('abcdefghij')}", "unknown columns: a, b, c, d, e, f, g, h and 2 more"),
    ],
)  # fmt: skip
def test_columns_that_are_not_the_forms(file: Path, header: str, problem: str) -> None:
    expected = "expected person and one column for each option of the form"
    assert nothing(file, header.encode()) == f": line 1: {problem}; {expected}"


def test_a_header_in_letters_of_one_byte(file: Path) -> None:
    content = f"{HEADER},gr\u00f6\u00dfe".encode("latin-1")
    assert nothing(file, content) == ": line 1: the header is not UTF-8 text; save the file as UTF-8"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(file: Path, content: bytes) -> None:
    assert nothing(file, content) == ": line 1: no header; expected the column names in the first line"


def test_a_header_with_an_open_quotation_mark(file: Path) -> None:
    assert nothing(file, b'\n"person,one.a\n').startswith(": line 2: not readable as CSV")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"nowhere\.csv: cannot be read: No such file"):
        read_responses(tmp_path / "nowhere.csv", FORM)


def test_a_header_alone_is_no_people(file: Path) -> None:
    assert read(file) == ResponsesFile((), ())


FORMATS = {
    "picked": ResponseFormat.PICK_BEST_AND_WORST,
    "ranked": ResponseFormat.RANK,
    "best": ResponseFormat.PICK_BEST,
}
MIXED = make_form([make_scenario(name, options=3) for name in ("rated", *FORMATS)], formats=FORMATS)


def read_mixed(file: Path, *rows: str) -> ResponsesFile:
    header = ",".join(["person", *response_columns(MIXED)])
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return read_responses(file, MIXED)


def test_every_format_is_read_as_its_numbers(file: Path) -> None:
    table = read_mixed(file, "Bo,3,3,6,1,,-1,2,3,1,,1,", "Al,,,,NA, -1.0 ,,2,,,,,")
    assert table.refused == ()
    assert [row.ratings for row in table.people] == [
        (3, 3, 6, 1, None, -1, 2, 3, 1, None, 1, None),
        (None, None, None, None, -1, None, 2, None, None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("picked", "ranked", "best", "problem"),
    [
        ("1,0,-1", "1,2,3", "1,,", "column picked.b: 0 is not a choice; expected 1 (best), -1 (worst) or blank"),
        ("1,2,-1", "1,2,3", "1,,", "column picked.b: 2 is not a choice; expected 1 (best), -1 (worst) or blank"),
        ("1,,-1", "1,2,4", "1,,", "column ranked.c: 4 is not a place; expected a whole number from 1 to 3 or blank"),
        ("1,,-1", "1,2,3", ",,-1", "column best.c: -1 is not a choice; expected 1 (best) or blank"),
        ("1,,-1", "1,2,3", "x,,", "column best.a: x is not a choice; expected 1 (best) or blank"),
        ("1,1,-1", "1,2,3", "1,,", "columns picked.a, picked.b: 1 stands in each of them; expected each choice once"),
        ("-1,1,-1", ",,", "1,,", "columns picked.a, picked.c: -1 stands in each of them; expected each choice once"),
        (",,", "2,2,", "1,,", "columns ranked.a, ranked.b: 2 stands in each of them; expected each place once"),
        (
            ",,",
            "3,3,3",
            ",,",
            "columns ranked.a, ranked.b, ranked.c: 3 stands in each of them; expected each place once",
        ),
        (",,", ",,", "1,,1", "columns best.a, best.c: 1 stands in each of them; expected each choice once"),
    ],
)
def test_choices_that_cannot_be_are_named_with_line_and_column(
    file: Path, picked: str, ranked: str, best: str, problem: str
) -> None:
    table = read_mixed(file, f"Bo,1,2,3,{picked},{ranked},{best}", "Al,1,2,3,1,,-1,1,2,3,1,,")
    (message,) = table.refused
    assert message.startswith(f"{file}: line 2, {problem}")
    assert [row.person for row in table.people] == ["Al"]


def test_what_is_wrong_in_several_scenarios_of_a_row_is_all_named(file: Path) -> None:
    table = read_mixed(file, "Bo,1,2,3,1,1,7,,,,1,1,")
    first, second = table.refused
    assert first.startswith(f"{file}: line 2, column picked.c: 7 is not a choice")
    assert second == f"{file}: line 2, columns best.a, best.b: 1 stands in each of them; expected each choice once"
    assert table.n_refused == 1


def test_the_same_contradiction_in_many_rows_is_said_once(file: Path) -> None:
    table = read_mixed(file, *(f"p{number},1,2,3,1,1,,2,2,3,,," for number in range(3)))
    assert [message.partition(": line 2, ")[2] for message in table.refused] == [
        f"{told}; expected each {noun} once (and the same in 2 more rows: lines 3, 4)"
        for told, noun in (
            ("columns picked.a, picked.b: 1 stands in each of them", "choice"),
            ("columns ranked.a, ranked.b: 2 stands in each of them", "place"),
        )
    ]
    assert table.n_refused == 3


def test_what_is_written_is_read_again(file: Path) -> None:
    answers = [1, 6, 2, float("nan"), -1, 1, 3, 1, 2, 1, float("nan"), float("nan")]
    cells = response_cells(answers)
    table = read_mixed(file, ",".join(["Bo", *("" if cell is None else str(cell) for cell in cells)]))
    assert list(table.people[0].ratings) == cells
    assert cells[3] is None
    assert all(type(cell) is int for cell in cells if cell is not None)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("3,0", "; give --decimal , if the comma parts decimals"),
        ("99", "; give --missing 99 if that stands for no answer"),
        ("n/a", "; give --missing n/a if that stands for no answer"),
        ("two", ""),
    ],
)
def test_what_may_be_the_cause_is_said(file: Path, cell: str, advice: str) -> None:
    (message,) = read(file, f'Bo,1,2,"{cell}",4', "Al,1,2,3,4").refused
    assert message.endswith(f"expected a whole number from 1 to 6 or blank{advice}")


def test_the_same_fault_in_many_rows_is_said_once(file: Path) -> None:
    rows = [f"p{number},99,99,{'99' if number % 2 else '1'},2" for number in range(8)]
    table = read(file, *rows, "Al,1,2,3,4", "Al,1,2,3,4", "Bo,1,2,3,4", "Bo,1,2,3,4", "Bo,1,2,3,4")
    held = "hold numbers that may stand for no answer in 8 of 13 rows (lines 2, 3, 4, 5 and 4 more), as 99"
    expected = "expected a whole number from 1 to 6 or blank; give --missing 99 if that stands for no answer"
    again = "Al stands in line 10 already; expected each person once (and the same in 2 more rows: lines 13, 14)"
    assert table.refused == (
        f"{file}: columns one.a, one.b, two.a {held}; {expected}",
        f"{file}: line 11, column person: {again}",
    )
    assert (len(table.people), table.n_refused) == (2, 11)


def test_codes_and_decimal_commas_can_be_said(file: Path) -> None:
    file.write_text("person;one.a;one.b;two.a;two.b\nBo;1;-99,0;3,0;4\nAl;2;N/A;3;1\n", encoding="utf-8")
    table = read_responses(file, FORM, written=CsvFormat(decimal=",", missing=("-99", "n/a")))
    assert [row.ratings for row in table.people] == [(1, None, 3, 4), (2, None, 3, 1)]
    assert table.refused == ()


def test_codes_of_labels_are_blank(file: Path) -> None:
    file.write_text(f"group,{HEADER}\n-9,Bo,1,2,3,4\nx,Al,1,2,3,4\n", encoding="utf-8")
    table = read_responses(file, FORM, (" group",), CsvFormat(missing=("-9",)))
    assert [row.labels for row in table.people] == [(None,), ("x",)]


def test_a_further_row_of_the_header_is_said_and_not_read(file: Path) -> None:
    questions = "Who are you?,How good is a?,How good is b?,How good is a?,How good is b?"
    table = read(file, questions, "Bo,1,2,3,4", "Al,2,2,3,4")
    assert (len(table.people), table.refused) == (2, ())
    questions = "Who are you?, How good is a?, How good is b?, How good is a?, How good is b?"
    assert table.notes == (f"{file}: line 2 is taken as one more row of the header, not as data ({questions})",)


def test_a_workbook_is_named_as_such(file: Path) -> None:
    assert nothing(file, b"PK\x03\x04") == (
        ": is a ZIP archive, no CSV file; open it in its program, save the sheet as CSV and give that file"
    )
