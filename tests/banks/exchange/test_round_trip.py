"""Out to a spreadsheet and back, nothing is lost: not a digest, whatever the texts hold."""

import json
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.banks.exchange.contents import BankContents, empty_contents, read_contents
from eiassess.banks.exchange.merging import is_same, read_import
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.sheets import harmless, restored, shown_text
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from eiassess.banks.exchange.staging import confirm, stage
from eiassess.banks.writing import toml_text
from eiassess.errors import BankError
from tests.banks.small_bank import FORM_FILE, KEY, LATE_BUS, LOST_KEY, PRACTICE, edit, write, write_small_bank

ODD = st.sampled_from([
    "=1+1", "+49 30", "-5", "@home", "'=quoted", "''", '"', "\\", '"""', "_x0041_", "#N/A", "TRUE", "12", "1.5",
    "\n", "\r\n", "\t", "  ", "\x00", "\x1b", "\x85", "\u2028", "\ufffe", "\U0001f600", "é", "שלום", "a, b", "'",
])  # fmt: skip
TEXTS = st.lists(ODD | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6).map("".join)
FILLED = TEXTS.filter(str.strip)


def through_a_spreadsheet(contents: BankContents, folder: Path, key: str | None = "theory-1") -> BankContents:
    path = folder / "bank.xlsx"
    path.write_bytes(workbook_of(contents, key))
    found = read_import(path, empty_contents(contents.name))
    assert found.problems == ()
    return found.after


