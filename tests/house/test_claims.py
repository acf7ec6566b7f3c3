"""Sentences that pages and reports print about errors say what the studies found, and no more."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_bank
from eiassess.reporting.kinds.hiring.how_scored import INTERVALS
from eiassess.reporting.kinds.hiring.how_scored import NAMED as NOT_NAMED
from eiassess.scoring.interpreting import NO_LABELS
from eiassess.web.recruiter.comparing.presenters import RULE
from eiassess.web.recruiter.what_if.sentences import INTERVALS as WEIGHTED

RESULTS = Path(__file__).parents[2] / "docs" / "psychometrics" / "results"
PRINTED = ("eiassess", "templates", "reports", "question_banks")
TOO_SURE = re.compile(
    r"in at least \d+ of 100|Neighbours in rank|not measure your|cannot be told apart|does not matter whether"
)


def _table(study: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((RESULTS / f"{study}.json").read_text())["tables"][table]
    return found


def _range_said(sentence: str) -> tuple[int, int]:
    found = re.search(r"(\d+) to (\d+) of 100", sentence)
    assert found
    return int(found[1]), int(found[2])


NAMED = {
    "near 90": r"alike at 90",
    "answer erratically": r"erratic",
    "opposite ways": r"use of the scale",
    "leave out scenarios": r"missing",
}


def test_the_page_that_compares_says_what_was_found_of_its_rule() -> None:
    column = "any false statement, %"
    rows = _table("differences", "equal")
    at_most = re.search(r"it was (\d+) in 100 at most", RULE)
    assert at_most
    assert int(at_most[1]) == math.ceil(max(row[column] for row in rows))
    above = [row["page"] for row in _table("differences", "above")]
    assert above == [row["page"] for row in sorted(rows, key=lambda row: -row[column]) if row[column] > 5]
    for words, page in NAMED.items():
        assert words in RULE
        assert any(re.search(page, each) for each in above)
    assert [page for page in above if not any(re.search(known, page) for known in NAMED.values())] == []


def test_what_intervals_hold_is_the_studied_share() -> None:
    rows = [row for row in _table("score-intervals", "coverage") if row["true score over"].startswith("new")]
    shares = [float(row[part]) for row in rows for part in ("overall, %", "styles, %") if row[part]]
    shares += [float(end) for row in rows for end in row["lowest and highest competency"].split(" to ")]
    assert _range_said(INTERVALS) == (math.floor(min(shares)), math.ceil(max(shares)))


def test_what_weighted_intervals_hold_is_what_the_note_found() -> None:
    note = (RESULTS.parent / "weighted-scores.md").read_text()
    head, _, *rows = (line.strip("| ").split(" | ") for line in note.splitlines() if line.startswith("|"))
    place = head.index("95 % interval holds the truth, %")
    shares = [float(row[place]) for row in rows]
    assert len(shares) == 16
    assert _range_said(WEIGHTED) == (math.floor(min(shares)), math.ceil(max(shares)))
    assert "groups of 39" in WEIGHTED


def test_nothing_printed_is_surer_than_that() -> None:
    assert [f"{path}: {found}" for path, found in _too_sure()] == []
    assert TOO_SURE.search("It does not measure your intelligence.")
    assert (
        "is not meant to measure your personality or your intelligence"
        in load_bank(data_folder("question_banks") / "service-ei").notice.measures
    )


def _too_sure() -> Iterator[tuple[Path, str]]:
    for folder in PRINTED:
        for path in (RESULTS.parents[2] / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".toml", ".json"} and (found := TOO_SURE.search(path.read_text())):
                yield path, found[0]


def test_no_label_is_given_since_more_are_wrong_than_right_on_every_form() -> None:
    rows = [row for row in _table("area-labels", "mixed") if row["SD of profile"] == 0.2]
    assert {row["form"] for row in rows} == {"standard-a", "standard-b", "screening"}
    assert all(row["right, %"] + row["±"] < 50 for row in rows)
    few = [
        row["areas truly apart, SD in points"] for row in _table("area-labels", "named") if row["SD of profile"] == 0.2
    ]
    assert 3 <= min(few) <= max(few) <= 5
    for words in (NO_LABELS, NOT_NAMED):
        assert "half of the people were even" in words
        assert "more labels were wrong than right" in words
