"""The page of columns says what the code says."""

from pathlib import Path

from eiassess.services.exporting.dictionary import dictionary_lines

PAGE = Path(__file__).parents[3] / "docs" / "exported-columns.md"


def test_the_page_lists_the_columns_of_the_code() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    assert lines[: len(dictionary_lines())] == dictionary_lines()
