"""Every number in a rule, at its limit (taken) and one beyond it (found)."""

import json
from pathlib import Path

import pytest

from eiassess.banks.checks.checking import check_bank
from eiassess.banks.checks.findings import printable
from tests.banks.checks.finding import VALUES, add_copies, found, said
from tests.banks.small_bank import COLD_SOUP, FORM_FILE, KEY, LATE_BUS, LOST_KEY, PRACTICE, edit, write

FIRST_TEXT = r'(?<=^id = "a"\n)text = .*'


def words(count: int) -> str:
    return json.dumps(" ".join(["so"] * count))


def held(bank: Path, rule: str, file: str, field: str) -> bool:
    """Tell whether a rule finds nothing there."""
    return (file, field) not in {(each.file, each.field) for each in found(bank, rule)}


@pytest.mark.parametrize("file", [LOST_KEY, LATE_BUS, PRACTICE])
@pytest.mark.parametrize(("count", "ok"), [(39, False), (40, True), (90, True), (91, False)])
def test_a_situation_has_40_to_90_words(small: Path, file: str, count: int, *, ok: bool) -> None:
    edit(small, file, r"^situation = .*", f"situation = {words(count)}")
    assert held(small, "situation-length", file, "situation") == ok
    assert ok or found(small, "situation-length")[0].message == f"has {count} words"


OPTION_WORDS = [
    (LOST_KEY, 7, False), (LOST_KEY, 8, True), (LOST_KEY, 30, True), (LOST_KEY, 31, False),
    (PRACTICE, 7, False), (PRACTICE, 8, True), (PRACTICE, 30, True), (PRACTICE, 31, False),
    (LATE_BUS, 1, True), (LATE_BUS, 3, True), (LATE_BUS, 4, False),
]  # fmt: skip


@pytest.mark.parametrize(("file", "count", "ok"), OPTION_WORDS)
def test_a_response_has_8_to_30_words_and_an_emotion_up_to_3(small: Path, file: str, count: int, *, ok: bool) -> None:
    edit(small, file, FIRST_TEXT, f"text = {words(count)}")
    assert held(small, "option-length", file, "options[1].text") == ok


def test_an_emotion_without_a_word_is_too_short(small: Path) -> None:
    edit(small, LATE_BUS, FIRST_TEXT, 'text = "- ..."')
    assert found(small, "option-length")[0].message == "has 0 words"


@pytest.mark.parametrize(
    ("file", "count", "ok"),
    [
        (LOST_KEY, 3, False), (LOST_KEY, 4, True), (LOST_KEY, 5, False),
        (LATE_BUS, 4, False), (LATE_BUS, 5, True), (LATE_BUS, 6, False),
    ],
)  # fmt: skip
def test_4_responses_and_5_emotions(small: Path, file: str, count: int, *, ok: bool) -> None:
    head = (small / file).read_text(encoding="utf-8").partition("\n[[options]]")[0]
    options = "".join(f'\n\n[[options]]\nid = "{letter}"\ntext = "{letter}"' for letter in "abcdef"[:count])
    write(small, file, f"{head}{options}\n")
    assert held(small, "option-count", file, "options") == ok


@pytest.mark.parametrize(("count", "ok"), [(5, False), (6, True), (45, True), (46, False)])
def test_a_rationale_has_6_to_45_words(small: Path, count: int, *, ok: bool) -> None:
    edit(small, KEY, r"^rationale = .*", f"rationale = {words(count)}")
    assert held(small, "rationale-length", KEY, "scenarios.lost-key.a.rationale") == ok


GRADES = [(20, 5, []), (17, 6, ["advice"]), (28, 2, ["advice"]), (22, 6, ["error"])]
"""Words of one sentence, how many of them have two syllables, what is found: grades of 6.96, 7.005, 7.97 and 8.008."""


