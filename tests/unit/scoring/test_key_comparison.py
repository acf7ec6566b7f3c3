"""Two keys or rules over the same answers: hand-worked scores, and what differs."""

import numpy as np
import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import coefficient_alpha, rank_order_correlation, standardised_group_difference
from eiassess.scoring.samples.answers import PersonAnswers, house_sample_scores
from eiassess.scoring.samples.key_comparison import Groups, KeyAndRule, compare_keys, key_fits
from eiassess.scoring.samples.other_rules import ScoringRule, rules_of, scores_by_rule
from tests.builders import make_form, make_key, make_scenario
from tests.unit.scoring.samples import form_of, near_the_key, written

FORM = make_form()
KEY = make_key(FORM)
TURNED = make_key(
    FORM,
    {
        scenario.id: [
            (7 - KEY.credits[scenario.id][option].value if place == 2 else KEY.credits[scenario.id][option].value)
            for option in scenario.option_ids
        ]
        for place, scenario in enumerate(FORM.scenarios)
    },
)
PEOPLE = near_the_key(FORM, KEY, 80)
HOUSE, NEAR, SQUARED = (
    KeyAndRule(KEY, rule) for rule in (ScoringRule.STANDARDISED, ScoringRule.DISTANCE, ScoringRule.SQUARED_DISTANCE)
)
BEST_AND_WORST = form_of(ResponseFormat.PICK_BEST_AND_WORST, n=2)


def test_distance_is_what_is_left_of_the_worst_that_the_key_allows() -> None:
    form = make_form([make_scenario("one", options=2), make_scenario("two", options=2)], id="by-hand")
    key = make_key(form, {"one": [6, 1], "two": [4, 2]})
    people = written(form, [[6, 1], [4, 2]], [[1, 6], [1, 6]], [[5, 2], [3, 4]], [[5, None], [3, 4]])
    # worst distances: 5 + 5 and 3 + 4; the third loses 1 + 1 and 1 + 2
    near = scores_by_rule(form, key, ScoringRule.DISTANCE, people)
    assert near.scenarios[:3].tolist() == [[100, 100], [0, 0], [pytest.approx(80), pytest.approx(100 * (1 - 3 / 7))]]
    assert near.overall[:3].tolist() == [100, 0, pytest.approx(100 * (1 - 5 / 17))]
    squared = scores_by_rule(form, key, ScoringRule.SQUARED_DISTANCE, people)
    assert squared.scenarios[2].tolist() == [pytest.approx(100 * (1 - 2 / 50)), pytest.approx(100 * (1 - 5 / 25))]
    assert squared.overall[2] == pytest.approx(100 * (1 - 7 / 75))
    assert np.isnan(near.overall[3]), "half of the scenarios is too few"
    assert np.isnan(near.scenarios[3]).all()


def test_one_scenario_of_nine_may_be_missing() -> None:
    person = PersonAnswers({**PEOPLE[0].answers, FORM.scenario_ids[0]: {"a": 1}}, {})
    found = scores_by_rule(FORM, KEY, ScoringRule.DISTANCE, [person])
    assert np.isnan(found.scenarios[0]).tolist() == [True] + [False] * 8
    assert found.overall[0] == pytest.approx(
        scores_by_rule(FORM, KEY, ScoringRule.DISTANCE, PEOPLE[:1]).overall[0], 0.2
    )


def test_hits_are_counted_from_minus_two_to_two() -> None:
    key = make_key(BEST_AND_WORST, {"s1": [6, 1, 3, 4], "s2": [2, 5, 1, 4]})
    people = written(
        BEST_AND_WORST,
        [[1, -1, None, None], [None, 1, -1, None]],
        [[-1, 1, None, None], [None, None, 1, -1]],
        [[1, None, -1, None], [None, 1, None, None]],
    )
    found = scores_by_rule(BEST_AND_WORST, key, ScoringRule.HITS, people)
    assert found.scenarios[:2].tolist() == [[100, 100], [0, 25]]
    assert found.overall[:2].tolist() == [100, 12.5]
    assert np.isnan(found.overall[2])
    house = scores_by_rule(BEST_AND_WORST, key, ScoringRule.DIFFERENCE, people)
    assert house.scenarios[0].tolist() == pytest.approx([100, 100])


def test_the_house_rule_scores_as_a_candidate_is_scored() -> None:
    assert scores_by_rule(FORM, KEY, ScoringRule.STANDARDISED, PEOPLE).overall.tolist() == (
        house_sample_scores(FORM, KEY, PEOPLE).overall.tolist()
    )


def mixed() -> AssessmentForm:
    made = make_form([make_scenario("one"), make_scenario("two")], id="mixed")
    return AssessmentForm(**{**vars(made), "formats": {"one": ResponseFormat.RANK}})


@pytest.mark.parametrize(
    ("form", "rules"),
    [
        (FORM, ["standardised", "distance", "squared distance"]),
        (BEST_AND_WORST, ["difference", "hits"]),
        (form_of(ResponseFormat.RANK), ["house scale"]),
        (mixed(), ["house scale"]),
    ],
)
def test_a_form_has_the_rules_of_its_formats(form: AssessmentForm, rules: list[str]) -> None:
    assert [rule.value for rule in rules_of(form)] == rules


