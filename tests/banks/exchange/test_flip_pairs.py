"""Twins, best_when, irritants and forms to be read blind go out to a spreadsheet and back: nothing is lost."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from eiassess.banks.catalog import load_bank, load_key
from eiassess.banks.checks.checking import check_bank
from eiassess.banks.exchange.contents import empty_contents, read_contents
from eiassess.banks.exchange.difference_words import difference_lines, summary
from eiassess.banks.exchange.differences import bank_differences
from eiassess.banks.exchange.merging import is_same, read_import
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from eiassess.banks.exchange.staging import confirm, stage
from eiassess.banks.keys.toml_text import key_toml
from eiassess.domain.digests import canonical_json
from tests.banks.exchange.conftest import Edit
from tests.banks.exchange.test_reading import put, rows_of, said
from tests.banks.exchange.test_removing_in_words import both, removing
from tests.banks.pairs import BUS, DESK, IRRITANTS, SCALES, SEWING, add_pairs, file_of
from tests.banks.small_bank import KEY, edit, write_small_bank


@pytest.fixture
def small(tmp_path: Path) -> Path:
    bank = add_pairs(write_small_bank(tmp_path / "banks" / "small"))
    for name, text in (("competencies.toml", IRRITANTS), ("bank.toml", '\n[coverage]\nread_blind = ["small-a"]\n')):
        (bank / name).write_text((bank / name).read_text(encoding="utf-8") + text, encoding="utf-8")
    head = "[scenarios.lost-key.a]"
    edit(bank, KEY, r"\[scenarios\.lost-key\.a\]", f'{head}\nirritant = "script"')
    return bank


def credit(tree: Any, scenario: str = "lost-key", option: str = "a") -> dict[str, Any]:
    return tree["keys"]["theory-1"]["scenarios"][scenario][option]  # type: ignore[no-any-return]


def test_the_domain_knows_all_of_it(small: Path) -> None:
    model = load_bank(small).model
    assert tuple(model.irritants) == ("script", "rude")
    assert [each.singles_only for each in model.irritants.values()] == [False, True]
    assert model.irritants["script"].interview.question == "When do set words help?"
    assert model.irritants["rude"].sources == ("own-it", "read-the-room")
    of_key = load_key(small, "theory-1").credits["lost-key"]
    assert of_key["a"].irritant == "script"
    assert of_key["a"].best_when == "There would be time, and nobody had asked yet."
    assert (of_key["b"].irritant, of_key["b"].best_when) == ("", "")
    assert {each.rule for each in check_bank(small).errors} == {"situation-length"}  # ours are short


def test_a_bank_without_irritants_has_none(tmp_path: Path) -> None:
    assert load_bank(write_small_bank(tmp_path / "banks" / "plain")).model.irritants == {}


@pytest.mark.parametrize("into_empty", [False, True])
def test_all_of_it_comes_back(small: Path, workbook: Path, *, into_empty: bool) -> None:
    before = read_contents(small)
    found = read_import(workbook, empty_contents("small") if into_empty else before)
    assert (found.problems, found.notes) == ((), ())
    assert is_same(found.after.tree, before.tree)
    assert tuple(found.after.tree["competencies"]["irritants"]) == ("script", "rude")
    assert found.after.tree["bank"]["coverage"] == {"read_blind": ["small-a"]}
    assert found.after.tree["scenarios"][SEWING]["twin"] == SCALES


def test_a_new_folder_holds_it_too(small: Path, workbook: Path, tmp_path: Path) -> None:
    found = read_import(workbook, empty_contents("small"))
    new = tmp_path / "new" / "small"
    staged = stage(new, empty_contents("small"), found.after)
    assert staged
    confirm(new, staged)
    assert load_bank(new).model == load_bank(small).model
    assert load_key(new, "theory-1") == load_key(small, "theory-1")


@pytest.mark.parametrize("sheet", ["Competencies", "Interview questions", "Bank", "As written"])
def test_irritants_and_coverage_stay_where_a_sheet_is_missing(small: Path, workbook: Path, sheet: str) -> None:
    book = load_workbook(workbook)
    del book[sheet]
    book.save(workbook)
    before = read_contents(small)
    after = read_import(workbook, before).after
    assert after.tree["competencies"]["irritants"] == before.tree["competencies"]["irritants"]
    assert after.tree["bank"]["coverage"] == before.tree["bank"]["coverage"]


def test_irritants_stay_where_a_competency_was_edited(edited: Edit) -> None:
    found = edited(put("Competencies", "Definition", 2, "Another one."))
    assert found.problems == ()
    assert tuple(found.after.tree["competencies"]["irritants"]) == ("script", "rude")


def test_without_the_key_the_sheet_tells_nothing_of_it(small: Path, workbook: Path) -> None:
    workbook.write_bytes(workbook_of(read_contents(small), None))
    options = load_workbook(workbook)["Options"]
    names = [cell.value for cell in options[1]]
    for name in ("Value", "Best when", "Irritant"):
        column = names.index(name) + 1
        assert {options.cell(row, column).value for row in range(2, options.max_row + 1)} == {None}
    before = read_contents(small)
    assert is_same(read_import(workbook, before).after.tree, before.tree)


def test_what_is_written_into_the_cells_is_taken(edited: Edit) -> None:
    row = 3
    found = edited(
        lambda book: (
            put("Options", "Best when", row, "She had no call to make.")(book),
            put("Options", "Irritant", row, "script")(book),
        )
    )
    assert (found.problems, found.notes) == ((), ())
    first, second = (found.before.tree, found.after.tree)
    scenario = next(iter(first["scenarios"]))
    assert credit(second, scenario, "b")["best_when"] == "She had no call to make."
    assert credit(second, scenario, "b")["irritant"] == "script"


def row_of(book: Any, option: str = "a") -> int:
    found: int = next(
        row for row in rows_of(book["Options"], "lost-key") if book["Options"].cell(row, 2).value == option
    )
    return found


@pytest.mark.parametrize(("column", "field"), [("Best when", "best_when"), ("Irritant", "irritant")])
def test_an_empty_cell_leaves_it_and_a_word_takes_it_away(edited: Edit, column: str, field: str) -> None:
    emptied = edited(lambda book: put("Options", column, row_of(book), None)(book))
    assert credit(emptied.after.tree) == credit(emptied.before.tree)
    assert [str(each).partition(" is empty")[0] for each in emptied.notes] == [
        f"sheet Options, row {emptied.notes[0].row}, column {column}:"
    ]
    cleared = edited(lambda book: put("Options", column, row_of(book), "remove")(book))
    assert (cleared.problems, cleared.notes) == ((), ())
    assert field not in credit(cleared.after.tree)


@pytest.mark.parametrize(("column", "text"), [("Best when", "There was time."), ("Irritant", "script")])
def test_a_note_without_a_value_is_not_dropped_in_silence(edited: Edit, column: str, text: str) -> None:
    def change(book: Any) -> None:
        row = row_of(book)
        for emptied in ("Value", "Rationale", "Key sources", "Best when", "Irritant"):
            put("Options", emptied, row, None)(book)
        put("Options", column, row, text)(book)

    found = edited(change)
    assert [each.partition("column ")[2] for each in said(found)] == [
        "Value: nothing there; expected a number from 1 to 6"
    ]
    assert is_same(found.after.tree, found.before.tree)


def test_a_twin_that_there_is_not_leaves_its_scenario(edited: Edit) -> None:
    def change(book: Any) -> None:
        (row,) = rows_of(book["Scenarios"], SEWING)
        put("Scenarios", "Twin", row, "sixty-scale")(book)

    found = edited(change)
    assert [each.partition("column ")[2] for each in said(found)] == [
        f"Twin: the bank has no scenario 'sixty-scale' (is '{SCALES}' meant?)"
    ]
    assert is_same(found.after.tree, found.before.tree)


def twins(**of: str | None) -> Any:
    """Write twins of scenarios into their cells; names have _ for -."""

    def change(book: Any) -> None:
        for name, twin in of.items():
            (row,) = rows_of(book["Scenarios"], name.replace("_", "-"))
            put("Scenarios", "Twin", row, twin)(book)

    return change


ONE_WAY = [
    (
        {"lost_key": "late-bus"},
        "'late-bus' does not name it back; write 'lost-key' as the twin there too, or take this one out",
    ),
    (
        {SEWING: DESK},
        f"'{DESK}' names '{BUS}' as its twin; write '{SEWING}' as the twin there too, or take this one out",
    ),
    ({SEWING: SEWING}, "is the scenario itself; name the pair's other half"),
    ({SEWING: "remove"}, f"'{SCALES}' names it as its twin; change the twin there too, or leave this one"),
]


@pytest.mark.parametrize(("cells", "why"), ONE_WAY)
def test_a_one_way_twin_leaves_its_scenario(edited: Edit, cells: dict[str, str], why: str) -> None:
    found = edited(twins(**cells))
    assert [(each.sheet, each.column) for each in found.problems] == [("Scenarios", "Twin")]
    assert found.problems[0].said == why
    assert found.problems[0].row > 1
    assert is_same(found.after.tree, found.before.tree)


def test_pairs_can_change_partners(edited: Edit) -> None:
    changed = {SEWING: DESK, DESK: SEWING, SCALES: BUS, BUS: SCALES}

    def change(book: Any) -> None:
        texts = [book["Options"].cell(row, 3).value for row in rows_of(book["Options"], SEWING)]
        for name in (DESK, BUS):
            for row, text in zip(rows_of(book["Options"], name), texts, strict=True):
                put("Options", "Text", row, text)(book)
        twins(**changed)(book)

    found = edited(change)
    assert found.problems == ()
    assert {name: found.after.tree["scenarios"][name]["twin"] for name in changed} == changed


def test_a_half_that_is_refused_for_another_fault_takes_its_new_twin_with_it(edited: Edit) -> None:
    def change(book: Any) -> None:
        twins(**{"lost-key": "late-bus", "late-bus": "lost-key"})(book)
        (row,) = rows_of(book["Scenarios"], "late-bus")
        put("Scenarios", "Version", row, "two")(book)

    found = edited(change)
    assert {each.column for each in found.problems} == {"Version", "Twin"}
    assert is_same(found.after.tree, found.before.tree)


def test_a_pair_that_was_one_way_already_is_left_to_the_check(edited: Edit, small: Path) -> None:
    edit(small, file_of(SEWING), r"^twin = .*\n", "")
    found = edited(put("Scenarios", "Title", 2, "Another title"))
    assert not [each for each in found.problems if each.column == "Twin"]


@pytest.mark.parametrize("into_empty", [False, True])
def test_an_unknown_irritant_leaves_its_scenario(edited: Edit, *, into_empty: bool) -> None:
    found = edited(lambda book: put("Options", "Irritant", row_of(book), "scripted")(book), into_empty=into_empty)
    (problem,) = [each for each in found.problems if each.column == "Irritant"]
    assert (problem.sheet, problem.row > 1) == ("Options", True)
    assert problem.said == (
        "the bank has no irritant 'scripted' (is 'script' meant?); name one of the bank's (script, rude), "
        "or add it to competencies.toml first"
    )
    if not into_empty:
        assert is_same(found.after.tree, found.before.tree)
    assert "lost-key" not in found.after.tree["scenarios"] or not into_empty


def test_a_bank_without_irritants_takes_none(small: Path, workbook: Path) -> None:
    edit(small, "competencies.toml", r"(?s)\n\[irritants\.script\].*", "\n")
    edit(small, KEY, r'irritant = "script"\n', "")
    book = load_workbook(workbook)
    del book["As written"]  # which holds the taxonomy
    book.save(workbook)
    found = read_import(workbook, read_contents(small))
    (problem,) = [each for each in found.problems if each.column == "Irritant"]
    assert "name one of the bank's (none), or add it to competencies.toml first" in problem.said
    assert is_same(credit(found.after.tree), credit(found.before.tree))
    assert is_same(found.after.tree["scenarios"]["lost-key"], found.before.tree["scenarios"]["lost-key"])


def test_a_twin_in_capitals_is_taken_as_the_id(edited: Edit) -> None:
    def change(book: Any) -> None:
        (row,) = rows_of(book["Scenarios"], SEWING)
        put("Scenarios", "Twin", row, "Sixty Scales")(book)

    found = edited(change)
    assert found.problems == ()
    assert found.after.tree["scenarios"][SEWING]["twin"] == SCALES


def test_half_of_a_pair_stays_while_the_other_names_it(edited: Edit) -> None:
    found = edited(removing("Scenarios", SEWING))
    assert [str(each).partition(": ")[2] for each in found.problems] == [
        f"'{SEWING}' stays, since {SCALES} still uses it"
    ]
    assert SEWING in found.after.tree["scenarios"]


def test_both_halves_go_together(edited: Edit) -> None:
    found = edited(both(removing("Scenarios", SEWING), removing("Scenarios", SCALES)))
    assert (found.problems, found.notes) == ((), ())
    assert not {SEWING, SCALES} & set(found.after.tree["scenarios"])
    assert {DESK, BUS} <= set(found.after.tree["scenarios"])


def test_a_pair_is_dissolved_by_word(edited: Edit) -> None:
    def change(book: Any) -> None:
        for name in (SEWING, SCALES):
            (row,) = rows_of(book["Scenarios"], name)
            put("Scenarios", "Twin", row, "remove")(book)

    found = edited(change)
    assert (found.problems, found.notes) == ((), ())
    assert "twin" not in found.after.tree["scenarios"][SEWING]


def test_differences_name_twins_notes_and_irritants(small: Path, tmp_path: Path) -> None:
    new = add_pairs(write_small_bank(tmp_path / "new" / "small"))
    edit(new, file_of(SEWING), r"^twin = .*", f'twin = "{DESK}"')
    changes = bank_differences(read_contents(small), read_contents(new))
    lines = list(difference_lines(changes))
    assert f"  twin: “{SCALES}” -> “{DESK}”" in lines
    assert any(line.startswith("  lost-key a irritant: removed") for line in lines)
    assert "Irritant script: removed" in lines
    assert "2 irritants removed" in summary(changes)


def test_a_key_is_written_with_its_notes(small: Path) -> None:
    content = read_contents(small).tree["keys"]["theory-1"]
    written = key_toml(canonical_json(content))
    assert is_same(tomllib.loads(written), content)
    of_a = written.partition("[scenarios.lost-key.a]")[2].partition("\n[")[0]
    assert [line.partition(" ")[0] for line in of_a.strip().splitlines()] == [
        "value", "rationale", "sources", "best_when", "irritant",
    ]  # fmt: skip
    of_b = written.partition("[scenarios.lost-key.b]")[2].partition("\n[")[0]
    assert "best_when" not in of_b
    assert "irritant" not in of_b