@pytest.mark.parametrize(("count", "longer", "severities"), GRADES)
def test_above_grade_7_is_advice_and_above_8_an_error(
    small: Path, count: int, longer: int, severities: list[str]
) -> None:
    text = " ".join(["table"] * longer + ["so"] * (count - longer))
    edit(small, LATE_BUS, r"^situation = .*", f'situation = "{text}."')
    for _ in range(5):
        edit(small, LATE_BUS, r'^text = "[^"]+"', 'text = ""')
    assert [severity for severity, file, _ in said(found(small, "reading-grade")) if file == LATE_BUS] == severities


def set_values(bank: Path, scenario: str, *values: float) -> None:
    for option, value in zip("abcde", values, strict=False):
        head = rf"^\[scenarios.{scenario}.{option}\]\nvalue = .*"
        edit(bank, KEY, head, f"[scenarios.{scenario}.{option}]\nvalue = {value}")


def measured(bank: Path) -> None:
    """Let the key be experts', whose values are no half steps."""
    edit(bank, KEY, r'^method = "THEORY"', 'method = "EXPERT"')


@pytest.mark.parametrize(("best", "ok"), [(4.0, True), (3.99, False)])
def test_best_and_worst_are_2_points_apart(small: Path, best: float, *, ok: bool) -> None:
    measured(small)
    set_values(small, "lost-key", 2.0, 2.5, 3.0, best)
    assert held(small, "key-apart", KEY, "scenarios.lost-key") == ok


@pytest.mark.parametrize(("second", "ok"), [(2.5, True), (2.51, False)])
def test_two_options_lie_within_1_point_5(small: Path, second: float, *, ok: bool) -> None:
    measured(small)
    set_values(small, "lost-key", 1.0, second, 4.25, 6.0)
    assert held(small, "key-close", KEY, "scenarios.lost-key") == ok


@pytest.mark.parametrize(("value", "ok"), [(4.5, True), (4.25, False), (4.4, False)])
def test_a_key_of_theory_keeps_to_half_steps(small: Path, value: float, *, ok: bool) -> None:
    set_values(small, "lost-key", 1.0, 5.5, value)
    assert held(small, "key-steps", KEY, "scenarios.lost-key.c.value") == ok


@pytest.mark.parametrize(
    ("near", "edge", "ok"), [(5, 4.0, True), (6, 4.0, False), (5, 3.0, True), (6, 3.0, False), (9, 4.01, True)]
)
def test_a_fifth_of_the_options_may_lie_within_half_a_point_of_the_middle(
    small: Path, near: int, edge: float, *, ok: bool
) -> None:
    """Of 30 options: one in the small bank lies there at first, and as many more as are put there."""
    measured(small)
    outside = dict.fromkeys("abcd", 1.0)
    flat = [edge] * near + [1.0] * (12 - near)
    add_copies(small, [{**outside, **dict(zip("abcd", flat[start : start + 4], strict=True))} for start in (0, 4, 8)])
    set_values(small, "late-bus", 3.5)
    assert held(small, "key-middle", KEY, "") == ok


@pytest.mark.parametrize(
    ("best_at_a", "ok"),
    [(1, False), (2, True), (8, True), (9, False)],
)
def test_a_letter_is_the_best_in_10_to_40_percent(small: Path, best_at_a: int, *, ok: bool) -> None:
    """Of 20 scenarios of responses; in the two of the small bank, a is best once."""
    other = {"a": 2.0, "b": 5.5, "c": 4.5, "d": 1.5}
    first = {"a": 5.5, "b": 2.0, "c": 4.5, "d": 1.5}
    add_copies(small, [first] * (best_at_a - 1) + [other] * (19 - best_at_a))
    of_a = [each for each in found(small, "best-position") if each.message.startswith("a ")]
    assert (not of_a) == ok


