"""What can be chosen for an opening, and what each refusal says."""

from dataclasses import replace

import pytest

from eiassess.domain.openings import (
    Combination,
    OpeningSettings,
    ProfileRow,
    ScoreUse,
    problems_of,
    purposes_with,
)

GOOD = OpeningSettings(
    "Adviser",
    profile=(
        ProfileRow("recovery", 3, "Most calls are complaints.", 60, 80, "So the last team did."),
        ProfileRow("b", 0),
    ),
)
LONG = "x" * 501


def problems(settings: OpeningSettings, *purposes: ScoreUse) -> list[tuple[str, str]]:
    found = problems_of(settings, purposes or (ScoreUse.INTERVIEWS,), ("recovery", "b"))
    return [(each.field, each.message) for each in found]


def with_row(row: ProfileRow) -> OpeningSettings:
    return replace(GOOD, profile=(row,))


def test_what_can_be_used_has_no_problem() -> None:
    assert problems(GOOD) == []
    assert problems(replace(GOOD, time_limit_minutes=5, keep_days=1)) == []


def test_only_a_key_that_supports_selection_lets_scores_be_used_for_it() -> None:
    assert purposes_with(supports_selection=False) == (ScoreUse.INTERVIEWS,)
    assert purposes_with(supports_selection=True) == (ScoreUse.INTERVIEWS, ScoreUse.SELECTION)


@pytest.mark.parametrize(
    ("settings", "field", "words"),
    [
        (replace(GOOD, title="  "), "title", "1 to 200"),
        (replace(GOOD, title="T" * 201), "title", "1 to 200"),
        (replace(GOOD, text="x" * 5001), "text", "it has 5001"),
        (replace(GOOD, contact="x" * 201), "contact", "at most 200"),
        (replace(GOOD, purpose=ScoreUse.SELECTION), "purpose", "does not support selection"),
        (replace(GOOD, combination=Combination.EQUAL), "combination", "count towards nothing"),
        (replace(GOOD, keep_days=0), "keep_days", "1 to 3650"),
        (replace(GOOD, keep_days=3651), "keep_days", "1 to 3650"),
        (replace(GOOD, time_limit_minutes=4), "time_limit_minutes", "5 to 600"),
        (with_row(ProfileRow("unknown", 0)), "profile", "no competency 'unknown'"),
        (with_row(ProfileRow("b", 4, "Why.")), "weight-b", "0 to 3"),
        (with_row(ProfileRow("b", 1, " ")), "reason-b", "Say why"),
        (with_row(ProfileRow("b", 0, LONG)), "reason-b", "at most 500"),
        (with_row(ProfileRow("b", 0, "", 40, None, "Why.")), "expected_low-b", "both ends"),
        (with_row(ProfileRow("b", 0, "", None, 40, "Why.")), "expected_low-b", "both ends"),
        (with_row(ProfileRow("b", 0, "", 40, 40, "Why.")), "expected_low-b", "the lower one"),
        (with_row(ProfileRow("b", 0, "", -1, 40, "Why.")), "expected_low-b", "from 0 to 100"),
        (with_row(ProfileRow("b", 0, "", 0, 101, "Why.")), "expected_low-b", "from 0 to 100"),
        (with_row(ProfileRow("b", 0, "", 40, 60, " ")), "expected_because-b", "Say why this range"),
        (with_row(ProfileRow("b", 0, "", 40, 60, LONG)), "expected_because-b", "at most 500"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_field(settings: OpeningSettings, field: str, words: str) -> None:
    ((found, message),) = problems(settings)
    assert found == field
    assert words in message


def test_scores_for_selection_can_be_combined_with_the_interview() -> None:
    chosen = replace(GOOD, purpose=ScoreUse.SELECTION, combination=Combination.INTERVIEW_TWICE)
    assert problems(chosen, *ScoreUse) == []


def test_all_problems_are_told_at_once() -> None:
    assert [field for field, _ in problems(replace(GOOD, title="", keep_days=0))] == ["title", "keep_days"]
