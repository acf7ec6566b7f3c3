"""What bank check refuses of pairs and irritants is refused on the way in, with the cell where it stands."""

from pathlib import Path
from typing import Any

import pytest

from eiassess.banks.checks.checking import check_bank
from eiassess.banks.exchange.contents import read_contents
from eiassess.banks.exchange.merging import Import, is_same
from eiassess.banks.exchange.pair_rules import misplaced_irritants
from eiassess.banks.exchange.staging import confirm, stage
from tests.banks.exchange.conftest import Edit
from tests.banks.exchange.test_reading import put, rows_of
from tests.banks.exchange.test_removing_in_words import both
from tests.banks.pairs import BUS, DESK, IRRITANTS, SCALES, SEWING, add_pairs
from tests.banks.small_bank import KEY, edit, write_small_bank

NEW = '"I am sorry. Please take this other machine home with you today, and it costs you nothing."'


@pytest.fixture
def small(tmp_path: Path) -> Path:
    bank = add_pairs(write_small_bank(tmp_path / "banks" / "small"))
    model = bank / "competencies.toml"
    model.write_text(model.read_text(encoding="utf-8") + IRRITANTS, encoding="utf-8")
    return bank


def option(scenario: str, letter: str, column: str, value: object) -> Any:
    """Write into a cell of an option's row."""

    def change(book: Any) -> None:
        sheet = book["Options"]
        (row,) = [row for row in rows_of(sheet, scenario) if sheet.cell(row, 2).value == letter]
        put("Options", column, row, value)(book)

    return change


def scenario(name: str, column: str, value: object) -> Any:
    """Write into a cell of a scenario's row."""

    def change(book: Any) -> None:
        (row,) = rows_of(book["Scenarios"], name)
        put("Scenarios", column, row, value)(book)

    return change


def refusals(found: Import) -> list[tuple[str, str, str]]:
    assert all(each.row > 1 for each in found.problems)
    return [(each.sheet, each.column, each.said) for each in found.problems]


def is_as_before(found: Import) -> bool:
    return is_same(found.after.tree, found.before.tree)


def test_an_irritant_on_a_good_option(edited: Edit) -> None:
    found = edited(option(SEWING, "b", "Irritant", "script"))
    assert refusals(found) == [
        (
            "Options",
            "Irritant",
            (
                "'script' cannot stand here: what irritates is worth 5.5 here. A good option irritates nobody: "
                "mend tag or value."
            ),
        )
    ]
    assert is_as_before(found)


def test_a_value_that_makes_a_tagged_option_good(edited: Edit, small: Path) -> None:
    edit(small, KEY, rf"\[scenarios\.{SEWING}\.a\]", f'[scenarios.{SEWING}.a]\nirritant = "script"')
    found = edited(both(option(SEWING, "a", "Irritant", "script"), option(SEWING, "a", "Value", 4)))
    ((sheet, column, why),) = refusals(found)
    assert (sheet, column) == ("Options", "Value")
    assert why.startswith("'script' cannot stand here: what irritates is worth 4 here")
    assert is_as_before(found)


def test_what_experts_found_good_may_irritate_whom_the_authors_thought_of(edited: Edit) -> None:
    found = edited(both(option(SEWING, "b", "Irritant", "script"), put("Keys", "Method", 2, "EXPERT")))
    assert not [each for each in found.problems if each.column == "Irritant"]


def test_what_is_for_singles_only_in_half_of_a_pair(edited: Edit) -> None:
    found = edited(option(SEWING, "a", "Irritant", "rude"))
    assert refusals(found) == [
        (
            "Options",
            "Irritant",
            (
                "'rude' cannot stand here: 'rude' is bad under any situation, and this is half of a flip pair. "
                "Use another, or rewrite the option."
            ),
        )
    ]
    assert is_as_before(found)


def test_a_single_that_is_rude_becomes_no_half_of_a_pair(edited: Edit, small: Path) -> None:
    for name in (SEWING, SCALES):
        edit(small, f"scenarios/recovery/{name}.toml", r"^twin = .*\n", "")
    edit(small, KEY, rf"\[scenarios\.{SEWING}\.a\]", f'[scenarios.{SEWING}.a]\nirritant = "rude"')
    found = edited(both(scenario(SEWING, "Twin", SCALES), scenario(SCALES, "Twin", SEWING)))
    assert ("Scenarios", "Twin") in {(each.sheet, each.column) for each in found.problems}
    said = {each.said for each in found.problems}
    assert any(
        each.startswith("option a: 'rude' cannot stand here: 'rude' is bad under any situation") for each in said
    )
    assert is_as_before(found)


def test_a_feeling_irritates_nobody(edited: Edit) -> None:
    found = edited(option("late-bus", "a", "Irritant", "script"))
    assert refusals(found) == [
        (
            "Options",
            "Irritant",
            (
                "'script' cannot stand here: what a customer feels irritates nobody. "
                "Take the tag out: it belongs to responses."
            ),
        )
    ]
    assert is_as_before(found)


