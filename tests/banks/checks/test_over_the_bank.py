"""Rules over a whole bank: length cues, positions, coverage."""

from pathlib import Path

import pytest

from tests.banks.checks.finding import VALUES, add_copies, found, said
from tests.banks.small_bank import COLD_SOUP, KEY, LOST_KEY, SOURCE, edit, write

TOLD = "You tell her about it in some few plain words"
TEXTS = {
    "a": f"{TOLD}.",
    "b": f"{TOLD} and then you go on and on for a while until she nods.",
    "c": f"{TOLD} and then you go on.",
    "d": f"{TOLD} today.",
}
ROUND = [
    dict(zip("abcd", order, strict=True)) for order in ((1, 2, 4.5, 5), (2, 4.5, 5, 1), (4.5, 5, 1, 2), (5, 1, 2, 4.5))
]


def test_better_options_that_are_longer(small: Path) -> None:
    add_copies(small, [VALUES] * 14, TEXTS)
    correlated, longest = found(small, "length-correlation"), found(small, "longest-is-best")
    assert said(correlated + longest) == [("error", KEY, ""), ("error", KEY, "")]
    assert "Longer options are the better ones" in correlated[0].mend
    assert "in 14 of 16 scenarios" in longest[0].message


def test_better_options_that_are_shorter(small: Path) -> None:
    turned = {option: 7 - value for option, value in VALUES.items()}
    add_copies(small, [turned] * 14, TEXTS)
    findings = found(small, "length-correlation")
    assert said(findings) == [("error", KEY, "")]
    assert "Shorter options are the better ones" in findings[0].mend
    assert found(small, "longest-is-best") == []


def test_fewer_than_16_scenarios_of_responses_make_it_advice(small: Path) -> None:
    add_copies(small, [VALUES] * 13, TEXTS)
    findings = found(small, "length-correlation") + found(small, "longest-is-best")
    assert said(findings) == [("advice", KEY, ""), ("advice", KEY, "")]


def test_lengths_that_say_nothing(small: Path) -> None:
    add_copies(small, ROUND * 4, TEXTS)
    assert found(small, "length-correlation") + found(small, "longest-is-best") == []
    assert found(small, "best-position") + found(small, "worst-position") == []


def test_options_of_one_length_do_not_correlate(small: Path) -> None:
    for file in (LOST_KEY, COLD_SOUP):
        for option in "abcd":
            edit(
                small,
                file,
                rf'^id = "{option}"\ntext = .*',
                f'id = "{option}"\ntext = "You say {option} to her and go on now"',
            )
    assert found(small, "length-correlation") == []


def test_a_letter_that_is_always_best(small: Path) -> None:
    add_copies(small, [VALUES] * 14, TEXTS)
    best, worst = found(small, "best-position"), found(small, "worst-position")
    assert said(best) == [("advice", KEY, "")] * 4
    assert "b is the best option in 94% of the 16 scenarios of responses" in best[1].message
    assert "a is the worst option in 94%" in worst[0].message


def test_too_few_scenarios_for_positions(small: Path) -> None:
    add_copies(small, [VALUES] * 13, TEXTS)
    assert found(small, "best-position") + found(small, "worst-position") == []


def declare(bank: Path, text: str) -> None:
    path = bank / "bank.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[coverage]\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("declared", "places"),
    [
        ("scenarios = 5", [("bank.toml", "coverage.scenarios")]),
        ("scenarios = 4", []),
        (
            "scenarios_per_competency = 3",
            [
                ("competencies.toml", "competencies.recovery"),
                ("competencies.toml", "competencies.understanding-emotions"),
            ],
        ),
        ("scenarios_per_competency = 2", []),
        (
            "scenarios_per_style = 2",
            [("competencies.toml", "styles.functional"), ("competencies.toml", "styles.personal")],
        ),
        ('channels = ["counter", "chat", "phone"]', []),
        ('channels = ["counter", "chat", "phone", "lead"]', [("bank.toml", "coverage.channels")]),
        ('channels = ["counter", "phone"]', [(COLD_SOUP, "channel")]),
        ('trades = ["hotel", "travel", "repair"]', [(COLD_SOUP, "trade")]),
        ('unused_sources = ["own-it"]', []),
        ('unused_sources = ["hearsay"]', [("bank.toml", "coverage.unused_sources")]),
    ],
)
def test_what_a_bank_promises_is_held(small: Path, declared: str, places: list[tuple[str, str]]) -> None:
    declare(small, declared)
    assert said(found(small, "coverage")) == [("error", *place) for place in places]


def test_a_row_that_no_scenario_rests_on(small: Path) -> None:
    path = small / "sources.toml"
    write(small, "sources.toml", path.read_text(encoding="utf-8") + SOURCE.format(id="never-cited"))
    assert said(found(small, "coverage")) == [("advice", "sources.toml", "sources.never-cited")]
    declare(small, "unused_sources = []")
    assert said(found(small, "coverage")) == [("error", "sources.toml", "sources.never-cited")]


def test_a_competency_and_a_style_without_scenarios_are_advice(small: Path) -> None:
    (small / COLD_SOUP).unlink()
    assert said(found(small, "coverage")) == [
        ("advice", "competencies.toml", "competencies.recovery"),
        ("advice", "competencies.toml", "styles.personal"),
    ]


def test_a_form_that_is_to_hold_blind_is_there(small: Path) -> None:
    declare(small, 'read_blind = ["small-a"]')
    assert found(small, "coverage") == []
    edit(small, "bank.toml", r"^read_blind = .*", 'read_blind = ["small-a", "small-b"]')
    (finding,) = found(small, "coverage")
    assert (finding.file, finding.field) == ("bank.toml", "coverage.read_blind")
    assert finding.message == "there is no form 'small-b'"
