"""The same fault in many rows is one line, and refused rows come back as a file that is read again."""

from datetime import datetime
from pathlib import Path

import pytest

from eiassess.people_lists.mending import RefusedRow, refused_workbook
from eiassess.people_lists.places import ListSaid, summed
from tests.people_lists.lists import from_file, people, workbook_of


def _said(row: int, held: str = "kari", said: str = "is no address", sheet: str = "May") -> ListSaid:
    return ListSaid(sheet, row, "E-mail", held, said)


def test_the_same_fault_in_many_rows_is_one_line() -> None:
    said = [_said(row, f"kari{row}") for row in range(2, 14)]
    assert summed([*said, _said(40, said="has two dots"), _said(7, sheet="")]) == (
        (
            "sheet May, rows 2, 3, 4, 5, 6, 7 and 6 more (12 rows), column E-mail: 'kari2', 'kari3', 'kari4', … "
            "is no address"
        ),
        "sheet May, row 40, column E-mail: 'kari' has two dots",
        "line 7, column E-mail: 'kari' is no address",
    )


def test_two_rows_are_both_named() -> None:
    assert summed([_said(2), _said(9)]) == ("sheet May, rows 2 and 9 (2 rows), column E-mail: 'kari' is no address",)


def test_what_a_terminal_cannot_take_is_written_out_and_long_texts_are_cut() -> None:
    (line,) = summed([_said(2, "\x1b[2J" + "k" * 100)])
    assert "\\x1b[2J" in line
    assert "…" in line
    assert len(line) < 140


def test_something_said_of_the_whole_list_needs_no_place() -> None:
    assert str(ListSaid("", 0, "", "", "no header")) == "no header"


def test_refused_rows_come_back_as_a_list_to_mend(tmp_path: Path) -> None:
    refused = (
        RefusedRow("May", 4, "Kari", "kari", "4791234567", "'kari' is no address"),
        RefusedRow("", 9, "=1+1", "", "+47 912", "nothing there\x0b"),
    )
    path = tmp_path / "refused.xlsx"
    path.write_bytes(refused_workbook(refused))
    found = from_file(path)
    assert [(each.name, each.email, each.phone) for each in found.people] == [
        ("Kari", "kari", "4791234567"),
        ("=1+1", "", "+47 912"),
    ]
    assert [[str(said) for said in each.problems] for each in found.people] == [
        [],  # that the address is none is found where addresses are judged
        [
            "sheet Refused rows, row 3, column Name: '=1+1' looks like a formula; type in the name that is meant",
            "sheet Refused rows, row 3, column E-mail: nothing there; type the person's address in",
        ],
    ]
    assert found.unused == ()


def test_a_formula_and_a_date_stay_refused_when_their_rows_are_uploaded_again(tmp_path: Path) -> None:
    day = datetime(2020, 1, 2)  # noqa: DTZ001 - as spreadsheets have them
    rows = [["Name", "E-mail"], ["=A4", "a@example.org"], [day, "b@example.org"], [True, "c@example.org"]]
    first = from_file(workbook_of(tmp_path / "list.xlsx", rows))
    assert people(first) == []
    refused = [RefusedRow(each.sheet, each.row, each.name, each.email, "", "x") for each in first.people]
    path = tmp_path / "refused.xlsx"
    path.write_bytes(refused_workbook(refused))
    assert people(from_file(path)) == []


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (["First name", "Last name", "E-mail"], ["Kari", "Berg", "kari@example.org"]),
        (["Name", "E-mail"], ["Kari", "kari@example.org"]),
    ],
)
@pytest.mark.parametrize("covered", ["A2:A3", "B2:B3"])
def test_what_lay_under_merged_cells_stays_refused_when_it_is_uploaded_again(
    tmp_path: Path, heading: list[str], row: list[str], covered: str
) -> None:
    other = [f"x{text}" for text in row]
    path = workbook_of(tmp_path / "list.xlsx", [heading, row, other], lambda sheet: sheet.merge_cells(covered))
    first = from_file(path)
    refused = [
        RefusedRow(each.sheet, each.row, each.name, each.email, "", "x") for each in first.people if each.problems
    ]
    assert len(refused) == 1
    again = tmp_path / "refused.xlsx"
    again.write_bytes(refused_workbook(refused))
    assert people(from_file(again)) == []
