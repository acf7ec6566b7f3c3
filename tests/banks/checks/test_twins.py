"""Flip pairs in a bank: what makes two scenarios a pair, their ceilings, and no form with both halves."""

from pathlib import Path

import pytest

from eiassess.banks.checks.checking import check_bank
from eiassess.psychometrics.cover.ceilings import blind_ceiling
from tests.banks.checks.finding import found, said
from tests.banks.pairs import BUS, DESK, SCALES, SEWING, SITUATIONS, add_pairs, file_of, put_into_form, value_in_key
from tests.banks.small_bank import FORM_FILE, KEY, LATE_BUS, LOST_KEY, PRACTICE, QUIET_CALLER, edit


@pytest.fixture
def paired(small: Path) -> Path:
    return add_pairs(small)


def test_pairs_that_are_pairs(paired: Path) -> None:
    for rule in ("twin", "twin-sum", "near-duplicate", "best-when"):
        assert found(paired, rule) == []


def test_the_ceilings_of_the_worked_pairs(paired: Path) -> None:
    (cover,) = check_bank(paired).covers
    ceilings = {(one, other): (round(each.correlation, 2), round(each.points, 1)) for one, other, each in cover.pairs}
    assert ceilings == {(BUS, DESK): (0.09, 54.4), (SEWING, SCALES): (0.20, 59.8)}
    assert cover.together is not None
    assert (round(cover.together.correlation, 2), round(cover.together.points, 1)) == (0.15, 57.6)
    assert (cover.key, cover.word_model) == ("theory-1", None)


def test_options_that_one_stem_has_no_value_for_are_left_out_of_the_ceiling(paired: Path) -> None:
    edit(paired, KEY, rf"\[scenarios\.{SEWING}\.a\]", f"[scenarios.{SEWING}.z]")
    (_, (*_, ceiling)) = check_bank(paired).covers[0].pairs
    assert ceiling == blind_ceiling([([5.5, 4.5, 2.0], [2.0, 2.5, 4.5])])


def test_a_pair_without_values_or_with_one_value_has_no_ceiling(paired: Path) -> None:
    for option in "abcd":
        edit(paired, KEY, rf"\[scenarios\.{SEWING}\.{option}\]", f"[scenarios.nowhere.{option}]")
        for name in (DESK, BUS):
            value_in_key(paired, name, option, 3.5)
    (cover,) = check_bank(paired).covers
    assert (cover.pairs, cover.together) == ((), None)


@pytest.mark.parametrize("name", ["nowhere", SEWING, "practice-wet-coat"])
def test_a_twin_that_is_not_there_is_oneself_or_is_practice(paired: Path, name: str) -> None:
    edit(paired, file_of(SEWING), r"^twin = .*", f'twin = "{name}"')
    findings = found(paired, "twin")
    assert ("error", file_of(SEWING), "twin") in said(findings)
    assert f"there is no other scenario '{name}' outside practice" in {each.message for each in findings}


def test_a_twin_that_names_nobody(paired: Path) -> None:
    edit(paired, file_of(SCALES), r"^twin = .*", "")
    (finding,) = found(paired, "twin")
    assert (finding.file, finding.message) == (file_of(SEWING), "is not mutual")
    assert f'Write twin = "{SEWING}" into {file_of(SCALES)}' in finding.mend
    assert [pair[:2] for pair in check_bank(paired).covers[0].pairs] == [(BUS, DESK)]


def test_a_twin_that_names_somebody_else(paired: Path) -> None:
    edit(paired, file_of(SCALES), r"^twin = .*", f'twin = "{DESK}"')
    messages = {each.file: each.message for each in found(paired, "twin") if each.field == "twin"}
    assert messages == {
        file_of(SEWING): f"'{SCALES}' names '{DESK}' as its twin",
        file_of(SCALES): f"'{DESK}' names '{BUS}' as its twin",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "emotions"), ("competency", "understanding-emotions"), ("channel", "chat"), ("trade", "hotel")],
)
def test_twins_play_in_the_same_place(paired: Path, field: str, value: str) -> None:
    edit(paired, file_of(SEWING), rf"^{field} = .*", f'{field} = "{value}"')
    findings = found(paired, "twin")
    assert said(findings) == [("error", file_of(SEWING), field), ("error", file_of(SCALES), field)]
    assert value in findings[0].message
    assert check_bank(paired).covers[0].pairs[0][:2] == (BUS, DESK)
    assert len(check_bank(paired).covers[0].pairs) == 1


def test_twins_share_every_text_letter_by_letter(paired: Path) -> None:
    edit(paired, file_of(SEWING), r"at our cost\.", "at our cost, today.")
    findings = found(paired, "twin")
    assert said(findings) == [("error", file_of(SEWING), "options"), ("error", file_of(SCALES), "options")]
    assert "letter by letter" in findings[0].message


def test_a_twin_that_cannot_be_read_is_complained_of_once(paired: Path) -> None:
    edit(paired, file_of(SEWING), r"^twin = .*", "twin = 5")
    assert [each.file for each in found(paired, "twin")] == [file_of(SCALES)]
    assert said(found(paired, "field")) == [("error", file_of(SEWING), "twin")]


