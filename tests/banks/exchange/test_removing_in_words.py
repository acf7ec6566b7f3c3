"""What a sheet says in words is to go goes, with all that belongs to it, unless what stays still needs it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from eiassess.banks.exchange.contents import read_contents
from eiassess.banks.exchange.merging import Import
from eiassess.banks.exchange.staging import confirm, stage
from tests.banks.exchange.conftest import Edit
from tests.banks.exchange.test_reading import Sheets, put, rows_of, said
from tests.banks.small_bank import edit

Removing = Callable[[Sheets], None]


def removing(sheet: str, name: str, column: int = 1, at: int | None = None) -> Removing:
    """Write the word into the rows with a name, or into one of them."""

    def change(book: Sheets) -> None:
        found = rows_of(book[sheet], name, column)
        for row in found if at is None else found[at : at + 1]:
            put(sheet, "Remove", row, "remove")(book)

    return change


def both(*changes: Removing) -> Removing:
    def change(book: Sheets) -> None:
        for each in changes:
            each(book)

    return change


def key_of(found: Import) -> dict[str, Any]:
    return found.after.tree["keys"]["theory-1"]["scenarios"]  # type: ignore[no-any-return]


def test_an_option_goes_with_its_value(edited: Edit) -> None:
    found = edited(removing("Options", "lost-key", at=1))
    assert (found.problems, found.notes) == ((), ())
    assert [each["id"] for each in found.after.tree["scenarios"]["lost-key"]["options"]] == ["a", "c", "d"]
    assert set(key_of(found)["lost-key"]) == {"a", "c", "d"}
    assert key_of(found)["cold-soup"] == found.before.tree["keys"]["theory-1"]["scenarios"]["cold-soup"]


def test_a_scenario_goes_with_its_options_its_values_and_its_file(edited: Edit) -> None:
    found = edited(both(removing("Scenarios", "lost-key"), removing("Form scenarios", "lost-key", 3)))
    assert (found.problems, found.notes) == ((), ())
    assert set(found.after.tree["scenarios"]) == {"late-bus", "cold-soup", "quiet-caller"}
    assert set(key_of(found)) == {"late-bus", "cold-soup", "quiet-caller"}
    assert found.after.tree["forms"]["small-a"]["scenarios"] == ["late-bus", "cold-soup", "quiet-caller"]


def test_a_scenario_that_a_form_names_stays(edited: Edit) -> None:
    found = edited(removing("Scenarios", "lost-key"))
    assert [each.partition("column ")[2] for each in said(found)] == [
        "Remove: 'lost-key' stays, since form small-a still uses it"
    ]
    assert found.after.tree == found.before.tree


def test_a_scenario_with_a_row_in_doubt_stays(edited: Edit) -> None:
    found = edited(
        both(
            removing("Scenarios", "lost-key"),
            removing("Form scenarios", "lost-key", 3),
            lambda book: put("Options", "Value", rows_of(book["Options"], "lost-key")[0], "much")(book),
        )
    )
    assert "lost-key" in found.after.tree["scenarios"]
    assert key_of(found) == found.before.tree["keys"]["theory-1"]["scenarios"]


def test_a_form_and_a_practice_scenario_go_with_their_files(edited: Edit, small: Any) -> None:
    found = edited(both(removing("Forms", "small-a"), removing("Practice", "practice-wet-coat")))
    assert (found.problems, found.notes) == ((), ())
    staged = stage(small, found.before, found.after)
    assert staged
    (kept,) = confirm(small, staged)
    assert not list((small / "forms").iterdir())
    assert not list((small / "scenarios" / "practice").iterdir())
    assert (kept / "forms" / "small-a.toml").is_file()
    assert read_contents(small).tree["forms"] == {}


def test_a_scenario_of_a_form_goes_with_its_own_format(edited: Edit, small: Any) -> None:
    edit(small, "forms/small-a.toml", r"^practice", 'formats = { late-bus = "PICK_BEST_AND_WORST" }\npractice')
    found = edited(removing("Form scenarios", "late-bus", 3))
    form = found.after.tree["forms"]["small-a"]
    assert found.problems == ()
    assert "formats" not in form
    assert form["scenarios"] == ["lost-key", "cold-soup", "quiet-caller"]


def test_a_source_goes_once_nothing_rests_on_it(edited: Edit) -> None:
    def rest_on_another(book: Sheets) -> None:
        for sheet, column in (("Scenarios", "Sources"), ("Options", "Key sources")):
            for row in range(2, book[sheet].max_row + 1):
                put(sheet, column, row, "own-it")(book)

    (problem,) = said(edited(removing("Sources", "read-the-room")))
    assert re.fullmatch(
        r"sheet Sources, row 4, column Remove: 'read-the-room' stays, since [a-z-]+ still uses it", problem
    )
    found = edited(both(removing("Sources", "read-the-room"), rest_on_another))
    assert found.problems == ()
    assert set(found.after.tree["sources"]["sources"]) == {"sincere-apology", "own-it"}


def test_a_style_a_competency_and_a_group_go_once_nothing_names_them(edited: Edit) -> None:
    def name_others(book: Sheets) -> None:
        for row in range(2, book["Scenarios"].max_row + 1):
            put("Scenarios", "Competency", row, "recovery")(book)
            put("Scenarios", "Style", row, "remove")(book)

    first = edited(
        both(
            removing("Styles", "functional"),
            removing("Competencies", "understanding-emotions"),
            removing("Groups", "service"),
        )
    )
    assert sorted(each.partition(": ")[2].partition(", since ")[0] for each in said(first)) == [
        "'functional' stays",
        "'service' stays",
        "'understanding-emotions' stays",
    ]
    assert first.after.tree == first.before.tree
    found = edited(name_others)
    model = found.after.tree["competencies"]
    assert set(model["styles"]) == {"personal"}
    assert set(model["competencies"]) == {"recovery"}
    assert model["groups"][0]["competencies"] == ["recovery"]
    assert "style" not in found.after.tree["scenarios"]["lost-key"]


def test_an_interview_question_goes_and_another_stays(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Interview questions"].append(["style", "personal", "What else?", "Names it.", "Does not."])
        removing("Interview questions", "personal", 2, at=0)(book)

    found = edited(change)
    assert (found.problems, found.notes) == ((), ())
    questions = [each["question"] for each in found.after.tree["competencies"]["styles"]["personal"]["interview"]]
    assert questions == ["What else?"]


def test_a_text_of_the_bank_and_one_of_a_list_go(edited: Edit, small: Any) -> None:
    edit(small, "bank.toml", r"^sees = .*", 'sees = ["The recruiter sees them.", "So do you."]')
    edit(small, "bank.toml", r"^.notice.", "[coverage]\nscenarios = 2\nscenarios_per_style = 1\n\n[notice]")

    def change(book: Sheets) -> None:
        book["Bank"].append(["notice.sees[]", "So do you."])
        book["Bank"].append(["coverage.scenarios", 2])
        removing("Bank", "notice.sees[]", at=0)(book)
        removing("Bank", "coverage.scenarios")(book)

    found = edited(change)
    assert found.problems == ()
    assert found.after.tree["bank"]["notice"]["sees"] == ["So do you."]
    assert found.after.tree["bank"]["coverage"] == {"scenarios_per_style": 1}


def test_a_list_with_fewer_rows_stays_whole(edited: Edit, small: Any) -> None:
    edit(small, "bank.toml", r"^sees = .*", 'sees = ["The recruiter sees them.", "So do you."]')
    found = edited(lambda _: None)
    assert found.after.tree == found.before.tree
    assert [str(each) for each in found.notes] == [
        "sheet Bank: has 1 of the 2 rows for 'notice.sees[]'; all its texts stay as they were"
    ]


CLEARED = [("Scenarios", "Style"), ("Scenarios", "Sources"), ("Options", "Value"), ("Options", "Key sources")]


@pytest.mark.parametrize(("sheet", "column"), CLEARED)
def test_a_word_in_a_cell_takes_away_what_the_bank_has_there(edited: Edit, sheet: str, column: str) -> None:
    found = edited(put(sheet, column, 2, "Remove "))
    assert (found.problems, found.notes) == ((), ())
    first = next(iter(found.before.tree["scenarios"]))
    scenario, values = found.after.tree["scenarios"][first], key_of(found)[first]
    left = {
        "Style": "style" not in scenario,
        "Sources": scenario.get("sources") == [],
        "Value": "a" not in values,
        "Key sources": values.get("a", {}).get("sources") == [],
    }
    assert left[column]


def test_a_group_is_left_by_word_and_not_by_an_empty_cell(edited: Edit) -> None:
    found = edited(put("Competencies", "Group", 2, "remove"))
    assert found.after.tree["competencies"]["groups"][0]["competencies"] == ["understanding-emotions"]


def test_another_word_is_none(edited: Edit) -> None:
    found = edited(put("Options", "Remove", 2, "yes"))
    assert said(found) == ["sheet Options, row 2, column Remove: 'yes'; expected the word remove, or nothing"]
    assert found.after.tree == found.before.tree


def test_a_row_that_is_to_go_need_hold_no_more_than_its_id(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        removing("Options", "lost-key", at=1)(book)
        row = rows_of(book["Options"], "lost-key")[1]
        for column in ("Text", "Value", "Rationale"):
            put("Options", column, row, None)(book)

    found = edited(change)
    assert found.problems == ()
    assert set(key_of(found)["lost-key"]) == {"a", "c", "d"}


def test_a_word_for_what_is_not_there_is_said(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        book["Sources"].append(["own-itt", "T", "E", "D", "K", None, "remove"])
        book["Sources"].delete_rows(3)

    found = edited(change)
    assert found.after.tree == found.before.tree
    assert "sheet Sources, row 4, column Remove: there is no 'own-itt' to remove (is 'own-it' meant?)" in [
        str(each) for each in found.notes
    ]


def test_a_new_name_beside_the_word_renames(edited: Edit) -> None:
    def change(book: Sheets) -> None:
        sheet = book["Options"]
        row = rows_of(sheet, "lost-key")[1]
        sheet.append([cell.value for cell in sheet[row]])
        sheet.cell(sheet.max_row, 2).value = "e"
        put("Options", "Remove", row, "remove")(book)

    found = edited(change)
    assert found.problems == ()
    assert set(key_of(found)["lost-key"]) == {"a", "c", "d", "e"}
