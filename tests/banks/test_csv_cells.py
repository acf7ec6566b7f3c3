"""Text in a CSV file that a spreadsheet would run, whatever parts cells where it is opened, and the way back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.banks.tables.csv_cells import csv_line, plain_cell, safe_cell
from eiassess.people_lists.reading import read_people, text_sheets

RUN = re.compile(r"[=+\-@]")
PIECES = st.sampled_from(["=", "+", "-", "@", ";", "'", '"', " ", "\t", "\n", "\r", ",", "a", "1", "Kari"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_cell_is_run_in_a_program_that_parts_at_commas_semicolons_or_tabs(cells: list[str]) -> None:
    line = csv_line(cells)
    assert next(csv.reader(io.StringIO(line, newline=""))) == [safe_cell(cell) for cell in cells]
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator):
            assert not [cell for cell in row if RUN.match(cell.lstrip())], (separator, line)


@given(TEXTS)
def test_what_is_written_is_read_again(text: str) -> None:
    assert plain_cell(str(safe_cell(text))) == text


@pytest.mark.parametrize("name", ["=1+1", "Kari;=1+1", "'=1+1", "'tis", ";=cmd"])
def test_a_list_that_we_wrote_has_its_names_again(name: str) -> None:
    lines = csv_line(["Name", "E-mail"]) + csv_line([name, "kari@example.org"]) + csv_line(["Ola", "ola@example.org"])
    people = read_people(text_sheets(lines)).people
    assert [each.name for each in people] == [name, "Ola"]