@pytest.mark.parametrize(("value", "advised"), [(1.0, False), (0.5, True), (2.5, False), (3.0, True)])
def test_two_values_of_a_response_make_6_5_to_8(paired: Path, value: float, *, advised: bool) -> None:
    """The other half's value is 5.5; 0.5 needs a wider scale."""
    edit(paired, KEY, r"^scale = .*", "scale = [0, 6]")
    value_in_key(paired, SEWING, "a", value)
    findings = found(paired, "twin-sum")
    assert said(findings) == ([("advice", KEY, f"scenarios.{SEWING}.a")] if advised else [])
    if advised:
        assert findings[0].message == f"its value and that under {SCALES} make {value + 5.5:g}; 6.5 to 8"


@pytest.mark.parametrize(("value", "advised"), [(1.0, False), (0.5, True), (3.5, False), (4.0, True)])
def test_two_values_of_a_feeling_make_5_5_to_8(small: Path, value: float, *, advised: bool) -> None:
    edit(small, KEY, r"^scale = .*", "scale = [0, 6]")
    options = (small / LATE_BUS).read_text(encoding="utf-8").partition("\n[[options]]")[2]
    head = (small / QUIET_CALLER).read_text(encoding="utf-8").partition("\n[[options]]")[0]
    (small / QUIET_CALLER).write_text(f"{head}\n[[options]]{options}", encoding="utf-8")
    for file, twin in ((LATE_BUS, "quiet-caller"), (QUIET_CALLER, "late-bus")):
        edit(small, file, r"^version = 1", f'version = 1\nchannel = "phone"\ntrade = "repair"\ntwin = "{twin}"')
        edit(small, file, r'^channel = "(counter|phone)"\ntrade = "(travel|repair)"\nsources', "sources")
    for option, sum_of_both in zip("abcde", (5.5, 6.0, 7.0, 8.0, 6.5), strict=True):
        for name, at in (("late-bus", sum_of_both - 2.5), ("quiet-caller", 2.5)):
            value_in_key(small, name, option, at)
    value_in_key(small, "late-bus", "a", 4.5)
    value_in_key(small, "quiet-caller", "a", value)
    put_into_form(small, "lost-key", "late-bus")
    assert found(small, "twin") == []
    assert said(found(small, "twin-sum")) == ([("advice", KEY, "scenarios.late-bus.a")] if advised else [])


def test_a_form_with_both_halves_is_refused(paired: Path) -> None:
    put_into_form(paired, "lost-key", SCALES, SEWING, DESK)
    (finding,) = found(paired, "twin")
    assert (finding.severity, finding.file, finding.field) == ("error", FORM_FILE, "scenarios")
    assert finding.message == f"has both '{SEWING}' and its twin '{SCALES}'"
    assert finding in check_bank(paired).errors


@pytest.mark.parametrize("silent", [SEWING, SCALES])
def test_a_form_with_both_halves_is_refused_by_one_halfs_word(paired: Path, silent: str) -> None:
    edit(paired, file_of(silent), r"^twin = .*", "")
    put_into_form(paired, "lost-key", SCALES, SEWING, DESK)
    messages = [each.message for each in found(paired, "twin") if each.file == FORM_FILE]
    assert messages == [f"has both '{SEWING}' and its twin '{SCALES}'"]


def test_a_form_with_a_scenario_that_is_its_own_twin_has_no_two(paired: Path) -> None:
    edit(paired, file_of(SEWING), r"^twin = .*", f'twin = "{SEWING}"')
    put_into_form(paired, SEWING)
    assert FORM_FILE not in {each.file for each in found(paired, "twin")}


def test_a_form_with_one_half_of_each_is_not(paired: Path) -> None:
    put_into_form(paired, "lost-key", SCALES, DESK)
    assert found(paired, "twin") == []


def test_a_form_for_studies_only_may_have_both(paired: Path) -> None:
    put_into_form(paired, SCALES, SEWING, more="studies_only = true")
    assert found(paired, "twin") == []


@pytest.mark.parametrize("names", ['"all"', "[1, [2], { a = 3 }]"])
def test_a_form_whose_list_cannot_be_read(paired: Path, names: str) -> None:
    edit(paired, FORM_FILE, r"^scenarios = .*", f"scenarios = {names}")
    assert found(paired, "twin") == []


def test_twins_may_have_situations_that_are_nearly_alike(paired: Path) -> None:
    like = SITUATIONS[SEWING].replace("Monday", "Tuesday")
    edit(paired, file_of(SCALES), r"^situation = .*", f'situation = "{like}"')
    assert found(paired, "near-duplicate") == []
    edit(paired, file_of(DESK), r"^situation = .*", f'situation = "{like.replace("Tuesday", "Friday")}"')
    assert found(paired, "near-duplicate") != []


def test_nearly_alike_in_one_direction_only_is_too_near(paired: Path) -> None:
    like = SITUATIONS[SEWING].replace("Monday", "Tuesday")
    edit(paired, file_of(SCALES), r"^situation = .*", f'situation = "{like}"')
    edit(paired, file_of(SCALES), r"^twin = .*", "")
    assert len(found(paired, "near-duplicate")) == 1


def test_the_same_situation_twice_is_no_pair(paired: Path) -> None:
    edit(paired, file_of(SCALES), r"^situation = .*", f'situation = "{SITUATIONS[SEWING]}"')
    assert len(found(paired, "near-duplicate")) == 1


def test_a_practice_scenario_has_no_say_in_pairs(paired: Path) -> None:
    edit(paired, PRACTICE, r"^version = 1", f'version = 1\ntwin = "{LOST_KEY.rpartition("/")[2][:-5]}"')
    assert found(paired, "twin") == []
