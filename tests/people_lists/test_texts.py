"""What people paste, and CSV as programs save it."""

import codecs
from pathlib import Path

import pytest

from eiassess.errors import InvalidInputError
from eiassess.people_lists import reading
from eiassess.people_lists.columns import Field
from eiassess.people_lists.reading import upload_sheets
from tests.people_lists.lists import csv_of, from_file, notes, pasted, people, problems, unread

KARI, OLA = ("Kari Nordmann", "kari@example.org"), ("Ola Nordmann", "ola@example.org")
CELLS = (("Name", "E-mail"), KARI, OLA)


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_read(separator: str, end: str) -> None:
    found = pasted(end.join(separator.join(row) for row in CELLS) + end)
    assert people(found) == [KARI, OLA]
    assert (problems(found), notes(found)) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_byte_order_marks_and_wide_letters_are_read(tmp_path: Path, encoding: str) -> None:
    found = csv_of(tmp_path, "Fornavn;Etternavn;E-post\nBjørn;Ås;bjorn@example.org\n".encode(encoding))
    assert people(found) == [("Bjørn Ås", "bjorn@example.org")]


def test_a_mark_inside_a_header_cell_is_nothing(tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + "\ufeffName,\ufeffE-mail\nKari,kari@example.org\n".encode()
    assert people(csv_of(tmp_path, data)) == [("Kari", "kari@example.org")]


def test_a_line_that_tells_the_separator_is_no_row(tmp_path: Path) -> None:
    found = csv_of(tmp_path, "sep=;\nName;E-mail\nNordmann, Kari;kari@example.org\n")
    assert people(found) == [("Nordmann, Kari", "kari@example.org")]


def test_letters_of_another_encoding_are_said_with_the_cure(tmp_path: Path) -> None:
    found = csv_of(tmp_path, "Name;E-mail\nBjørn;bjorn@example.org\nKari;kari@example.org\n".encode("cp1252"))
    assert people(found) == [("Kari", "kari@example.org")]
    assert problems(found) == [
        (
            "line 2: 'Bj\N{REPLACEMENT CHARACTER}rn | bjorn@example.org' has letters that are not UTF-8; "
            "save the file as CSV UTF-8, or upload the workbook itself"
        )
    ]


def test_a_decimal_comma_that_parts_cells_is_named(tmp_path: Path) -> None:
    found = csv_of(tmp_path, "Name,Grade,E-mail\nKari,12,5,kari@example.org\nOla,12,ola@example.org\n")
    assert people(found) == [("Ola", "ola@example.org")]
    assert problems(found) == [
        (
            "line 2: 'Kari | 12 | 5 | kari@example.org' 4 cells; expected 3, one for each column; if that "
            "is a decimal comma, the number needs quotation marks"
        )
    ]


def test_decimal_commas_between_semicolons_are_no_trouble() -> None:
    assert people(pasted("Name;Grade;E-mail\nKari;12,5;kari@example.org\nOla;9,0;ola@example.org")) == [
        ("Kari", "kari@example.org"),
        ("Ola", "ola@example.org"),
    ]


def test_a_row_may_end_before_its_empty_cells_or_go_on_with_more() -> None:
    found = pasted("Name;E-mail;Town\nKari;kari@example.org\nOla;ola@example.org;Oslo;;;\n;;;\n;;\n\n")
    assert people(found) == [("Kari", "kari@example.org"), ("Ola", "ola@example.org")]
    assert problems(found) == []
    assert found.unused == ("Town",)


def test_a_cell_that_is_never_closed_is_a_row_that_cannot_be_read() -> None:
    found = pasted('Name;E-mail\n"Kari;kari@example.org\nOla;ola@example.org\n')
    assert people(found) == []
    (said,) = problems(found)
    assert said.startswith("line 2: ")
    assert "not readable as CSV" in said


def test_a_title_above_the_header_hides_no_separator() -> None:
    found = pasted("Summer jobs 2026\n\nName;E-mail\nKari;kari@example.org\n")
    assert people(found) == [("Kari", "kari@example.org")]
    assert notes(found) == ["line 1: 'Summer jobs 2026' belongs to the header; nobody is read from it"]


def test_people_as_mail_programs_write_them() -> None:
    text = 'Kari Nordmann <kari@example.org>; "Ola Nordmann" <ola@example.org>,\nliv@example.org\n\nLiv <>\n'
    found = pasted(text)
    assert people(found) == [KARI, OLA]
    assert problems(found) == [
        "line 2, column A: nothing there; type the person's name in",
        "line 4, column B: nothing there; type the person's address in",
    ]


ADDRESS_LACKS_A_NAME = "line 1, column A: nothing there; type the person's name in"


@pytest.mark.parametrize(
    "line",
    [
        "Kari Nordmann <kari@example.org>; plain@example.net; Ola Nordmann <ola@example.org>",
        "Kari Nordmann <kari@example.org>, plain@example.net, Ola Nordmann <ola@example.org>",
        "plain@example.net; Kari Nordmann <kari@example.org>; Ola Nordmann <ola@example.org>",
        "Kari Nordmann <kari@example.org>; Ola Nordmann <ola@example.org>; plain@example.net",
    ],
)
def test_an_address_alone_between_people_is_a_row_of_its_own(line: str) -> None:
    found = pasted(line)
    assert people(found) == [KARI, OLA]
    assert problems(found) == [ADDRESS_LACKS_A_NAME]
    assert [each.email for each in found.people if each.problems] == ["plain@example.net"]


@pytest.mark.parametrize("between", ["; ", ";", ", ", ","])
def test_an_address_before_one_in_brackets_is_not_its_name(between: str) -> None:
    found = pasted(f"Kari <kari@example.org>\nplain@example.net{between}<ola@example.org>")
    _, *others = [(each.name, each.email) for each in found.people]
    assert others == [("", "plain@example.net"), ("", "ola@example.org")]


def test_what_is_no_address_between_people_is_refused_and_not_lost() -> None:
    found = pasted("Kari Nordmann <kari@example.org>; bad-one; Ola Nordmann <ola@example.org>")
    assert people(found) == [KARI, OLA]
    assert [(each.name, each.email) for each in found.people if each.problems] == [("", "bad-one")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nordmann, Kari", "Nordmann, Kari"),
        ('"Nordmann, Kari"', "Nordmann, Kari"),
        ('"Nordmann; Kari"', "Nordmann; Kari"),
        ("kari@example.org", "kari@example.org"),
    ],
)
def test_a_name_keeps_its_separators(written: str, name: str) -> None:
    assert people(pasted(f"{written} <kari@example.org>")) == [(name, "kari@example.org")]


