"""The sentence over a list of candidates."""

import pytest

from eiassess.domain.error_estimates import NotCompared
from eiassess.scoring.comparing import Apart
from eiassess.services.results.bands import Band, Bands
from eiassess.services.results.score_groups import ListSummary
from eiassess.web.recruiter.openings.sentences import GAP_NOT_KNOWN, band_heading, lead_sentence, not_compared_heading

UNEVENLY = "answered unevenly over the sitting"
NO_COMPARISON = "no comparison with those scores."


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (ListSummary(0, 0, 0, (), None, None), "0 of 0 have handed in."),
        (ListSummary(2, 1, 0, (), None, None), "1 of 2 has handed in."),
        (
            ListSummary(2, 2, 0, (), 61.5, 87.9),
            f"2 of 2 have handed in. {GAP_NOT_KNOWN}",
        ),
        (
            ListSummary(3, 2, 0, (), -3.0, 0.4),
            f"2 of 3 have handed in. {GAP_NOT_KNOWN}",
        ),
        (
            ListSummary(3, 3, 1, (Apart.FORM,), 60.0, 70.0),
            f"3 of 3 have handed in. 1 sat another form or version: {NO_COMPARISON} " + GAP_NOT_KNOWN,
        ),
        (
            ListSummary(3, 2, 2, (Apart.FORM, Apart.KEY), None, None),
            "2 of 3 have handed in. 2 sat another form or version or were scored under another key: " + NO_COMPARISON,
        ),
        (
            ListSummary(3, 2, 1, (Apart.KEY, Apart.ENGINE), None, None),
            "2 of 3 have handed in. 1 was scored under another key or was scored by another scoring engine: "
            + NO_COMPARISON,
        ),
        (
            ListSummary(3, 2, 2, (Apart.ENGINE,), None, None),
            f"2 of 3 have handed in. 2 were scored by another scoring engine: {NO_COMPARISON}",
        ),
        (
            ListSummary(4, 2, 0, (), 60.0, 70.0, not_compared={NotCompared.UNEVEN: 1}),
            f"2 of 4 have handed in. Compared with nobody: 1 person {UNEVENLY}. {GAP_NOT_KNOWN}",
        ),
        (
            ListSummary(1200, 1200, 0, (), None, None, not_compared={NotCompared.UNEVEN: 1100}),
            f"1,200 of 1,200 have handed in. Compared with nobody: 1,100 people {UNEVENLY}.",
        ),
    ],
)
def test_a_list_says_how_many_have_handed_in_and_tests_nothing(summary: ListSummary, sentence: str) -> None:
    assert lead_sentence(summary) == sentence


ALL = ListSummary(40, 39, 0, (), 55.0, 94.0)
NEEDED = "39 of 40 have handed in. Two scores must lie about 11 points apart here to be called different"


def test_where_scores_may_rank_it_says_how_many_lie_near_the_highest() -> None:
    assert lead_sentence(ALL, Bands(10.6, (Band(94.0, 7), Band(83.0, 32)))) == (
        f"{NEEDED}; 7 lie within that of the highest."
    )
    assert lead_sentence(ALL, Bands(10.6, (Band(94.0, 1), Band(83.0, 38)))) == (
        f"{NEEDED}; nobody else lies within that of the highest."
    )


def test_where_they_may_not_it_puts_nobody_first() -> None:
    assert lead_sentence(ALL, Bands(10.6)) == f"{NEEDED}."


def test_a_band_is_named_by_its_highest_score() -> None:
    bands = Bands(10.6, (Band(94.0, 1200), Band(83.0, 1)))
    assert band_heading(0, bands) == "Band 1: 1,200 people within 11 points of 94"
    assert band_heading(1, bands) == "Band 2: 1 person within 11 points of 83"


def test_who_answered_unevenly_is_headed_apart() -> None:
    assert (
        not_compared_heading({NotCompared.UNEVEN: 1})
        == "Compared with nobody: 1 person answered unevenly over the sitting"
    )
    assert (
        not_compared_heading({NotCompared.UNEVEN: 1200})
        == "Compared with nobody: 1,200 people answered unevenly over the sitting"
    )


def test_each_reason_is_named_with_how_many_it_is_of() -> None:
    assert not_compared_heading({NotCompared.AT_THE_END: 2, NotCompared.ALIKE_WITHOUT_ONE: 1}) == (
        "Compared with nobody: of 2 people, agreement with the key is complete, so that its error cannot be estimated; "
        "of 1 person, all ratings of one kind are alike once a scenario is left out, so that the error cannot be "
        "estimated"
    )
