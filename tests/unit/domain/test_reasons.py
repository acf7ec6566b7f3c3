"""Codes are stored with scores, so that none may change its name."""

from eiassess.domain.reasons import OVERALL, NotScoredCode


def test_codes_keep_the_names_that_are_stored() -> None:
    assert OVERALL == "overall"
    assert [code.value for code in NotScoredCode] == [
        "no-scenarios",
        "too-few-complete",
        "same-ratings",
        "same-ratings-of-kind",
        "same-key-of-kind",
        "same-key-of-scenario",
        "form-too-small",
        "form-overall-only",
        "form-mixes-formats",
        "unknown",
    ]