def test_a_rule_of_another_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InvalidInputError, match="'hits' cannot score form 'form-a'; its rules: standardised, distance"):
        scores_by_rule(FORM, KEY, ScoringRule.HITS, PEOPLE)


def without_an_option() -> ScoringKey:
    kept = {name: dict(options) for name, options in KEY.credits.items()}
    del kept[FORM.scenario_ids[0]]["b"]
    return ScoringKey(**{**vars(KEY), "credits": kept, "digest": "lacking"})


def test_a_key_that_lacks_an_option_does_not_fit() -> None:
    with pytest.raises(InvalidInputError, match=rf"no value for option {FORM.scenario_ids[0]}\.b"):
        scores_by_rule(FORM, without_an_option(), ScoringRule.DISTANCE, PEOPLE)
    assert key_fits(FORM, KEY)
    assert not key_fits(FORM, without_an_option())
    assert not key_fits(FORM, ScoringKey(**{**vars(KEY), "maximum": 5}))
    assert not key_fits(make_form([make_scenario("unknown")]), KEY)


def test_each_way_has_its_own_figures_over_the_same_people() -> None:
    found = compare_keys(FORM, HOUSE, NEAR, PEOPLE)
    scores = [scores_by_rule(FORM, KEY, way.rule, PEOPLE) for way in (HOUSE, NEAR)]
    assert (found.n_people, found.n_both) == (80, 80)
    for figures, mine in zip((found.first, found.second), scores, strict=True):
        assert figures.mean is not None
        assert figures.alpha is not None
        assert figures.mean.value == pytest.approx(mine.overall.mean())
        assert figures.sd == pytest.approx(mine.overall.std(ddof=1))
        assert figures.alpha.value == pytest.approx(coefficient_alpha(mine.scenarios).value)
        assert figures.group is None
    assert found.rank_order is not None
    assert found.rank_order.value == rank_order_correlation(scores[0].overall, scores[1].overall)
    assert found.rank_order.interval.low < found.rank_order.value < found.rank_order.interval.high
    assert {each.key_distance for each in found.scenarios} == {0}
    orders = [each.rank_order.value for each in found.scenarios if each.rank_order]
    assert orders == sorted(orders)
    assert found.not_estimable == ()


def test_moves_are_counted_against_both_errors() -> None:
    found = compare_keys(FORM, HOUSE, SQUARED, PEOPLE)
    z, errors = [], []
    for way in (HOUSE, SQUARED):
        mine = scores_by_rule(FORM, KEY, way.rule, PEOPLE)
        z.append((mine.overall - mine.overall.mean()) / mine.overall.std(ddof=1))
        errors.append(1 - coefficient_alpha(mine.scenarios).value)
    assert found.n_moved == np.sum(np.abs(z[0] - z[1]) > 1.959964 * np.sqrt(sum(errors) / 2))


def test_the_scenario_whose_key_was_turned_differs_most() -> None:
    found = compare_keys(FORM, HOUSE, KeyAndRule(TURNED, ScoringRule.STANDARDISED), PEOPLE)
    first = found.scenarios[0]
    assert first.id == FORM.scenario_ids[2]
    assert first.rank_order is not None
    assert first.rank_order.value < 0
    keyed = [KEY.credits[first.id][option].value for option in "abcd"]
    assert first.key_distance == pytest.approx(np.mean([abs(7 - 2 * value) for value in keyed]))
    assert first.first_item_total is not None
    assert first.second_item_total is not None
    assert first.first_item_total > first.second_item_total


def test_groups_are_compared_under_each_way() -> None:
    of = np.arange(80) % 2 == 0
    found = compare_keys(FORM, HOUSE, NEAR, PEOPLE, Groups("even", "odd", of, ~of))
    house = house_sample_scores(FORM, KEY, PEOPLE).overall
    assert found.first.group == standardised_group_difference(house[of], house[~of])
    few = np.arange(80) < 5
    found = compare_keys(FORM, HOUSE, NEAR, PEOPLE, Groups("few", "rest", few, ~few))
    assert found.second.group is None
    assert found.first.not_estimable == (
        "group difference: a group has 5 scores; no group of fewer than 10 is compared",
    )


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_people_give_reasons_and_no_numbers(n: int) -> None:
    found = compare_keys(FORM, HOUSE, NEAR, PEOPLE[:n])
    assert found.rank_order is None
    assert found.not_estimable[0] == f"rank order: {n} people with both scores are too few; 4 are needed"
    if n < 2:
        assert (found.n_moved, found.first.alpha, found.scenarios[0].first_item_total) == (None, None, None)
        assert found.scenarios[0].first_mean is None
        assert found.not_estimable[1].startswith("moves: one of the two has no reliability")


def test_only_whom_both_score_counts() -> None:
    same = PersonAnswers({name: dict.fromkeys("abcd", 4) for name in FORM.scenario_ids}, {})
    found = compare_keys(FORM, HOUSE, NEAR, [*PEOPLE, same])
    assert (found.n_people, found.n_both) == (81, 80)
