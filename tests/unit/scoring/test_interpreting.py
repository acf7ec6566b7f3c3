from dataclasses import replace

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_bank
from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.keys import KeyingMethod
from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.scores import Interval, NamedDifference, PersonScore, RatedEffective, ScoreEstimate
from eiassess.scoring.interpreting import (
    NO_LABELS,
    NO_PROFILE,
    Names,
    Standing,
    answers_noun,
    in_words,
    irritant_areas,
    irritants_note,
    names_of,
    not_scored_sentence,
    overall_message,
    part_not_scored,
    profile_sentences,
    standing,
    why_not_scored,
    why_part_not_scored,
)
from eiassess.scoring.person.first_reasons import reason_of_sentence
from eiassess.scoring.person.missing import overall_only
from tests.builders import make_form, make_key, make_scenario, make_scenarios

RANDOM = Interval(38, 62)
FORM = make_form()
CHOSEN_ONLY = (
    "This form gives an overall score only: it has fewer than three scenarios of each competency, and a choice "
    "among the responses says less than a rating of each"
)


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
        not_scored=() if overall else (NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 3, 16, 13),),
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
    message = overall_message("Nora", person(estimate(80, interval)), FORM, model)
    assert words in message
    assert message.startswith("Nora")


def test_the_message_of_random_answering_says_so(model: CompetencyModel) -> None:
    assert "cannot be told from random answering" in overall_message(
        "Nora", person(estimate(50, Interval(40, 60))), FORM, model
    )


def test_what_the_engine_kept_as_standing_out_is_named_nowhere(model: CompetencyModel) -> None:
    found = person(estimate(80, Interval(72, 88)), above=("recovery", "analytical"), below=("speaking-up",))
    same = person(estimate(80, Interval(72, 88)))
    assert overall_message("Nora", found, FORM, model) == overall_message("Nora", same, FORM, model)
    assert profile_sentences(found) == profile_sentences(same) == (NO_LABELS,)


def test_who_cannot_be_scored_is_told_why(model: CompetencyModel) -> None:
    assert overall_message("Nora", person(None), FORM, model) == (
        "Nora cannot be scored: 3 of 16 scenarios are complete; at least 80 % are needed."
    )


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
    form = make_form(format=format_, formats=formats)
    assert answers_noun(form) == noun
    message = overall_message("Nora", person(estimate(80, Interval(72, 88))), form, model)
    assert message.startswith(f"Nora's {noun} follow the answer key")


def test_a_form_with_an_overall_score_only_has_no_profile(model: CompetencyModel) -> None:
    reason = overall_only(make_form(make_scenarios(2), format=ResponseFormat.PICK_BEST))
    score = replace(person(estimate(80, Interval(72, 88))), not_scored=(reason,))
    assert profile_sentences(score) == ()
    assert overall_message("Nora", score, FORM, model).endswith("the form gives no scores of single areas.")


def test_a_form_of_several_formats_says_that_nothing_is_named() -> None:
    score = replace(
        person(estimate(80, Interval(72, 88))), not_scored=(NotScored("", NotScoredCode.FORM_MIXES_FORMATS),)
    )
    assert profile_sentences(score) == (f"{NO_PROFILE}.",)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            NotScored(OVERALL, NotScoredCode.NO_SCENARIOS),
            "overall: the form has no scenarios but those for practice",
        ),
        (
            NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 9, 12, 10),
            "overall: 9 of 12 scenarios are complete; at least 80 % are needed",
        ),
        (
            NotScored("recovery", NotScoredCode.TOO_FEW_COMPLETE, 1, 3, 2),
            "recovery: 1 of 3 scenarios are complete; at least two thirds are needed",
        ),
        (
            NotScored(OVERALL, NotScoredCode.SAME_RATINGS, 66, 70),
            "overall: 66 of 70 ratings are the same; nothing can be told from them",
        ),
        (
            NotScored("emotions", NotScoredCode.SAME_RATINGS_OF_KIND),
            "overall: all ratings of emotions are the same; these scenarios are not counted",
        ),
        (
            NotScored("recovery-1", NotScoredCode.SAME_KEY_OF_SCENARIO),
            "overall: the key does not tell the options of recovery-1 apart; it is not counted",
        ),
        (
            NotScored("calm", NotScoredCode.FORM_TOO_SMALL, 1, 1, 2),
            "calm: the form has fewer than two of its scenarios",
        ),
        (
            NotScored("calm", NotScoredCode.FORM_TOO_SMALL, 2, 2, 3),
            "calm: the form has fewer than three of its scenarios, which choices need",
        ),
        (
            NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=2),
            "This form gives an overall score only: it has fewer than two scenarios of each competency",
        ),
        (
            NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=3),
            CHOSEN_ONLY,
        ),
        (
            NotScored("", NotScoredCode.FORM_MIXES_FORMATS),
            "No strength or weakness is named, since the form mixes formats and their scores are not compared",
        ),
    ],
)
def test_a_reason_reads_as_the_first_engine_stored_it(reason: NotScored, sentence: str) -> None:
    """And what that engine stored is read as the code that it would be today, where the sentence gives all of it."""
    assert not_scored_sentence(reason, Names()) == sentence
    kept = reason if reason.code is not NotScoredCode.FORM_TOO_SMALL else replace(reason, counted=0, asked=0)
    assert reason_of_sentence(sentence) == kept


