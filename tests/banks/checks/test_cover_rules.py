"""What looks bad on its face: best_when, irritants, and words that give a key away."""

from pathlib import Path

import pytest

from eiassess.banks.checks.checking import check_bank
from tests.banks.checks.finding import add_copies, found, said
from tests.banks.pairs import DESK, IRRITANTS, SCALES, SEWING, add_pairs, file_of, value_in_key
from tests.banks.small_bank import KEY, LATE_BUS, LOST_KEY, edit


def add_irritants(bank: Path, text: str = IRRITANTS) -> None:
    path = bank / "competencies.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def tag(bank: Path, scenario: str, option: str, irritant: str) -> None:
    head = f"[scenarios.{scenario}.{option}]"
    edit(bank, KEY, rf"\[scenarios\.{scenario}\.{option}\]", f'{head}\nirritant = "{irritant}"')


def drop_best_when(bank: Path, scenario: str, option: str) -> None:
    path = bank / KEY
    before, head, after = path.read_text(encoding="utf-8").partition(f"[scenarios.{scenario}.{option}]")
    own, begin, rest = after.partition("\n[")
    kept = "".join(line for line in own.splitlines(keepends=True) if not line.startswith("best_when"))
    path.write_text(f"{before}{head}{kept}{begin}{rest}", encoding="utf-8")


def test_every_bad_response_says_when_it_would_be_best(small: Path) -> None:
    drop_best_when(small, "lost-key", "a")
    (finding,) = found(small, "best-when")
    assert said([finding]) == [("advice", KEY, "scenarios.lost-key.a")]
    assert "or say there why there is none" in finding.mend


@pytest.mark.parametrize(("value", "asked"), [(3.5, True), (4.0, False)])
def test_from_the_middle_down_a_response_is_bad(small: Path, value: float, *, asked: bool) -> None:
    drop_best_when(small, "lost-key", "d")
    value_in_key(small, "lost-key", "d", value)
    assert bool(found(small, "best-when")) == asked


def test_feelings_are_not_asked(small: Path) -> None:
    drop_best_when(small, "late-bus", "c")
    edit(small, LATE_BUS, r"^version = 1", "version = 2")
    assert found(small, "best-when") == []


@pytest.mark.parametrize(("value", "asked"), [(4.5, False), (4.0, True)])
def test_a_twin_is_the_situation_that_is_asked_for(small: Path, value: float, *, asked: bool) -> None:
    add_pairs(small)
    value_in_key(small, SCALES, "d", value)
    assert said(found(small, "best-when")) == ([("advice", KEY, f"scenarios.{SEWING}.d")] if asked else [])


def test_an_option_without_a_value_under_the_twin(small: Path) -> None:
    add_pairs(small)
    edit(small, KEY, rf"\[scenarios\.{SCALES}\.d\]", "[scenarios.nowhere.d]")
    assert ("advice", KEY, f"scenarios.{SEWING}.d") in said(found(small, "best-when"))


def test_irritants_are_counted_and_those_never_used_too(small: Path) -> None:
    add_irritants(small)
    tag(small, "lost-key", "a", "script")
    tag(small, "cold-soup", "d", "script")
    assert check_bank(small).irritants == {"script": 2, "rude": 0}
    assert found(small, "irritant") == []


def test_an_irritant_that_nobody_knows(small: Path) -> None:
    tag(small, "lost-key", "a", "scritp")
    (finding,) = found(small, "irritant")
    assert said([finding]) == [("error", KEY, "scenarios.lost-key.a.irritant")]
    assert finding.message == "there is no irritant 'scritp' in competencies.toml; there are none"
    add_irritants(small)
    assert found(small, "irritant")[0].message.endswith("there are script, rude")


@pytest.mark.parametrize(("value", "refused"), [(3.5, False), (4.0, True)])
def test_what_irritates_is_not_good(small: Path, value: float, *, refused: bool) -> None:
    add_irritants(small)
    value_in_key(small, "lost-key", "d", value)
    tag(small, "lost-key", "d", "rude")
    findings = found(small, "irritant")
    assert said(findings) == ([("error", KEY, "scenarios.lost-key.d.irritant")] if refused else [])
    assert [each.message for each in findings] == (["what irritates is worth 4 here"] if refused else [])


