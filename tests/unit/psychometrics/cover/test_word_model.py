"""Values predicted from words: against normal equations written out, a planted word, and twins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.psychometrics.cover.word_model import PENALTY, predict_from_words, word_model_correlation

VOCABULARY = [f"word{number}" for number in range(12)]
option = st.tuples(
    st.sets(st.sampled_from(VOCABULARY), min_size=1, max_size=5),
    st.sampled_from([1.0, 2.0, 2.5, 4.5, 5.5]),
    st.integers(0, 4),
)
options = st.lists(option, min_size=4, max_size=24).filter(lambda each: len({unit for _, _, unit in each}) > 1)


def by_normal_equations(words: list[set[str]], values: list[float], units: list[int]) -> list[float]:
    """Ridge on explicit features: weights solve (X'X + penalty) w = X'(y - mean), on the words of the others."""
    predicted = []
    for of_option, unit in zip(words, units, strict=True):
        rest = [place for place, other in enumerate(units) if other != unit]
        mean = sum(values[place] for place in rest) / len(rest)
        features = np.array([[float(word in words[place]) for word in VOCABULARY] for place in rest])
        target = np.array([values[place] - mean for place in rest])
        weights = np.linalg.inv(features.T @ features + PENALTY * np.eye(len(VOCABULARY))) @ features.T @ target
        predicted.append(mean + sum(weights[VOCABULARY.index(word)] for word in of_option))
    return predicted


@given(options)
def test_it_is_a_ridge_regression_on_words(drawn: list[tuple[set[str], float, int]]) -> None:
    words, values, units = (list(column) for column in zip(*drawn, strict=True))
    found = predict_from_words(words, np.array(values), np.array(units))
    assert found == pytest.approx(by_normal_equations(words, values, units))


def planted(share: float, seed: int = 1) -> tuple[list[set[str]], list[float], list[str]]:
    """Forty scenarios of four options: one word stands in good options, in a share of the scenarios."""
    generator = np.random.default_rng(seed)
    words, values, units = [], [], []
    for scenario in range(40):
        for value in (1.5, 2.5, 4.5, 5.5):
            filler = {f"filler{number}" for number in generator.integers(0, 300, 12)}
            is_good = value > 4
            words.append(filler | ({"sorry"} if is_good and generator.random() < share else set()))
            values.append(value)
            units.append(f"scenario-{scenario}")
    return words, values, units


def test_a_planted_word_is_found() -> None:
    told, untold = word_model_correlation(*planted(1.0)), word_model_correlation(*planted(0.0))
    assert told is not None
    assert untold is not None
    assert told > 0.8
    assert abs(untold) < 0.2


def test_a_twin_that_is_not_left_out_turns_the_prediction_around() -> None:
    words = [{f"act{option}-{pair}" for _ in range(1)} for pair in range(20) for _ in range(2) for option in range(4)]
    values = [value for _ in range(20) for half in ((2.0, 5.5, 4.5, 2.5), (5.5, 2.0, 2.5, 4.5)) for value in half]
    alone = [f"stem-{number // 4}" for number in range(160)]
    as_pairs = [f"pair-{number // 8}" for number in range(160)]
    turned = word_model_correlation(words, values, alone)
    assert turned is not None
    assert turned < -0.9
    assert word_model_correlation(words, values, as_pairs) is None


def test_words_that_nobody_else_has_say_nothing() -> None:
    words = [{f"only-{number}"} for number in range(40)]
    values = [1.1, 2.3, 4.7, 5.6] * 10
    units = [f"scenario-{number // 4}" for number in range(40)]
    assert word_model_correlation(words, values, units) is None


def test_values_that_are_all_the_same_cannot_be_predicted() -> None:
    assert word_model_correlation([{"a"}, {"b"}, {"a"}], [3.0, 3.0, 3.0], ["one", "one", "two"]) is None


def test_a_unit_by_itself_is_predicted_as_its_own_mean() -> None:
    found = predict_from_words([{"a"}, {"b"}], np.array([1.0, 4.0]), np.array([0, 0]))
    assert found.tolist() == [2.5, 2.5]
