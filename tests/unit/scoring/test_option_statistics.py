"""Statistics of options: what was done with each, agreement with the key, curves by fifths."""

import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.scenarios import ScenarioKind
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores, house_sample_scores, option_table
from eiassess.scoring.samples.estimates import correlation_estimate
from eiassess.scoring.samples.options import PEOPLE_FOR_CURVES, OptionsOfScenario, option_figures
from tests.builders import make_form, make_key, make_scenario, make_scenarios
from tests.unit.scoring.samples import form_of, near_the_key, written

FORM = make_form(make_scenarios(emotions=2))
KEY = make_key(FORM)


def with_rest(chosen: ResponseFormat, rows: list[list[int | None]], rest: list[float]) -> OptionsOfScenario:
    """Options of the first of two scenarios, the other's scores being given."""
    form = form_of(chosen, n=2, options=len(rows[0]))
    people = written(form, *([row, [None] * len(row)] for row in rows))
    scores = np.column_stack([np.full(len(rest), np.nan), rest])
    return option_figures(form, make_key(form), people, SampleScores(scores, scores[:, 1]), form.scenarios[0])


def test_ratings_are_counted_by_point_and_each_option_by_itself() -> None:
    found = with_rest(ResponseFormat.RATE_EACH, [[6, 1], [5, None], [5, 2]], [1.0, 2.0, 3.0])
    first, second = found.options
    assert found.numbers == (1, 2, 3, 4, 5, 6)
    assert (first.counts, first.n, first.n_missing) == ((0, 0, 0, 0, 2, 1), 3, 0)
    assert (second.counts, second.n, second.n_missing) == ((1, 1, 0, 0, 0, 0), 2, 1)
    assert first.mean is not None
    assert first.mean.value == pytest.approx(16 / 3)
    assert first.sd == pytest.approx(np.std([6, 5, 5], ddof=1))
    assert [each.key for each in found.options] == [5.5, 2.0]


def test_best_and_worst_count_who_chose_neither_only_where_both_are_picked() -> None:
    found = with_rest(
        ResponseFormat.PICK_BEST_AND_WORST, [[1, -1, None], [None, -1, 1], [1, None, None]], [1.0, 2.0, 3.0]
    )
    assert found.numbers == (-1, 0, 1)
    assert [each.counts for each in found.options] == [(0, 1, 1), (2, 0, 0), (0, 1, 1)]
    assert [each.n_missing for each in found.options] == [1, 1, 1]
    assert [each.agreement for each in found.options] == [None] * 3


@pytest.mark.parametrize(
    ("chosen", "rows", "numbers", "means"),
    [
        (ResponseFormat.PICK_BEST, [[1, None], [None, 1], [1, None], [None, None]], (0, 1), [2 / 3, 1 / 3]),
        (ResponseFormat.RANK, [[1, 2], [2, 1], [1, 2], [1, None]], (1, 2), [4 / 3, 5 / 3]),
    ],
)
def test_picks_are_shares_and_places_are_means(
    chosen: ResponseFormat, rows: list[list[int | None]], numbers: tuple[int, ...], means: list[float]
) -> None:
    found = with_rest(chosen, rows, [1.0, 2.0, 3.0, 4.0])
    assert found.numbers == numbers
    assert [each.mean.value for each in found.options if each.mean] == pytest.approx(means)


def test_curves_are_means_in_fifths_of_the_other_scenarios() -> None:
    rows: list[list[int | None]] = [[1 + place // 5, 6 - place // 5] for place in range(25)]
    found = with_rest(ResponseFormat.RATE_EACH, rows, [float(each) for each in range(25)])
    assert found.fifth_sizes == (5, 5, 5, 5, 5)
    assert found.options[0].by_fifth == (1, 2, 3, 4, 5)
    assert found.options[1].by_fifth == (6, 5, 4, 3, 2)
    assert found.not_estimable == ()


def test_a_fifth_where_nobody_rated_an_option_has_no_mean() -> None:
    rows: list[list[int | None]] = [[4, None if place < 5 else 2] for place in range(25)]
    found = with_rest(ResponseFormat.RATE_EACH, rows, [float(each) for each in range(25)])
    assert found.options[1].by_fifth == (None, 2, 2, 2, 2)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ([1.0, 2.0], f"curves by fifths of the score need {PEOPLE_FOR_CURVES} scored people; there are 2"),
        ([7.0] * 30, "curves: fifths of a score need totals that differ"),
    ],
)
def test_too_few_people_or_scores_without_order_have_no_curves(rest: list[float], reason: str) -> None:
    found = with_rest(ResponseFormat.RATE_EACH, [[5, 2]] * len(rest), rest)
    assert (found.fifth_sizes, found.not_estimable) == ((), (reason,))
    assert [each.by_fifth for each in found.options] == [(), ()]


@pytest.mark.parametrize("place", [1, -1])
def test_agreement_is_of_the_distance_that_the_house_scale_sums(place: int) -> None:
    people = near_the_key(FORM, KEY, 30)
    left_out = dict(people[0].answers)
    left_out[FORM.scenario_ids[0]] = {"a": 3}
    people[0] = PersonAnswers(left_out, {})
    scenario = FORM.scenarios[place]
    scores = house_sample_scores(FORM, KEY, people)
    found = option_figures(FORM, KEY, people, scores, scenario)
    alike = [each for each in FORM.scenarios if each.kind is scenario.kind]
    nearness = np.full((30, len(scenario.options)), np.nan)
    for row, person in enumerate(people):
        used = [each for each in alike if len(person.answers[each.id]) == len(each.options)]
        columns = [(each.id, option) for each in used for option in each.option_ids]
        z = psychometrics.standardised_profile(np.array([float(person.answers[s][o]) for s, o in columns]))
        kz = psychometrics.standardised_profile(np.array([KEY.credits[s][o].value for s, o in columns]))
        mine = [number for number, (name, _) in enumerate(columns) if name == scenario.id]
        nearness[row] = -((z - kz)[mine] ** 2)
    rest = scores.rest[:, list(FORM.scenarios).index(scenario)]
    assert [each.agreement for each in found.options] == [
        correlation_estimate(nearness[:, option], rest) for option in range(len(scenario.options))
    ]
    assert scenario.kind is (ScenarioKind.RESPONSES if place == 1 else ScenarioKind.EMOTIONS)


def test_who_left_out_the_scenario_has_no_agreement_with_it() -> None:
    people = near_the_key(FORM, KEY, 8)
    people[3] = PersonAnswers({**people[3].answers, FORM.scenario_ids[0]: {}}, {})
    found = option_figures(FORM, KEY, people, house_sample_scores(FORM, KEY, people), FORM.scenarios[0])
    assert {each.agreement.n for each in found.options if each.agreement} == {7}


def test_the_rest_is_the_mean_of_all_other_scenarios_that_count() -> None:
    scores = SampleScores(np.array([[10.0, 20.0, 60.0], [10.0, np.nan, np.nan]]), np.array([30.0, 10.0]))
    assert scores.rest[0].tolist() == [40, 35, 15]
    assert np.isnan(scores.rest[1]).tolist() == [True, False, False]


def test_a_table_of_nobody_has_no_rows() -> None:
    assert option_table(FORM, FORM.scenarios[0], []).shape == (0, 4)
    assert make_scenario().option_ids == ("a", "b", "c", "d")