@pytest.mark.parametrize(("longest", "ok"), [(3, True), (4, False)])
def test_the_longest_is_the_best_in_at_most_30_percent(small: Path, longest: int, *, ok: bool) -> None:
    """Of 10 scenarios of responses; in those of the small bank it is so as often as is counted here."""
    told = "You tell her about it in some few plain words"
    texts = {"a": f"{told} and on.", "b": f"{told} and then on and on.", "c": f"{told}.", "d": f"{told} now."}
    short, long = {"a": 5.5, "b": 1.0, "c": 4.5, "d": 1.5}, VALUES
    for file in (LOST_KEY, COLD_SOUP):
        for option, text in texts.items():
            edit(small, file, rf'(?<=^id = "{option}"\n)text = .*', f"text = {json.dumps(text)}")
        set_values(small, Path(file).stem, 5.5, 1.0, 4.5, 1.5)
    add_copies(small, [long] * longest + [short] * (8 - longest), texts)
    assert held(small, "longest-is-best", KEY, "") == ok
    assert ok or f"in {longest} of 10 scenarios" in found(small, "longest-is-best")[0].message


def situation(names: list[str]) -> str:
    return json.dumps(" ".join(names))


@pytest.mark.parametrize(("shared", "ok"), [(29, True), (30, False)])
def test_situations_share_less_than_30_percent_of_their_runs(small: Path, shared: int, *, ok: bool) -> None:
    """Of 65 runs of three words each: 29 of 101 different ones, or 30 of 100."""
    both = [f"b{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(shared + 2)]
    for file, start in ((LOST_KEY, "x"), (COLD_SOUP, "y")):
        own = [f"{start}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(67 - len(both))]
        edit(small, file, r"^situation = .*", f"situation = {situation([*both, *own])}")
    assert (not found(small, "near-duplicate")) == ok


@pytest.mark.parametrize(("count", "ok"), [(200, True), (201, False)])
def test_a_form_has_at_most_200_scenarios(small: Path, count: int, *, ok: bool) -> None:
    names = ", ".join(f'"s{number}"' for number in range(count))
    edit(small, FORM_FILE, r"^scenarios = .*", f"scenarios = [{names}]")
    assert (not [each for each in found(small, "form") if f"names {count} scenarios" in each.message]) == ok


@pytest.mark.parametrize(("letters", "ok"), [(4_000, True), (4_001, False)])
def test_a_text_has_at_most_4000_characters(small: Path, letters: int, *, ok: bool) -> None:
    edit(small, LOST_KEY, r"^title = .*", f'title = "{"x" * letters}"')
    assert held(small, "field", LOST_KEY, "title") == ok


@pytest.mark.parametrize(("version", "ok"), [(10**9, True), (10**9 + 1, False)])
def test_a_number_has_at_most_ten_digits(small: Path, version: int, *, ok: bool) -> None:
    edit(small, LOST_KEY, r"^version = .*", f"version = {version}")
    assert (not [each for each in check_bank(small).errors if each.field == "version"]) == ok


def test_what_is_shown_of_a_text_is_cut_after_300_letters() -> None:
    assert printable("x" * 300) == "x" * 300
    assert printable("x" * 301) == "x" * 300 + "..."


@pytest.mark.parametrize(("options", "looked_at"), [(20, True), (21, False)])
def test_the_20th_option_is_looked_at_and_no_more(small: Path, options: int, *, looked_at: bool) -> None:
    head = (small / LOST_KEY).read_text(encoding="utf-8").partition("\n[[options]]")[0]
    listed = "".join(f'\n\n[[options]]\nid = "o{number}"\ntext = "{"so " * number}"' for number in range(1, options))
    write(small, LOST_KEY, f'{head}{listed}\n\n[[options]]\nid = "last"\ntext = "Unfortunately not"\n')
    assert (said(found(small, "banned-word")) == [("error", LOST_KEY, f"options[{options}].text")]) == looked_at


@pytest.mark.parametrize(("declared", "ok"), [("scenarios_per_style = 1", True), ("scenarios_per_style = 2", False)])
def test_a_promise_of_styles_is_held_to_the_number(small: Path, declared: str, *, ok: bool) -> None:
    path = small / "bank.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[coverage]\n{declared}\n", encoding="utf-8")
    assert (not found(small, "coverage")) == ok
