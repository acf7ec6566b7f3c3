"""Packing of responses, and the likelihood of packed responses against one written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt.categories import CategoryMap, categories_of, category_warnings
from eiassess.psychometrics.irt.expectation import expectation_step, log_table, posteriors
from eiassess.psychometrics.irt.families import GRADED, PARTIAL_CREDIT
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import standard_normal_quadrature
from eiassess.psychometrics.irt.responses import ResponseTable, ScoreRange, pack_responses, score_range

RULE = standard_normal_quadrature()
tables = st.tuples(st.integers(1, 30), st.integers(1, 7)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([-1.0, 0.0, 1.0, 2.0, 3.0, np.nan]))
)


def packed(scores: np.ndarray) -> tuple[ResponseTable, ScoreRange]:
    scale = score_range(scores)
    return pack_responses(scores, scale), scale


def complete_columns(scores: np.ndarray) -> np.ndarray:
    scores[0, np.isnan(scores).all(axis=0)] = 1.0
    return scores


@given(tables.map(complete_columns))
def test_packing_loses_nothing(scores: np.ndarray) -> None:
    table, scale = packed(scores)
    numbers = table.level_numbers(0, table.persons)
    missing = np.isnan(scores)
    assert np.array_equal(numbers[~missing], (scores - scale.lowest)[~missing])
    assert not missing.any() or np.all(numbers[missing] == table.levels - 1)
    assert np.array_equal(table.answered, (~missing).sum(axis=1))
    for item, row in enumerate(table.counts()):
        assert np.array_equal(row, np.bincount(numbers[:, item], minlength=table.levels))


def test_larger_samples_take_more_items_together() -> None:
    random = np.random.default_rng(1)
    sizes = [packed(random.integers(0, 5, (persons, 12)).astype(float))[0].group_size for persons in (50, 20_000)]
    assert sizes[0] < sizes[1]


def test_items_of_very_many_levels_stand_alone() -> None:
    assert packed(np.arange(50.0)[:, None] % np.array([50.0, 45.0]))[0].group_size == 1


def three_items(family: object = GRADED) -> ItemParameters:
    d = np.array([[1.5, 0.0, -1.0], [0.5, 0.0, 0.0], [1.0, -0.5, 0.0]])
    return ItemParameters(family, np.array([1.0, 2.0, 0.6]), d, np.array([4, 2, 3]))  # type: ignore[arg-type]  # either


def answers(persons: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    scores = np.column_stack([random.integers(0, size, persons) for size in (4, 2, 3)]).astype(float)
    scores[random.random(scores.shape) < 0.1] = np.nan
    scores[:4] = np.array([[0, 0, 0], [1, 1, 1], [2, 0, 2], [3, 1, 0]])
    return scores


@pytest.mark.parametrize("family", [GRADED, PARTIAL_CREDIT], ids=lambda family: family.name)
def test_likelihood_and_expected_answers_written_out(family: object) -> None:
    scores, parameters = answers(40, 3), three_items(family)
    table, _ = packed(scores)
    categories = categories_of(table.counts()[:, :4], ("1", "2", "3"))
    expected = expectation_step(parameters, categories, table, RULE)
    probabilities = parameters.probabilities(RULE.nodes)
    log_likelihood, persons, r = 0.0, np.zeros(61), np.zeros((3, 4, 61))
    for row in scores:
        joint = RULE.weights.copy()
        for item, score in enumerate(row):
            joint *= 1.0 if np.isnan(score) else probabilities[item, int(score)]
        log_likelihood += np.log(joint.sum())
        persons += joint / joint.sum()
        for item, score in enumerate(row):
            if not np.isnan(score):
                r[item, int(score)] += joint / joint.sum()
    assert expected.log_likelihood == pytest.approx(log_likelihood, abs=1e-9)
    assert expected.persons == pytest.approx(persons)
    assert expected.answers == pytest.approx(r)


def test_many_blocks_say_what_one_says() -> None:
    table, _ = packed(answers(700, 4))
    categories = categories_of(table.counts()[:, :4], ("1", "2", "3"))
    logs = log_table(three_items(), categories, table, RULE)
    pieces = np.concatenate([posterior for _, posterior, _ in posteriors(table, logs, rows=64)])
    ((_, whole, _),) = posteriors(table, logs)
    assert pieces == pytest.approx(whole, abs=1e-15)
    thinned = table.every(10, 20)
    assert thinned.persons == 20
    assert np.array_equal(thinned.level_numbers(1, 2), table.level_numbers(10, 11))


def test_likelihoods_too_small_for_a_number_are_still_right() -> None:
    # 1,200 items of two categories: a likelihood of about exp(-850), far below the smallest number there is
    random = np.random.default_rng(5)
    scores = random.integers(0, 2, (30, 1200)).astype(float)
    table, _ = packed(scores)
    categories = categories_of(table.counts()[:, :2], tuple(map(str, range(1200))))
    parameters = ItemParameters(GRADED, np.full(1200, 0.5), np.full((1200, 1), 1.5), np.full(1200, 2))
    logs = np.log(parameters.probabilities(RULE.nodes))
    joint = scores @ logs[:, 1] + (1 - scores) @ logs[:, 0] + np.log(RULE.weights)
    peak = joint.max(axis=1)
    exact = (peak + np.log(np.exp(joint - peak[:, None]).sum(axis=1))).sum()
    assert peak.max() < -700
    assert expectation_step(parameters, categories, table, RULE).log_likelihood == pytest.approx(exact)


@pytest.mark.parametrize(
    ("scores", "error", "says"),
    [
        (np.zeros(3), InvalidInputError, "must be a table"),
        (np.zeros((0, 3)), NotEstimableError, "no scores"),
        (np.array([[1.0, np.nan], [2.0, np.nan]]), NotEstimableError, "nobody answered item 2"),
        (np.array([[1.0, 2.0], [2.0, np.inf]]), InvalidInputError, "item 2 has scores more than 50 apart"),
        (np.array([[1.0, 2.0], [70.0, 2.0]]), InvalidInputError, "item 1 has scores more than 50 apart"),
        (np.array([[1.0, 2.0], [2.0, 2.0], [1.0, 2.5]]), InvalidInputError, "row 3, item 2: a category must be"),
    ],
)
def test_what_cannot_be_packed_says_why(scores: np.ndarray, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        packed(scores)


def mapped(counts: list[int], least: int | None = None) -> CategoryMap:
    return categories_of(np.array([counts]), ("x",), least)


def test_unused_scores_are_dropped_and_count_as_their_neighbour() -> None:
    found = mapped([10, 0, 0, 0, 20, 30])
    assert found.sizes.tolist() == [3]
    assert found.of_level.tolist() == [[0, 0, 0, 1, 1, 2]]
    assert found.counts.tolist() == [[10, 20, 30]]


def test_rare_categories_collapse_into_the_smaller_neighbour_rarest_first() -> None:
    assert mapped([3, 40, 2, 30, 50], 8).of_level.tolist() == [[0, 0, 1, 1, 2]]
    assert mapped([3, 40, 2, 30, 50]).sizes.tolist() == [5]
    assert mapped([1, 1, 1, 50, 60], 3).counts.tolist() == [[3, 50, 60]]


def test_one_category_says_nothing() -> None:
    for counts, least in (([0, 30, 0], None), ([5, 300], 8)):
        with pytest.raises(NotEstimableError, match="item x has a single category"):
            mapped(counts, least)


def test_warnings_name_item_and_score() -> None:
    counts = np.array([[100, 0, 3, 200, 0], [20, 4, 5, 90, 80]])
    scale = ScoreRange(np.array([-1.0, 0.0]), np.array([5, 5]))
    categories = categories_of(counts, ("s01", "s02"))
    assert category_warnings(categories, counts, scale, ("s01", "s02")) == (
        "item s01: nobody scored 0; the category is dropped",
        "item s01: answers with score 1: 3; fewer than 8 say little",
        "item s02: answers with score 1: 4; fewer than 8 say little",
        "item s02: answers with score 2: 5; fewer than 8 say little",
    )


def test_fewer_than_eleven_nodes_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="at least 11 nodes"):
        standard_normal_quadrature(10)