@pytest.mark.parametrize("bank", ["small", "service-ei"])
def test_the_files_come_back_with_their_digests(tmp_path: Path, bank: str) -> None:
    folder = write_small_bank(tmp_path / "small") if bank == "small" else data_folder("question_banks") / bank
    contents = read_contents(folder)
    after = through_a_spreadsheet(contents, tmp_path)
    new = tmp_path / "new" / bank
    staged = stage(new, empty_contents(bank), after)
    assert staged
    confirm(new, staged)
    assert is_same(read_contents(new).tree, contents.tree)
    for form in contents.tree["forms"]:
        assert load_form(str(new / "forms" / f"{form}.toml"), ()) == load_form(
            str(folder / "forms" / f"{form}.toml"), ()
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_odd_texts_and_numbers_come_back(data: st.DataObject, tmp_path: Path) -> None:
    contents = read_contents(write_small_bank(tmp_path / "small"))
    tree: Any = contents.tree
    scenario, practice = tree["scenarios"]["lost-key"], tree["practice"]["practice-wet-coat"]
    for place, name in (
        (scenario, "title"), (scenario, "situation"), (scenario, "channel"), (scenario["options"][1], "text"),
        (practice["options"][2], "feedback"), (tree["forms"]["small-a"], "title"), (tree["bank"]["notice"], "decides"),
        (tree["competencies"]["styles"]["personal"], "name"), (tree["sources"]["sources"]["own-it"], "title"),
        (tree["competencies"]["competencies"]["recovery"]["interview"][0], "good"),
        (tree["keys"]["theory-1"]["scenarios"]["lost-key"]["a"], "rationale"),
    ):  # fmt: skip
        place[name] = data.draw(FILLED)
    tree["bank"]["notice"]["sees"] = data.draw(st.lists(FILLED, max_size=3))
    tree["keys"]["theory-1"]["scenarios"]["lost-key"]["a"]["value"] = data.draw(st.floats(1, 6) | st.integers(1, 6))
    tree["sources"]["sources"]["own-it"]["study"] = data.draw(TEXTS)
    assert is_same(through_a_spreadsheet(contents, tmp_path).tree, contents.tree)


@given(TEXTS)
def test_what_a_spreadsheet_would_run_is_neutral_there_and_restored(text: str) -> None:
    shown = shown_text(text)
    assert not harmless(shown).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(harmless(shown)) == shown


def test_no_cell_is_a_formula(small: Path) -> None:
    edit(small, LOST_KEY, r"^title = .*", "title = \"=HYPERLINK('http://example.org')\"")
    book = load_workbook(BytesIO(workbook_of(read_contents(small), "theory-1")))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b"}
    titles = [row[3].value for row in book["Scenarios"].iter_rows(min_row=2)]
    assert "'=HYPERLINK('http://example.org')" in titles


def test_what_no_sheet_shows_is_kept(small: Path, tmp_path: Path) -> None:
    edit(small, "bank.toml", r"^title = .*", 'title = "A  bank"')
    edit(small, LATE_BUS, r"^version = 1", 'version = 1\nstatus = "draft"')
    edit(small, PRACTICE, r"^version = 1", "version = 1\nsources = []")
    edit(small, LOST_KEY, r"^sources = .*\n", "")
    edit(small, KEY, r"^value = 1.0", "value = 1")
    edit(
        small,
        KEY,
        r"^scale = .*",
        'scale = [1, 6]\nrelevance = "It is."\nrelevance_by = "Ada"\nprovisional = true\n[provenance]\npanel = "p"\n'
        'rated_from = "2026-01-01"\nrated_to = "2026-01-02"\npublished = "2026-01-03"\nshare_kept = 0.5\n'
        'previous = "abc"\nto_review = ["lost-key.a"]',
    )
    edit(
        small, FORM_FILE, r"^practice", 'formats = { late-bus = "PICK_BEST_AND_WORST" }\nstudies_only = true\npractice'
    )
    write(small, "competencies.toml", "version = 3\n" + (small / "competencies.toml").read_text(encoding="utf-8"))
    contents = read_contents(small)
    assert is_same(through_a_spreadsheet(contents, tmp_path).tree, contents.tree)


def test_without_a_key_no_value_leaves_the_house(small: Path, tmp_path: Path) -> None:
    contents = read_contents(small)
    after = through_a_spreadsheet(contents, tmp_path, key=None)
    assert after.tree["keys"] == {}
    assert is_same({**after.tree, "keys": 0}, {**contents.tree, "keys": 0})
    book = load_workbook(tmp_path / "bank.xlsx")
    everything = json.dumps(
        [[str(cell.value) for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    )
    assert "so one more try costs her the call" not in everything


def test_only_the_chosen_key_goes_out(small: Path, tmp_path: Path) -> None:
    other = (
        (small / KEY).read_text(encoding="utf-8").replace('"theory-1"', '"other-1"').replace("costs her", "robs her of")
    )
    write(small, "keys/other-1.toml", other)
    after = through_a_spreadsheet(read_contents(small), tmp_path)
    assert set(after.tree["keys"]) == {"theory-1"}


def test_a_bank_that_cannot_be_read_is_not_exported(small: Path) -> None:
    edit(small, LOST_KEY, r"^kind = .*", 'kind = "pictures"')
    with pytest.raises(BankError, match=r"lost-key.toml: kind: expected one of"):
        workbook_of(read_contents(small), "theory-1")


def test_a_text_that_no_cell_can_hold(small: Path) -> None:
    contents = read_contents(small)
    contents.tree["bank"]["notice"]["sees"] = ["x" * 40_000]
    with pytest.raises(BankError, match="is longer than 32,000 letters"):
        workbook_of(contents, None)


def test_ids_that_look_alike_in_a_sheet_are_not_mixed_up(small: Path) -> None:
    contents = read_contents(small)
    rows = contents.tree["sources"]["sources"]
    rows["own  it"], rows["own it"] = rows["own-it"], rows["read-the-room"]
    with pytest.raises(BankError, match="cannot be put in a spreadsheet: sheet Sources, row 6, column Id"):
        workbook_of(contents, None)


def test_every_field_of_a_scenario_has_a_column() -> None:
    names = {column.field for column in sheets.SCENARIOS.columns}
    assert names >= {"id", "version", "status", "title", "competency", "kind", "channel", "trade", "style", "sources"}


def test_the_files_look_as_authors_write_them(small: Path, tmp_path: Path) -> None:
    after = through_a_spreadsheet(read_contents(small), tmp_path)
    text = toml_text(after.tree["scenarios"]["lost-key"])
    assert tomllib.loads(text) == after.tree["scenarios"]["lost-key"]
    assert text.index("situation") < text.index("[[options]]")
