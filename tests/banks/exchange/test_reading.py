"""A spreadsheet with mistakes: each is named by its place, and what belongs together is taken or left together."""

from collections.abc import Callable
from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from eiassess.banks.exchange.merging import Import
from tests.banks.exchange.conftest import Edit, cell_of

Sheets = dict[str, Worksheet]


def put(sheet: str, column: str, row: int, value: object) -> Callable[[Sheets], None]:
    def change(book: Sheets) -> None:
        book[sheet][cell_of(book[sheet], column, row)] = value

    return change


def rows_of(sheet: Worksheet, name: str, column: int = 1) -> list[int]:
    """List the rows with a word in a column."""
    return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, column).value == name]


def said(found: Import) -> list[str]:
    return [str(problem) for problem in found.problems]


NUMBER = "expected a number; give the cell the format Number and type it again"
WRONG = [
    ("Options", "Value", "4.5", f"'4.5' is a text; {NUMBER}"),
    ("Options", "Value", date(2026, 5, 4), "'2026-05-04 00:00:00' is a date or time; expected a number, typed in"),
    ("Options", "Value", "=1+1", "'=1+1' is a formula; expected a number, typed in"),
    ("Options", "Value", "#REF!", "'#REF!' is an error; expected a number, typed in"),
    ("Options", "Value", True, f"'True' is true or false; {NUMBER}"),
    ("Options", "Value", 7, "7.0; expected a number from 1 to 6"),
    ("Options", "Value", None, "nothing there; expected a number from 1 to 6"),
    ("Options", "Rationale", None, "nothing there; expected the reason for the value"),
    ("Options", "Text", None, "nothing there; expected a text"),
    ("Options", "Text", 12, "'12' is a number; expected a text; give the cell the format Text and type it again"),
    ("Options", "Text", "x" * 4001, "4,001 letters; expected at most 4,000"),
    ("Options", "Option", "b", "'b' stands in row 3 already"),
    ("Scenarios", "Version", 1.5, "'1.5' is a number; expected a whole number"),
    ("Scenarios", "Kind", "pictures", "'pictures'; expected one of responses, emotions"),
    ("Scenarios", "Competency", "../../etc", "'../../etc' cannot name a file; expected an id: "),
    ("Scenarios", "Situation", "   ", "nothing there; expected a text"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "column", "value", "problem"), WRONG)
def test_a_wrong_cell_is_named_and_its_scenario_left_as_it_was(
    edited: Edit, sheet: str, column: str, value: object, problem: str
) -> None:
    row = 4 if value == "b" else 2
    found = edited(
        lambda book: (
            put(sheet, column, row, value)(book),
            put("Scenarios", "Title", 2, "New")(book),
            put("Scenarios", "Title", 3, "New too")(book),
        )
    )
    assert len(found.problems) == (2 if value == "b" else 1)
    assert said(found)[0].startswith(f"sheet {sheet}, row {row}, column {column}: {problem}")
    first, second = list(found.before.tree["scenarios"])[:2]
    assert found.after.tree["scenarios"][first] == found.before.tree["scenarios"][first]
    assert (
        found.after.tree["keys"]["theory-1"]["scenarios"][first]
        == found.before.tree["keys"]["theory-1"]["scenarios"][first]
    )
    assert found.after.tree["scenarios"][second]["title"] == "New too"


OTHERS = [
    ("Keys", "Provisional", "maybe", "'maybe' is a text; expected yes or no"),
    ("Keys", "Scale to", 0, "expected the lower end first"),
    ("Practice", "Id", "lost-key", "'lost-key' is new, and 'practice-wet-coat' has no row: is '"),
    ("Practice options", "Option", "b", "'b' stands in row"),
    ("Forms", "Key", "../k", "'../k' cannot name a file"),
    ("Form scenarios", "Scenario", "gone", "is it 'practice-wet-coat' of form 'small-a', which has no row?"),
    ("Form scenarios", "Form", "other-b", "'other-b' has no row of its own"),
    ("Forms", "Format", "GUESS", "'GUESS'; expected one of RATE_EACH"),
    ("Sources", "Id", "read-the-room", "stands in row"),
    ("Sources", "Establishes", None, "nothing there"),
    ("Competencies", "Name", None, "nothing there"),
    ("Competencies", "Id", "luck", "'luck' is new, and 'recovery' has no row: is 'recovery' meant?"),
    ("Interview questions", "Good answer", None, "nothing there"),
    ("Styles", "Description", None, "nothing there"),
    ("Groups", "Name", None, "nothing there"),
    ("Bank", "Field", "title", "'title' does not fit the rows above"),
    ("Bank", "Text", None, "nothing there; expected a text or a number"),
    ("Bank", "Text", date(2026, 1, 1), "is a date or time"),
    ("Bank", "Field", "id.name", "id: expected a text"),
    ("Bank", "Field", "title.name", "'title' does not fit the rows above"),
    ("Bank", "Field", "version[]", "'version' does not fit the rows above"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "column", "value", "problem"), OTHERS)
