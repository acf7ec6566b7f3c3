"""Each promise names tests that exist, or says why it has none; the page says what the list says."""

from docs.making.pages import PAGES
from docs.making.promises import ROOT, Promise, missing_tests, promises_page, read_parts

PROMISES = [each for part in read_parts() for each in part.promises]


def test_all_54_are_there_once_and_in_order() -> None:
    assert [each.number for each in PROMISES] == list(range(1, 55))


def test_every_name_is_that_of_a_test() -> None:
    assert {each.number: missing_tests(each) for each in PROMISES if missing_tests(each)} == {}
    assert all(len(each.tests) == len(set(each.tests)) for each in PROMISES)


def test_what_has_no_test_says_why() -> None:
    assert [each.number for each in PROMISES if not each.tests and not each.open] == []


def test_a_name_that_is_gone_is_found() -> None:
    here = "tests/house/test_promises_page.py"
    names = (
        f"{here}::test_a_name_that_is_gone_is_found",
        f"{here}::test_that_nobody_wrote",
        f"{here}::TestNobody::test_a_name_that_is_gone_is_found",
        "tests/house/nowhere.py::test_a",
        here,
    )
    assert missing_tests(Promise(1, "To be found.", names)) == names[1:]


def test_a_state_is_what_tests_and_open_ends_make_of_it() -> None:
    assert Promise(1, "A.", ("a::b",)).state == "held"
    assert Promise(1, "A.", ("a::b",), "Not for all.").state == "held in part"
    assert Promise(1, "A.", ("a::b",), "Not held yet: half of it.").state == "not held yet"
    assert Promise(1, "A.", (), "No test can tell.").state == "not held yet"


def test_the_page_is_what_the_list_gives() -> None:
    assert (ROOT / "docs" / "promises.md").read_text("utf-8") == promises_page(), (
        "make it anew: .venv/bin/python -m docs.making"
    )


def test_every_page_that_is_made_is_made_by_one_command() -> None:
    assert {path.name for path in PAGES} == {"privacy.md", "promises.md"}
    assert all(path.is_file() for path in PAGES)
