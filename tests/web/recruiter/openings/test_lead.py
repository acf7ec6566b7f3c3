"""The sentence over a list of candidates."""

import pytest

from eiassess.scoring.comparing import Apart
from eiassess.services.results.score_groups import ListSummary
from eiassess.web.recruiter.openings.presenters import lead_sentence

NO_COMPARISON = "no comparison with those scores."


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (ListSummary(0, 0, 0, (), None, None), "0 of 0 have handed in."),
        (ListSummary(2, 1, 0, (), None, None), "1 of 2 has handed in."),
        (ListSummary(2, 2, 0, (), 61.5, 87.9), "2 of 2 have handed in."),
        (ListSummary(3, 2, 0, (), -3.0, 0.4), "2 of 3 have handed in."),
        (
            ListSummary(3, 3, 1, (Apart.FORM,), 60.0, 70.0),
            f"3 of 3 have handed in. 1 sat another form or version: {NO_COMPARISON}",
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
    ],
)
def test_a_list_says_how_many_have_handed_in_and_tests_nothing(summary: ListSummary, sentence: str) -> None:
    assert lead_sentence(summary) == sentence