def test_experts_may_find_good_what_the_authors_tagged(small: Path) -> None:
    add_irritants(small)
    value_in_key(small, "lost-key", "d", 4.0)
    tag(small, "lost-key", "d", "rude")
    edit(small, KEY, r'^method = "THEORY"', 'method = "EXPERT"')
    assert said(found(small, "irritant")) == [("advice", KEY, "scenarios.lost-key.d.irritant")]


def test_feelings_irritate_nobody(small: Path) -> None:
    add_irritants(small)
    tag(small, "late-bus", "a", "rude")
    (finding,) = found(small, "irritant")
    assert (finding.severity, finding.field) == ("error", "scenarios.late-bus.a.irritant")
    assert finding.message == "what a customer feels irritates nobody"


def test_what_is_bad_anywhere_stands_in_no_pair(small: Path) -> None:
    add_pairs(small)
    add_irritants(small)
    tag(small, SEWING, "d", "rude")
    tag(small, SEWING, "a", "script")
    (finding,) = found(small, "irritant")
    assert finding.field == f"scenarios.{SEWING}.d.irritant"
    assert finding.message == "'rude' is bad under any situation, and this is half of a flip pair"


def test_an_irritant_rests_on_a_row_that_there_is(small: Path) -> None:
    add_irritants(small, IRRITANTS.replace('["own-it"]', '["own-is"]'))
    (finding,) = found(small, "source")
    assert (finding.file, finding.field) == ("competencies.toml", "irritants.script.sources")
    assert finding.message == "there is no row 'own-is' in sources.toml"
    (small / "sources.toml").unlink()
    assert [each for each in found(small, "source") if each.file == "competencies.toml"] == []


def test_an_irritant_is_read_field_by_field(small: Path) -> None:
    add_irritants(small, IRRITANTS.replace('meaning = "Says what hurts."\n', "").replace("true", '"yes"'))
    places = {(each.file, each.field) for each in found(small, "field")}
    assert places == {
        ("competencies.toml", "irritants.rude.meaning"),
        ("competencies.toml", "irritants.rude.singles_only"),
    }


TOLD = {
    "a": "You ask the people at the desk what there is to be done now.",
    "b": "Sorry, you get a room here on this floor and I fetch it.",
    "c": "Sorry, here is a new one that may well do for this day.",
    "d": "You explain how such a thing can lose its charge by itself.",
}
GOOD_B = {"a": 1.5, "b": 5.5, "c": 4.5, "d": 2.0}


def test_words_that_give_the_key_away(small: Path) -> None:
    add_copies(small, [GOOD_B] * 14, TOLD)
    (finding,) = found(small, "word-model")
    (cover,) = check_bank(small).covers
    assert said([finding]) == [("error", KEY, "")]
    assert cover.word_model is not None
    assert cover.word_model > 0.8
    assert f"r = {cover.word_model:.2f}" in finding.message


def test_the_same_words_good_here_and_bad_there(small: Path) -> None:
    turned = {option: 7 - value for option, value in GOOD_B.items()}
    add_copies(small, [GOOD_B, turned] * 7, TOLD)
    (cover,) = check_bank(small).covers
    assert cover.word_model is not None
    assert cover.word_model <= 0.20
    assert found(small, "word-model") == []


def test_too_few_scenarios_for_words(small: Path) -> None:
    add_copies(small, [GOOD_B] * 13, TOLD)
    assert check_bank(small).covers[0].word_model is None
    assert found(small, "word-model") == []


def test_both_halves_of_a_pair_are_one_scenario(small: Path) -> None:
    """Two of the small bank, two pairs and so many copies: with four halves as four, there would be 16."""
    add_copies(small, [GOOD_B] * 10, TOLD)
    add_pairs(small)
    assert check_bank(small).covers[0].word_model is None
    edit(small, file_of(SEWING), r"^twin = .*", "")
    assert check_bank(small).covers[0].word_model is None
    edit(small, file_of(DESK), r"^twin = .*", "")
    assert check_bank(small).covers[0].word_model is not None


def test_options_without_a_value_are_left_out(small: Path) -> None:
    add_copies(small, [{option: GOOD_B[option] for option in "abc"}] * 14, TOLD)
    (cover,) = check_bank(small).covers
    assert cover.word_model is not None


def test_feelings_are_no_responses(small: Path) -> None:
    edit(small, LOST_KEY, r'^kind = "responses"', 'kind = "emotions"')
    add_copies(small, [GOOD_B] * 14, TOLD)
    assert check_bank(small).covers[0].word_model is None
