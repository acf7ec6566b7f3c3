"""What a workbook leaves in doubt is left: values without a key, parts without what belongs to them, new ids."""

from pathlib import Path

import pytest

from tests.banks.exchange.conftest import Edit
from tests.banks.exchange.test_reading import Sheets, put, rows_of, said
from tests.banks.small_bank import edit


def test_a_new_scenario_without_options_is_not_taken(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        values = [cell.value for cell in book["Scenarios"][2]]
        book["Scenarios"].append(["one-more", 1, None, "One more", *values[4:-2], "Another scene."])

    found = edited(change)
    assert said(found) == ["sheet Scenarios, row 6, column Id: 'one-more' has no rows in sheet Options"]
    assert found.after.tree == found.before.tree


def test_a_new_competency_without_questions_is_not_taken(edited: Edit) -> None:
    found = edited(lambda book: book["Competencies"].append(["luck", "service", *["Luck"] * 6]))
    assert said(found) == [
        "sheet Competencies, row 4, column Id: 'luck' has no rows in sheet Interview questions; expected at least one"
    ]
    assert found.after.tree == found.before.tree


def test_a_scenario_in_both_sheets_is_taken_from_neither(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        for sheet, options in (("Scenarios", "Options"), ("Practice", "Practice options")):
            row = 6 if sheet == "Scenarios" else 3
            cells = [cell.value for cell in book[sheet][2]]
            book[sheet].append(["twice", *cells[1:]])
            put(sheet, "Title", row, "Twice")(book)
            put(sheet, "Situation", row, "Twice.")(book)
            for number in rows_of(book[options], str(cells[0])):
                book[options].append(["twice", *[cell.value for cell in book[options][number]][1:]])

    found = edited(change)
    assert "sheet Practice, row 3, column Id: 'twice' is a scenario already" in said(found)
    assert "twice" not in found.after.tree["practice"]


def test_a_value_that_finds_no_key_leaves_its_scenario(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Keys"].delete_rows(2)
        put("Options", "Value", 2, 3.5)(book)
        for row in (2, 3):
            put("Scenarios", "Title", row, "New")(book)

    found = edited(change)
    first, second = list(found.before.tree["scenarios"])[:2]
    assert f"belongs to a key that is not taken; {first!r} is left as it was" in said(found)[1]
    assert found.after.tree["scenarios"][first] == found.before.tree["scenarios"][first]
    assert found.after.tree["scenarios"][second]["title"] == "New"
    assert found.after.tree["keys"] == found.before.tree["keys"]


def test_a_key_that_cannot_be_used_leaves_the_scenarios_whose_values_changed(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        put("Keys", "Version", 2, 10**10)(book)
        put("Options", "Value", 2, 3.5)(book)
        for row in (2, 3):
            put("Scenarios", "Title", row, "New")(book)

    found = edited(change)
    first, second = list(found.before.tree["scenarios"])[:2]
    assert found.after.tree["keys"] == found.before.tree["keys"]
    assert found.after.tree["scenarios"][first] == found.before.tree["scenarios"][first]
    assert found.after.tree["scenarios"][second]["title"] == "New"


@pytest.mark.parametrize(
    ("establishes", "is_doubted"), [("What the study found. Twice", True), ("Quite another thing", False)]
)
def test_a_mistyped_id_in_a_row_that_was_edited_too(edited: Edit, establishes: str, *, is_doubted: bool) -> None:
    def change(book: Sheets) -> None:
        put("Sources", "Id", 2, "sincere-apologyy")(book)
        put("Sources", "Title", 2, "A study too")(book)
        put("Sources", "Establishes", 2, establishes)(book)

    found = edited(change)
    before, after = (tree["sources"]["sources"] for tree in (found.before.tree, found.after.tree))
    assert ("sincere-apologyy" not in after) == is_doubted
    assert before["sincere-apology"] == after["sincere-apology"]


def test_another_own_format_stays_where_one_goes(edited: Edit, small: Path) -> None:
    formats = 'formats = { late-bus = "PICK_BEST_AND_WORST", lost-key = "PICK_BEST_AND_WORST" }'
    edit(small, "forms/small-a.toml", r"^practice", f"{formats}\npractice")

    def change(book: Sheets) -> None:
        put("Form scenarios", "Remove", rows_of(book["Form scenarios"], "late-bus", 3)[0], "remove")(book)

    assert edited(change).after.tree["forms"]["small-a"]["formats"] == {"lost-key": "PICK_BEST_AND_WORST"}