def test_a_name_with_an_address_in_it_is_refused() -> None:
    found = pasted("Name;E-mail\nplain@example.net Ola;ola@example.org\n")
    assert people(found) == []
    assert "holds an address beside the name" in problems(found)[0]


def test_two_columns_without_a_header_tell_themselves() -> None:
    found = pasted("kari@example.org\tKari\nola@example.org\tOla\n")
    assert people(found) == [("Kari", "kari@example.org"), ("Ola", "ola@example.org")]
    assert notes(found) == ["no header: column A is read as e-mail, column B is read as name"]


def test_three_columns_without_a_header_are_not_guessed() -> None:
    found = pasted("Kari\tOslo\tkari@example.org\nOla\tMoss\tola@example.org")
    assert unread(found) == ["line 1: no column is recognised as the one with the names; say which it is"]
    assert [(each.letter, each.examples, each.field) for each in found.columns] == [
        ("A", ("Kari", "Ola"), None),
        ("B", ("Oslo", "Moss"), None),
        ("C", ("kari@example.org", "ola@example.org"), Field.EMAIL),
    ]
    chosen = {Field.NAME: "a", Field.EMAIL: "C"}
    assert people(pasted("Kari\tOslo\tkari@example.org", chosen)) == [("Kari", "kari@example.org")]


