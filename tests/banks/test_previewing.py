"""What an author's page shows of a bank, whole or half written."""

from pathlib import Path

import pytest

from eiassess.banks.authoring.previewing import BankPreview, Notice, PreviewChoice, bank_preview
from eiassess.banks.checks.content import read_content
from eiassess.banks.checks.files import read_bank_files
from eiassess.domain.formats import ResponseFormat
from eiassess.errors import NotFoundError
from tests.banks.small_bank import FORM, FORM_FILE, KEY, LATE_BUS, LOST_KEY, edit, write, write_small_bank


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


def preview(bank: Path, choice: PreviewChoice | None = None) -> BankPreview:
    files = read_bank_files(bank)
    content, findings = read_content(files)
    notices = (Notice(each.file, each.field, each.message) for each in (*files.findings, *findings))
    return bank_preview(content, notices, choice or PreviewChoice())


def titles(page: BankPreview) -> list[str]:
    return [scenario.title for scenario in page.scenarios]


def test_scenarios_stand_by_competency_and_practice_last(small: Path) -> None:
    page = preview(small)
    assert titles(page) == ["cold-soup", "lost-key", "late-bus", "quiet-caller", "A wet coat"]
    first = page.scenarios[0]
    assert first.question.place == "Chat, delivery"
    assert first.facts[0] == "Recovery"
    assert "style: Personal" in first.facts
    assert {option.value for option in first.options} == {None}
    assert page.key is None
    assert page.notices == ()


def test_a_form_gives_order_and_format(small: Path) -> None:
    edit(small, FORM_FILE, r"^format = .*", 'format = "PICK_BEST_AND_WORST"\nformats = { late-bus = "RATE_EACH" }')
    page = preview(small, PreviewChoice(form=FORM))
    assert titles(page) == ["A wet coat", "lost-key", "late-bus", "cold-soup", "quiet-caller"]
    formats = [scenario.question.format for scenario in page.scenarios]
    assert formats[1:3] == [ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RATE_EMOTIONS]
    assert page.form == "Small form A"


def test_the_key_stands_beside_with_values_and_sources(small: Path) -> None:
    page = preview(small, PreviewChoice("lost-key", key="theory-1"))
    (scenario,) = page.scenarios
    assert [option.value for option in scenario.options] == [1.0, 5.5, 4.5, 1.5]
    assert scenario.options[0].rationale.startswith("She has ten minutes")
    assert scenario.options[0].sources == (("sincere-apology", "A study"), ("own-it", "A study"))
    assert page.key
    assert (page.key.method, page.key.experts) == ("THEORY", 0)


def test_options_by_value(small: Path) -> None:
    edit(small, KEY, r"^\[scenarios.lost-key.b\]\n(.+\n)+", "")
    edit(small, KEY, r"^sources = .*", 'sources = ["hearsay"]')
    (scenario,) = preview(small, PreviewChoice("lost-key", key="theory-1", by_value=True)).scenarios
    assert [option.value for option in scenario.options] == [4.5, 1.5, 1.0, None]
    assert scenario.options[2].sources == (("hearsay", "not in sources.toml"),)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (PreviewChoice("lost"), "no scenario 'lost' that can be read; scenarios here: cold-soup, late-bus"),
        (PreviewChoice(form="small-b"), "no form 'small-b' that can be read; forms here: small-a"),
        (PreviewChoice(key="theory-2"), "no key 'theory-2' that can be read; keys here: theory-1"),
    ],
)
def test_what_is_not_there(small: Path, choice: PreviewChoice, said: str) -> None:
    with pytest.raises(NotFoundError, match=said):
        preview(small, choice)


def test_a_half_written_scenario_is_shown_as_far_as_it_goes(small: Path) -> None:
    edit(small, LOST_KEY, r"^situation = .*\n", "")
    edit(small, LOST_KEY, r"^style = .*", 'style = "odd"')
    edit(small, LOST_KEY, r"^competency = .*", 'competency = "odd-one"')
    edit(small, LOST_KEY, r'^text = ".*', "text = 7")
    edit(small, LOST_KEY, r"^title = .*", 'title = ""')
    page = preview(small)
    (scenario,) = (each for each in page.scenarios if each.file == LOST_KEY)
    assert scenario.title == "lost-key"
    assert scenario.question.situation == ("(no situation that can be read)",)
    assert {notice.field for notice in scenario.notices} == {"situation", "options[1].text", "title"}
    assert "style: odd" in scenario.facts
    assert scenario.facts[0] == "odd-one"
    assert len(scenario.options) == 4


def test_files_that_are_none_are_named_on_top(small: Path) -> None:
    write(small, LATE_BUS, "id = ")
    edit(small, "bank.toml", r"^\[scales.emotions\]", "[scales.feelings]")
    edit(small, "bank.toml", r"^\[prompts.emotions", "[prompts.feelings")
    edit(small, FORM_FILE, r"^scenarios = .*", "scenarios = 5")
    page = preview(small, PreviewChoice(form=FORM))
    assert titles(page) == ["A wet coat"]
    assert {notice.file for notice in page.notices} >= {LATE_BUS, "bank.toml"}
    assert preview(small).scenarios[-2].question.scale.question.startswith("(bank.toml has no scale")


def test_a_bank_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    page = preview(tmp_path / "nothing")
    assert page.scenarios == ()
    assert (page.title, page.language) == ("nothing", "en")
    assert page.notices