def test_what_was_misplaced_already_is_left_to_the_check(edited: Edit, small: Path) -> None:
    edit(small, KEY, rf"\[scenarios\.{SEWING}\.b\]", f'[scenarios.{SEWING}.b]\nirritant = "rude"')
    found = edited(both(option(SEWING, "b", "Irritant", "rude"), scenario(SEWING, "Title", "Another title")))
    assert found.problems == ()
    assert found.after.tree["scenarios"][SEWING]["title"] == "Another title"


def test_a_text_that_only_one_twin_changes(edited: Edit) -> None:
    found = edited(option(SEWING, "a", "Text", NEW))
    assert refusals(found) == [
        (
            "Options",
            "Text",
            (
                f"is not the text of option a of the twin '{SCALES}'; twins share every text, letter by letter: "
                "write it there too, or leave this one as it was"
            ),
        )
    ]
    assert is_as_before(found)


def test_a_text_that_both_twins_change_alike(edited: Edit) -> None:
    found = edited(both(option(SEWING, "a", "Text", NEW), option(SCALES, "a", "Text", NEW)))
    assert found.problems == ()
    assert found.after.tree["scenarios"][SCALES]["options"][0]["text"] == NEW


def test_texts_that_both_twins_change_otherwise(edited: Edit) -> None:
    found = edited(both(option(SEWING, "a", "Text", NEW), option(SCALES, "a", "Text", NEW.replace("today", "now"))))
    assert [(sheet, column) for sheet, column, _ in refusals(found)] == [("Options", "Text")] * 2
    assert is_as_before(found)


def test_an_option_that_only_one_twin_loses(edited: Edit) -> None:
    found = edited(option(SEWING, "d", "Remove", "remove"))
    assert refusals(found) == [
        (
            "Options",
            "",
            (
                f"the twin '{SCALES}' still has this option; twins share every option: "
                "remove it there too, or keep it here"
            ),
        )
    ]
    assert is_as_before(found)


def test_an_option_that_only_one_twin_gets(edited: Edit) -> None:
    def add(book: Any) -> None:
        sheet = book["Options"]
        last = [cell.value for cell in sheet[rows_of(sheet, SEWING)[-1]]]
        sheet.append([last[0], "e", NEW, *last[3:]])

    found = edited(add)
    ((sheet, column, why),) = refusals(found)
    assert (sheet, column) == ("Options", "Option")
    assert "twins share every option" in why
    assert is_as_before(found)


@pytest.mark.parametrize(("column", "new"), [("Channel", "counter"), ("Trade", "bank")])
def test_a_scene_that_only_one_twin_changes(edited: Edit, column: str, new: str) -> None:
    found = edited(scenario(SEWING, column, new))
    old = {"Channel": "phone", "Trade": "repair"}[column]
    assert refusals(found) == [
        (
            "Scenarios",
            column,
            f"is '{new}', and of the twin '{SCALES}' '{old}'; write the same in both, or leave this one as it was",
        )
    ]
    assert is_as_before(found)


def test_scenarios_with_other_options_become_no_pair(edited: Edit) -> None:
    changed = {SEWING: DESK, DESK: SEWING, SCALES: BUS, BUS: SCALES}
    found = edited(lambda book: [scenario(name, "Twin", twin)(book) for name, twin in changed.items()])
    assert {(sheet, column) for sheet, column, _ in refusals(found)} == {("Scenarios", "Twin")}
    assert len(found.problems) == len(changed)
    of_sewing = next(each for each in found.problems if f"'{DESK}'" in each.said)
    assert of_sewing.said == (
        f"the options are not those of '{DESK}', letter by letter; write the same texts in both, or name another twin"
    )
    assert is_as_before(found)


def test_a_pair_that_was_unlike_already_is_left_to_the_check(edited: Edit, small: Path) -> None:
    edit(small, f"scenarios/recovery/{SEWING}.toml", r'^channel = "phone"', 'channel = "chat"')
    found = edited(both(scenario(SEWING, "Channel", "chat"), scenario(SEWING, "Title", "Another title")))
    assert found.problems == ()
    assert found.after.tree["scenarios"][SEWING]["title"] == "Another title"


def test_what_comes_in_passes_the_check(edited: Edit, small: Path) -> None:
    changes = [
        option(SEWING, "a", "Irritant", "script"),
        option(SEWING, "b", "Irritant", "script"),
        option(SCALES, "b", "Irritant", "rude"),
        option(DESK, "a", "Text", NEW),
        option("lost-key", "b", "Irritant", "script"),
        scenario(BUS, "Trade", "bank"),
    ]
    found = edited(lambda book: [each(book) for each in changes])
    if staged := stage(small, found.before, found.after):
        confirm(small, staged)
    assert not {each.rule for each in check_bank(small).errors} & {"twin", "irritant"}


def test_a_key_without_a_scale_has_no_good_options(small: Path) -> None:
    before, after = read_contents(small).tree, read_contents(small).tree
    after["keys"]["theory-1"]["scenarios"][SEWING]["b"]["irritant"] = "script"
    assert [each.column for each in misplaced_irritants(before, after)] == ["irritant"]
    after["keys"]["theory-1"]["scale"] = "one to six"
    assert list(misplaced_irritants(before, after)) == []