def test_reasons_that_the_first_engine_did_not_have_are_said_too() -> None:
    flat = NotScored("emotions", NotScoredCode.SAME_KEY_OF_KIND)
    assert not_scored_sentence(flat, Names()) == (
        "overall: the key has the same value for all emotions; these scenarios are not counted"
    )
    unknown = reason_of_sentence("words of nobody")
    assert (unknown, not_scored_sentence(unknown, Names())) == (
        NotScored("", NotScoredCode.UNKNOWN),
        "the reason is not known",
    )


def test_every_code_has_words() -> None:
    for code in NotScoredCode:
        assert why_not_scored(NotScored(OVERALL, code), Names())


def test_where_people_read_there_are_names_and_no_ids(model: CompetencyModel) -> None:
    scenario = make_scenario("recovery-1")
    names = names_of(make_form([scenario]), model)
    said = [
        part_not_scored(NotScored(part, NotScoredCode.TOO_FEW_COMPLETE, 1, 3, 2), names)
        for part in (OVERALL, "speaking-up", "analytical")
    ]
    assert said == ["Overall", "Speaking up", "Analytical customers"]
    flat = NotScored("recovery-1", NotScoredCode.SAME_KEY_OF_SCENARIO)
    assert (part_not_scored(flat, names), why_not_scored(flat, names)) == (
        "Overall",
        f"the key does not tell the options of {scenario.title} apart; it is not counted",
    )


def test_a_parts_own_reason_is_given_and_not_that_of_a_kind_of_the_same_name() -> None:
    kind = NotScored("emotions", NotScoredCode.SAME_RATINGS_OF_KIND)
    own = NotScored("emotions", NotScoredCode.TOO_FEW_COMPLETE, 0, 2, 2)
    score = replace(person(estimate(80, None)), not_scored=(kind, own))
    assert why_part_not_scored(score, "emotions", Names()).startswith("0 of 2 scenarios are complete")
    assert why_part_not_scored(score, "recovery", Names()) == ""


@pytest.mark.parametrize(
    ("score", "interval", "opening"),
    [
        (80, Interval(72, 88), "Nora's ratings follow the answer key clearly more closely than random answering"),
        (80, Interval(60, 88), "Nora's ratings seem to follow the answer key, though not by more than the error"),
        (50, Interval(40, 60), "Nora's ratings cannot be told from random answering"),
    ],
)
def test_the_message_reads_so(model: CompetencyModel, score: float, interval: Interval, opening: str) -> None:
    reading = f"(score {score}, 95 % interval {interval.low} to {interval.high})"
    assert overall_message("Nora", person(estimate(score, interval)), FORM, model) == f"{opening} {reading}."


def test_standings_read_so() -> None:
    assert [each.value for each in Standing] == [
        "clearly above random answering",
        "above random answering, by less than its error",
        "not to be told from random answering",
    ]


def test_an_irritant_is_said_with_its_meaning_and_its_one_question(model: CompetencyModel) -> None:
    found = (RatedEffective("script", 7, 8, 0.0234), RatedEffective("of another bank", 8, 8, 0.001))
    (area,) = irritant_areas(found, model)
    assert area.name == "Rated as effective: Canned words"
    assert area.reason == (
        "Gives a ready-made answer that misses this customer. 7 of 8 such responses were rated as effective; the same "
        "ratings in random order within each scenario would seldom give as many (p = 0.023 after Holm's correction for "
        "all irritants in the form)."
    )
    assert area.questions == (model.irritants["script"].interview,)


def test_the_note_on_irritants_says_the_keys_status() -> None:
    use = "for preparing the interview, not for ranking or selection"
    assert f"theory-1, version 1 (THEORY with 0 experts), and it is {use}." in irritants_note(make_key())
    for_selection = replace(make_key(method=KeyingMethod.EXPERT, experts=12), relevance="It helps.", relevance_by="Ann")
    assert "(EXPERT with 12 experts). A rating says" in irritants_note(for_selection)
    assert use not in irritants_note(for_selection)
