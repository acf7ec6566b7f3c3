from dataclasses import replace

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_bank
from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.scores import Interval, NamedDifference, PersonScore, ScoreEstimate
from eiassess.scoring.interpreting import (
    Standing,
    answers_noun,
    in_words,
    overall_message,
    profile_sentences,
    standing,
)
from eiassess.scoring.parts import NO_PROFILE, overall_only_reason
from tests.builders import make_form, make_scenarios

RANDOM = Interval(38, 62)


@pytest.fixture(scope="module")
def model() -> CompetencyModel:
    return load_bank(data_folder("question_banks") / "service-ei").model


def estimate(score: float, interval: Interval | None) -> ScoreEstimate:
    return ScoreEstimate(score, None if interval is None else 3.0, interval, RANDOM, 16, 8)


def person(overall: ScoreEstimate | None, *, above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> PersonScore:
    return PersonScore(
        overall=overall,
        competencies={},
        styles={},
        scenarios={},
        distance=None,
        strengths=tuple(NamedDifference(name, 12.0, 0.01) for name in above),
        weaknesses=tuple(NamedDifference(name, -12.0, 0.0001) for name in below),
        not_scored=() if overall else ("overall: 3 of 16 scenarios are complete; at least 80 % are needed",),
        n_ratings=66,
        n_unanswered=0,
        random_like=False,
    )


@pytest.mark.parametrize(
    ("score", "interval", "expected"),
    [
        (80, Interval(62.1, 90), Standing.CLEARLY_ABOVE),
        (80, Interval(62.0, 90), Standing.ABOVE),
        (62.1, None, Standing.ABOVE),
        (62.0, Interval(50, 70), Standing.LIKE_RANDOM),
        (20, None, Standing.LIKE_RANDOM),
    ],
)
def test_a_score_stands_by_the_range_of_random_answering(
    score: float, interval: Interval | None, expected: Standing
) -> None:
    assert standing(estimate(score, interval)) is expected


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(72, 88), "clearly more closely than random answering"),
        (Interval(60, 88), "though not by more than the error"),
    ],
)
def test_the_message_says_how_the_score_stands(model: CompetencyModel, interval: Interval, words: str) -> None:
    message = overall_message("Nora", person(estimate(80, interval)), model)
    assert words in message
    assert message.startswith("Nora")
    assert "no area stands out by more than its error" in message


def test_the_message_of_random_answering_says_so(model: CompetencyModel) -> None:
    assert "cannot be told from random answering" in overall_message(
        "Nora", person(estimate(50, Interval(40, 60))), model
    )


def test_the_message_names_what_stands_out(model: CompetencyModel) -> None:
    score = person(estimate(80, Interval(72, 88)), above=("recovery", "analytical"), below=("speaking-up",))
    message = overall_message("Nora", score, model)
    assert "Recovery and Analytical customers" in message
    assert "Speaking up" in message
    assert len(profile_sentences(score, model)) == 3
    assert "p < 0.001" in profile_sentences(score, model)[2]


def test_who_cannot_be_scored_is_told_why(model: CompetencyModel) -> None:
    assert overall_message("Nora", person(None), model) == (
        "Nora cannot be scored: 3 of 16 scenarios are complete; at least 80 % are needed."
    )


def test_without_a_difference_there_is_no_clear_profile(model: CompetencyModel) -> None:
    (sentence,) = profile_sentences(person(estimate(80, None)), model)
    assert sentence.startswith("No clear profile")


def test_one_name_needs_no_and() -> None:
    assert in_words(["Recovery"]) == "Recovery"


@pytest.mark.parametrize(
    ("format_", "formats", "noun"),
    [
        (ResponseFormat.RATE_EACH, {}, "ratings"),
        (ResponseFormat.RANK, {}, "choices"),
        (ResponseFormat.RATE_EACH, {"recovery-1": ResponseFormat.RANK}, "answers"),
    ],
)
def test_answers_are_called_what_they_are(
    model: CompetencyModel, format_: ResponseFormat, formats: dict[str, ResponseFormat], noun: str
) -> None:
    assert answers_noun(make_form(format=format_, formats=formats)) == noun
    message = overall_message("Nora", person(estimate(80, Interval(72, 88))), model, noun)
    assert message.startswith(f"Nora's {noun} follow the answer key")


def test_a_form_with_an_overall_score_only_has_no_profile(model: CompetencyModel) -> None:
    reason = overall_only_reason(make_form(make_scenarios(2), format=ResponseFormat.PICK_BEST))
    score = replace(person(estimate(80, Interval(72, 88))), not_scored=(reason,))
    assert profile_sentences(score, model) == ()
    assert overall_message("Nora", score, model).endswith("the form gives no scores of single areas.")


def test_a_form_of_several_formats_says_that_nothing_is_named(model: CompetencyModel) -> None:
    score = replace(person(estimate(80, Interval(72, 88))), not_scored=(NO_PROFILE,))
    assert profile_sentences(score, model) == (f"{NO_PROFILE}.",)
    assert "not looked at, since the form mixes formats" in overall_message("Nora", score, model)
