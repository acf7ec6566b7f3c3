"""``eiassess analyse impact``: words for unknown, and labels that differ in spelling alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.analysing import found
from tests.cli.conftest import Run
from tests.cli.impact.people import counted

# Words for unknown, and spellings

UNKNOWN_WORDS = (("Unknown", 11, 8), ("N/A", 10, 7), ("n.a.", 10, 8), ("-", 10, 8), ("?", 10, 7))


PEOPLE = (("Woman", 60, 21), ("Man", 80, 30))


def test_words_for_unknown_are_no_group_and_no_reference(run: Run) -> None:
    path = counted(*PEOPLE, *UNKNOWN_WORDS, ("Prefer not to say", 12, 10))
    words = ("analyse", "impact", path, "--group", "sex", "--selected", "hired")
    content = found(run(*words))
    man, woman = content["groups"]
    assert (woman["group"], woman["n"], woman["selected"]) == ("Woman", 60, 21)
    assert (man["group"], man["n"], man["selected"]) == ("Man", 80, 30)
    assert woman["impact_ratio"] == pytest.approx((21 / 60) / (30 / 80), abs=1e-12)
    assert round(woman["impact_ratio"], 4) == 0.9333
    assert content["verdict"] == "No group is below four fifths, over 140 people, 51 of them selected."
    assert content["local_law_144"]["unknown"] == 63
    assert [row["category"] for row in content["local_law_144"]["categories"]] == ["Man", "Woman"]
    assert content["unknown_labels"] == {"sex": ["-", "?", "N/A", "Prefer not to say", "Unknown", "n.a."]}
    assert "63 people's sex is unknown (-, ?, N/A, Prefer not to say, Unknown, n.a.): counted apart.\n" in (
        run(*words, "--format", "table").stdout
    )


def test_more_words_for_unknown_by_option(run: Run) -> None:
    counted(*PEOPLE, ("Other, or none", 10, 9), ("Z", 10, 9), ("blank", 3, 1))
    words = ("analyse", "impact", "d.csv", "--group", "sex", "--selected", "hired", "--unknown")
    rows = Path("d.csv").read_text(encoding="utf-8").replace("Other, or none", '"Other, or none"')
    Path("d.csv").write_text(rows, encoding="utf-8")
    content = found(run(*words, "OTHER,  or none"))
    assert content["unknown_labels"]["sex"] == ["Other, or none", "blank"]
    assert "warnings" not in content
    content = found(run(*words, "z, X"))
    assert content["unknown_labels"]["sex"] == ["Z", "blank"]
    assert content["warnings"] == ["--unknown: nobody has X"]


def spellings(run: Run, *more: str) -> dict[str, Any]:
    counted(("Female", 40, 15), ("FEMALE", 9, 0), ("female", 9, 0), ("Male", 100, 40))
    return found(run("analyse", "impact", "d.csv", "--group", "sex", "--selected", "hired", *more))


def test_labels_that_differ_in_spelling_alone_are_warned_of(run: Run) -> None:
    content = spellings(run)
    (warning,) = content["warnings"]
    assert warning == (
        "column sex: Female, FEMALE, female differ only in case, spaces or Unicode form, yet count as different groups;"
        " --merge takes them as one"
    )
    assert content["verdict"].endswith(" selected. Not judged: FEMALE, female (fewer than 10 people).")


def test_labels_that_differ_in_spelling_alone_are_merged_on_request(run: Run) -> None:
    content = spellings(run, "--merge")
    female, male = content["groups"]
    assert (female["group"], female["n"], female["selected"]) == ("Female", 58, 15)
    assert (male["group"], male["n"], male["selected"]) == ("Male", 100, 40)
    assert female["impact_ratio"] == pytest.approx(0.6466, abs=5e-5)
    assert female["p_fisher"] == pytest.approx(0.08442, abs=5e-6)
    assert content["verdict"] == "Female: below four fifths of the highest rate, over 158 people, 55 of them selected."
    assert content["warnings"] == ["column sex: FEMALE, female taken as Female"]