def test_a_wrong_cell_elsewhere_is_named(edited: Edit, sheet: str, column: str, value: object, problem: str) -> None:
    found = edited(put(sheet, column, 4 if value == "b" else 2, value))
    assert any(problem in each and each.startswith(f"sheet {sheet}") for each in said(found)), said(found)


def test_a_version_kept_as_a_text_is_named_by_its_row(edited: Edit) -> None:
    found = edited(put("Bank", "Text", 3, "1"))
    assert said(found) == ["sheet Bank, row 3: version: expected a whole number"]
    assert found.after.tree["bank"] == found.before.tree["bank"]


def test_a_whole_number_that_a_program_kept_as_a_fraction(edited: Edit) -> None:
    found = edited(put("Bank", "Text", 3, 2.0))
    assert found.problems == ()
    assert found.after.tree["bank"]["version"] == 2


def test_renamed_missing_and_unknown_columns(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Scenarios"].cell(1, 12, "My notes")
        book["Sources"]["A1"] = None

    found = edited(change)
    named = said(found)
    assert "sheet Scenarios, row 1, column My notes: is no column of this sheet, or stands there twice" in named
    assert "sheet Sources, row 1, column Id: is missing; expected a column of that name" in named
    assert found.after.tree["sources"] == found.before.tree["sources"]


def test_a_renamed_column_is_guessed(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Scenarios"][cell_of(book["Scenarios"], "Situation", 1)] = "Situations"

    found = edited(change)
    assert said(found)[0] == (
        "sheet Scenarios, row 1, column Situation: is missing (is it 'Situations'?); expected a column of that name"
    )
    assert found.after.tree["scenarios"] == found.before.tree["scenarios"]


def test_columns_may_stand_in_any_order_and_case(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        sheet = book["Styles"]
        for row in range(1, sheet.max_row + 1):
            cells = [sheet.cell(row, column).value for column in (1, 2, 3)]
            for column, value in zip((3, 1, 2), cells, strict=True):
                sheet.cell(row, column).value = str(value).upper() if row == 1 else value

    found = edited(change)
    assert found.problems == ()
    assert found.after.tree == found.before.tree


def test_missing_sheets_change_nothing_of_theirs(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        for name in ("Sources", "Bank", "Competencies", "As written", "Forms", "Keys"):
            book[name].parent.remove(book[name])

    found = edited(change)
    assert "sheet Sources: is missing; nothing of it is changed" in said(found)
    assert (
        "sheet Options, row 2, column Value: has values, but sheet Keys names no key; expected one row there"
        in said(found)
    )
    for part in ("sources", "bank", "competencies", "forms", "keys"):
        assert found.after.tree[part] == found.before.tree[part]


def test_merged_cells_are_named(edited: Edit) -> None:
    found = edited(lambda book: book["Options"].merge_cells("A2:A5"))
    assert said(found)[0] == "sheet Options: cells A2:A5 are merged; unmerge them and fill in each"
    assert [each for each in said(found) if "row 3, column Scenario: lies under merged cells" in each]
    first = next(iter(found.before.tree["scenarios"]))
    assert found.after.tree["scenarios"][first] == found.before.tree["scenarios"][first]


def test_a_scenario_without_options_and_options_without_a_scenario(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        for row in range(2, book["Options"].max_row + 1):
            if book["Options"].cell(row, 1).value == "lost-key":
                book["Options"].cell(row, 1).value = "lost-keys"

    found = edited(change)
    assert said(found)[0].endswith(
        "column Scenario: 'lost-keys' has no row of its own (is 'lost-key' meant?); expected one in sheet Scenarios; "
        "its rows are left alone"
    )
    assert any(
        "is it option 'a' of 'lost-key', which has no row? 'lost-key' is left as it was" in each for each in said(found)
    )
    assert found.after.tree == found.before.tree


def test_a_second_key_is_refused(edited: Edit) -> None:
    found = edited(lambda book: book["Keys"].append(["other-1", 1, "THEORY", 0, 1, 6]))
    assert said(found) == [
        "sheet Keys, row 3, column Id: is a second key; expected one, whose values stand in sheet Options"
    ]
    assert set(found.after.tree["keys"]) == {"theory-1"}


def test_one_option_is_too_few(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        for row in rows_of(book["Options"], "lost-key")[1:]:
            put("Options", "Remove", row, "remove")(book)

    found = edited(change)
    assert any("expected at least two options" in each for each in said(found))
    assert found.after.tree == found.before.tree


HALF_A_LETTER = '[[["bank","title"],["A small bank"],["\\ud800"]]]'


def test_what_was_kept_unseen_may_be_spoilt(edited: Edit) -> None:
    for text in (
        "{",
        "[1]",
        "[[1,2,3]]",
        '[[["a"],[],[]]]',
        '[[["bank","b"],[1,2],[]]]',
        "[" * 60 + "]" * 60,
        HALF_A_LETTER,
    ):
        found = edited(
            put("As written", "Not to be edited: how the files break their lines and write their numbers", 2, text)
        )
        assert said(found)[0].startswith("sheet As written: was edited and cannot be read"), text


def test_what_was_kept_unseen_can_break_nothing(edited: Edit) -> None:
    text = (
        '[[["scenarios","lost-key"],[],[5]],[["scenarios","../x"],[],[5]],[["scenarios","y"],[],[{"id":"z"}]],'
        '[["keys","theory-1"],[],[]],[["bank","notice"],[],[7]],[["sources","sources","n"],[],[3]],[["x","y"],[],[1]],'
        '[["competencies","groups",99],[],[1]],[["forms","f"],[],[[]]],[["practice","p"],[],["q"]]]'
    )
    found = edited(
        put("As written", "Not to be edited: how the files break their lines and write their numbers", 2, text),
        into_empty=True,
    )
    named = " ".join(said(found))
    assert "'../x'" in named
    assert set(found.after.tree["scenarios"]) == {"lost-key", "late-bus", "cold-soup", "quiet-caller"}
    assert set(found.after.tree["sources"]) <= {"sources"}


def test_a_new_row_is_a_new_scenario_and_no_row_removes_none(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        values = [cell.value for cell in book["Scenarios"][2]]
        book["Scenarios"].append(["one-more", 1, None, "One more", *values[4:-2], f"Another scene. {values[-2]}"])
        for option in "abcd":
            book["Options"].append(
                [
                    "one-more",
                    option,
                    f"Option {option} is said to the guest here and now.",
                    1.5,
                    "Why.",
                    "own-it, read-the-room",
                ]
            )
        book["Scenarios"].delete_rows(2)
        for row in reversed(range(2, book["Options"].max_row + 1)):
            if book["Options"].cell(row, 1).value == values[0]:
                book["Options"].delete_rows(row)

    found = edited(change)
    assert found.problems == ()
    assert set(found.after.tree["scenarios"]) == {*found.before.tree["scenarios"], "one-more"}
    credit = found.after.tree["keys"]["theory-1"]["scenarios"]["one-more"]["d"]
    assert credit == {"value": 1.5, "rationale": "Why.", "sources": ["own-it", "read-the-room"]}
    assert set(found.after.tree["keys"]["theory-1"]["scenarios"]) == set(found.after.tree["scenarios"])


def test_a_competency_without_a_row_stays_in_its_group(edited: Edit) -> None:
    found = edited(lambda book: book["Competencies"].delete_rows(2))
    model = found.after.tree["competencies"]
    assert set(model["competencies"]) == {"recovery", "understanding-emotions"}
    assert sorted(model["groups"][0]["competencies"]) == ["recovery", "understanding-emotions"]


def test_a_group_may_go_missing_or_come(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Groups"].delete_rows(2)
        book["Groups"].append(["new-group", "New", "A new group."])

    model = edited(change).after.tree["competencies"]
    assert [group["id"] for group in model["groups"]] == ["service", "new-group"]


def test_a_model_that_does_not_hold_leaves_all_three_files(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        put("Bank", "Field", 2, "identity")(book)
        put("Sources", "Title", 2, "Another title")(book)

    found = edited(change)
    assert said(found)[0].startswith("sheet Bank, row 2: identity: unknown field")
    assert found.after.tree["sources"] == found.before.tree["sources"]


def to_practice(book: Sheets, row: int) -> str:
    """Write a scenario's rows into the sheets for practice, too."""
    cells = {cell.value: book["Scenarios"].cell(row, cell.column).value for cell in book["Scenarios"][1]}
    book["Practice"].append([cells.get(cell.value) for cell in book["Practice"][1]])
    for number in rows_of(book["Options"], str(cells["Id"])):
        book["Practice options"].append([book["Options"].cell(number, column).value for column in (1, 2, 3)])
    return str(cells["Id"])


def test_a_scenario_moves_to_practice_where_its_old_rows_say_so(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        name = to_practice(book, 2)
        put("Scenarios", "Remove", 2, "remove")(book)
        (member,) = rows_of(book["Form scenarios"], name, 3)
        put("Form scenarios", "Remove", member, "remove")(book)

    found = edited(change)
    first = next(iter(found.before.tree["scenarios"]))
    assert found.problems == ()
    assert first not in found.after.tree["scenarios"]
    assert first not in found.after.tree["keys"]["theory-1"]["scenarios"]
    assert found.after.file_of("practice", first) == f"scenarios/practice/{first}.toml"


def test_a_scenario_that_a_form_still_asks_does_not_move_to_practice(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        to_practice(book, 2)
        put("Scenarios", "Remove", 2, " REMOVE ")(book)

    found = edited(change)
    first = next(iter(found.before.tree["scenarios"]))
    assert said(found) == [f"sheet Scenarios, row 2, column Remove: {first!r} stays, since form small-a still uses it"]
    assert found.after.tree == found.before.tree


def test_a_scenario_does_not_move_because_its_row_stands_elsewhere(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        name = to_practice(book, 2)
        book["Scenarios"].delete_rows(2)
        for row in reversed(rows_of(book["Options"], name)):
            book["Options"].delete_rows(row)

    found = edited(change)
    first = next(iter(found.before.tree["scenarios"]))
    (problem,) = said(found)
    assert problem == (
        f"sheet Practice, row 3, column Id: {first!r} stands in sheet Scenarios of the bank; to move it here, keep its "
        "row there with the word remove"
    )
    assert found.after.tree == found.before.tree


def test_yes_and_no_are_words(edited: Edit) -> None:
    assert edited(put("Keys", "Provisional", 2, "Yes")).after.tree["keys"]["theory-1"]["provisional"] is True
    assert edited(put("Keys", "Provisional", 2, "no")).after.tree["keys"]["theory-1"]["provisional"] is False
    assert edited(put("Forms", "Studies only", 2, "yes")).after.tree["forms"]["small-a"]["studies_only"] is True


def test_a_field_cannot_lie_within_a_text_or_a_list_be_one(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Bank"].append(["title.long", "Long"])
        book["Bank"].append(["title[]", "Long"])

    found = edited(change)
    assert [each.split(":")[1] for each in said(found)] == [
        " 'title.long' does not fit the rows above; expected each field once, lists with [] after the name",
        " 'title[]' does not fit the rows above; expected each field once, lists with [] after the name",
    ]


def test_a_scenario_that_the_key_leaves_out(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        for row in range(2, 6):
            for column in ("Value", "Rationale", "Key sources", "Best when"):
                put("Options", column, row, None)(book)

    found = edited(change, into_empty=True)
    assert len(found.after.tree["keys"]["theory-1"]["scenarios"]) == 3
    assert [str(each) for each in found.problems] == []


def test_a_practice_scenario_never_takes_the_place_of_a_refused_one(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        put("Scenarios", "Version", 2, "one")(book)
        name = book["Scenarios"]["A2"].value
        put("Practice", "Id", 2, name)(book)
        for row in range(2, 6):
            put("Practice options", "Scenario", row, name)(book)

    found = edited(change)
    assert any("is new, and 'practice-wet-coat' has no row" in each for each in said(found))
    assert found.after.tree["scenarios"] == found.before.tree["scenarios"]
    assert found.after.tree["practice"] == found.before.tree["practice"]