def test_addresses_alone_lack_their_names() -> None:
    found = pasted("kari@example.org\nola@example.org")
    assert unread(found) == ["line 1: no column is recognised as the one with the names; say which it is"]


def test_pasted_text_has_a_limit() -> None:
    head = "Name;E-mail\n"
    fits = head + "K" * (reading.MAX_PASTED_LETTERS - len(head) - 2) + ";a"
    assert len(pasted(fits).people) == 1
    with pytest.raises(InvalidInputError, match="more than 300,000 letters; save it as a file"):
        pasted(fits + "b")


def test_a_list_has_a_limit_of_rows(tmp_path: Path) -> None:
    rows = "Name;E-mail\n" + "K;k@example.org\n" * (reading.MAX_ROWS - 1)
    assert len(csv_of(tmp_path, rows).people) == 9_999
    with pytest.raises(InvalidInputError, match="has 10,001 rows; expected at most 10,000: split it"):
        csv_of(tmp_path, rows + "K;k@example.org\n")


def test_a_file_has_a_limit_of_bytes(tmp_path: Path) -> None:
    row = "Name;E-mail\nKari;kari@example.org;"
    fits = row + "x" * (reading.MAX_FILE_BYTES - len(row))
    assert len(csv_of(tmp_path, fits).people) == 1
    with pytest.raises(InvalidInputError, match="larger than 5,000,000 bytes"):
        csv_of(tmp_path, fits + "x")


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_pasted_is_said(text: str) -> None:
    with pytest.raises(InvalidInputError, match="Paste a list") as told:
        pasted(text)
    assert told.value.field == "text"


@pytest.mark.parametrize("data", [b"", b"\n\n", b";;;\n;;\n"])
def test_an_empty_file_is_said(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InvalidInputError, match="The list is empty"):
        csv_of(tmp_path, data)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="cannot be read: No such file"):
        reading.file_sheets(tmp_path / "none.csv")


@pytest.mark.parametrize("line", ["a" * 60_000 + "<", " " * 299_000, '"' * 2_000 + "<a@b>"])
def test_text_made_to_be_slow_is_read_at_once(line: str) -> None:
    pasted(f"Kari <kari@example.org>\n{line}")


@pytest.mark.parametrize(
    "written", ["mailto:kari@example.org", "Kari Nordmann <kari@example.org>", "<kari@example.org>"]
)
def test_what_programs_write_around_an_address_is_taken_off(written: str) -> None:
    assert people(pasted(f"Name;E-mail\nKari Nordmann;{written}\n")) == [KARI]


@pytest.mark.parametrize(
    "name", ["=A4", "+4791234567", "@kari", "-1", "2020-01-02 00:00:00", "02.01.2020", "42", "#N/A"]
)
def test_a_name_that_is_none_is_refused_in_a_text_too(name: str) -> None:
    found = pasted(f"Name;E-mail\n{name};kari@example.org")
    assert people(found) == []
    (said,) = problems(found)
    assert "type in the name that is meant" in said


@pytest.mark.parametrize("name", ["Kari 2", "-Anna", "O'Hara", "Æ", "Jean-Luc", "X Æ A-12", "李"])
def test_unusual_names_are_names(name: str) -> None:
    assert people(pasted(f"Name;E-mail\n{name};kari@example.org")) == [(name, "kari@example.org")]


def test_a_text_called_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.XLSX"
    path.write_bytes(b"Name;E-mail\nKari;kari@example.org\n")
    with pytest.raises(InvalidInputError, match="is not an Excel file, whatever its name"):
        from_file(path)
    with pytest.raises(InvalidInputError, match=r"^people\.xlsx: is not an Excel file"):
        upload_sheets("people.xlsx", b"\x00\x01garbage")
