"""What changed between two versions of a bank, in words."""

import copy
import shutil
from pathlib import Path

import pytest

from eiassess.banks.exchange.contents import read_contents
from eiassess.banks.exchange.difference_words import difference_lines, summary
from eiassess.banks.exchange.differences import bank_differences
from tests.banks.small_bank import FORM_FILE, KEY, LOST_KEY, PRACTICE, edit, write


@pytest.fixture
def new(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "newer" / "small"))


def lines(old: Path, new: Path) -> list[str]:
    return list(difference_lines(bank_differences(read_contents(old), read_contents(new))))


def test_the_same_bank_differs_in_nothing(small: Path, new: Path) -> None:
    assert lines(small, new) == []
    assert summary(()) == "Nothing differs."


def test_a_changed_value_names_scenario_and_option(small: Path, new: Path) -> None:
    edit(new, KEY, r"^value = 4.5", "value = 5")
    edit(new, KEY, r"^version = 1", "version = 2")
    assert lines(small, new) == ["Key theory-1: changed", "  version: 1 -> 2", "  lost-key c: 4.5 -> 5"]


def test_a_content_that_changed_wants_a_new_version(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, r"^title = .*", 'title = "Socks"')
    edit(new, "bank.toml", r"^decides = .*", 'decides = "People decide."')
    assert lines(small, new) == [
        "Scenario lost-key: changed",
        "  title: “lost-key” -> “Socks”",
        "  Warning: its version is still 1; raise it, or two contents share it",
        "Bank small: changed",
        "  notice.decides: “A person decides about the job.” -> “People decide.”",
        "  Warning: its version is still 1; raise it, or two contents share it",
    ]


def test_moving_on_in_life_is_no_new_version(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, r"^version = 1", 'version = 1\nstatus = "retired"')
    assert lines(small, new) == ["Scenario lost-key: changed", "  status: added “retired”"]


def test_words_within_a_long_text(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, "for the third time today", "for the fourth time this very day")
    edit(new, LOST_KEY, "and the lift is broken", "and the lift is")
    edit(new, LOST_KEY, "You can make", "Right now you can make")
    edit(new, LOST_KEY, "and looks at you", "and looks at them")
    (line,) = (each for each in lines(small, new) if "situation" in each)
    assert line == (
        "  situation: ... working for the [third -> fourth] time today. She "
        "... the third time [today. -> this very day.] She has walked "
        "... and the lift [is broken. -> is.] She has a ...; and 2 more places"
    )


def test_a_text_written_anew_is_cut(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, r"^situation = .*", f'situation = "{"Quite another story. " * 8}"')
    (line,) = (each for each in lines(small, new) if "situation" in each)
    assert line.endswith(
        "... -> “Quite another story. Quite another story. Quite another stor ...”".removeprefix("... ")
    )


def test_words_that_are_new_or_gone(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, " in socks", "")
    edit(new, LOST_KEY, "the lift is broken", "the old lift is broken")
    (line,) = (each for each in lines(small, new) if "situation" in each)
    assert "comes down [gone: in] socks" not in line
    assert "and the [new: old] lift is broken." in line
    assert "[down in socks. -> down.]" in line


def test_only_the_layout(small: Path, new: Path) -> None:
    edit(new, LOST_KEY, r"^title = .*", 'title = " lost-key "')
    assert lines(small, new)[1] == "  title: only its line breaks, spaces or digits differ; the digest differs too"


def test_scenarios_in_and_out_of_a_form(small: Path, new: Path) -> None:
    edit(new, FORM_FILE, r"^scenarios = .*", 'scenarios = ["late-bus", "lost-key", "quiet-caller"]')
    assert "  scenarios: out: cold-soup" in lines(small, new)
    edit(new, FORM_FILE, r"^scenarios = .*", 'scenarios = ["late-bus", "lost-key", "quiet-caller", "cold-soup"]')
    assert "  scenarios: in another order: late-bus, lost-key, quiet-caller, cold-soup" in lines(small, new)
    assert "  scenarios: in: cold-soup" in lines_between(new, "late-bus", "cold-soup")


def lines_between(bank: Path, *_: str) -> list[str]:
    old = read_contents(bank)
    shorter = copy.deepcopy(old)
    shorter.tree["forms"]["small-a"]["scenarios"].remove("cold-soup")
    return list(difference_lines(bank_differences(shorter, old)))


def test_parts_that_come_and_go(small: Path, new: Path) -> None:
    (new / LOST_KEY).unlink()
    edit(new, FORM_FILE, r'"lost-key", ', "")
    write(new, "scenarios/practice/second.toml", (new / PRACTICE).read_text().replace("practice-wet-coat", "second"))
    said = lines(small, new)
    assert said[:2] == ["Scenario lost-key: removed", "Practice scenario second: added"]
    changes = bank_differences(read_contents(small), read_contents(new))
    assert summary(changes) == "1 scenario removed, 1 practice scenario added, 1 form changed."


def test_options_and_questions_in_another_order(small: Path, new: Path) -> None:
    contents = read_contents(new)
    contents.tree["scenarios"]["lost-key"]["options"].reverse()
    del contents.tree["scenarios"]["late-bus"]["options"][0]
    contents.tree["competencies"]["competencies"]["recovery"]["interview"][0]["good"] = "Other words."
    contents.tree["competencies"]["version"] = 2
    contents.tree["keys"]["theory-1"]["provisional"] = True
    said = list(difference_lines(bank_differences(read_contents(small), contents)))
    assert "  order of the options: “a, b, c, d” -> “d, c, b, a”" in said
    assert "  option a text: removed “worried”" in said
    assert "  interview question 1 good: “Tells what happened.” -> “Other words.”" in said
    assert "  competencies.toml version: added 2" in said
    assert "  provisional: added “yes”" in said


def test_groups_in_another_order(small: Path) -> None:
    one, other = read_contents(small), read_contents(small)
    more = {"id": "more", "name": "More", "definition": "More.", "competencies": []}
    one.tree["competencies"]["groups"].append(more)
    other.tree["competencies"]["groups"].insert(0, more)
    assert "  order of the groups: “service, more” -> “more, service”" in list(
        difference_lines(bank_differences(one, other))
    )
    assert summary(bank_differences(read_contents(small), one)).startswith("1 group added, 1 bank changed")


def test_several_of_a_kind_are_counted(small: Path, new: Path) -> None:
    for file in (LOST_KEY, "scenarios/recovery/cold-soup.toml"):
        edit(new, file, r"^version = 1", "version = 2")
    for name in ("recovery", "understanding-emotions"):
        edit(new, "competencies.toml", rf"^\[competencies.{name}\]\nname = .*", f'[competencies.{name}]\nname = "N"')
    said = summary(bank_differences(read_contents(small), read_contents(new)))
    assert said == "2 scenarios changed, 2 competencies changed, 1 bank changed."
