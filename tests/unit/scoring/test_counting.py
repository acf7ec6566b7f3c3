import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.errors import NotEstimableError
from eiassess.scoring.person import counting
from eiassess.scoring.person.cache import Cache
from eiassess.scoring.person.counting import counted_scenarios
from tests.builders import make_form, make_plan, make_scenario, make_scenarios

EVERY = np.arange(9)


def test_the_same_scenarios_are_laid_out_once() -> None:
    plan = make_plan()
    assert counted_scenarios(plan, EVERY) is counted_scenarios(make_plan(), EVERY)
    assert counted_scenarios(plan, EVERY) is not counted_scenarios(plan, EVERY[1:])


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_LAYOUTS", Cache(2))
    plan = make_plan()
    laid_out = [counted_scenarios(plan, EVERY[first:]) for first in range(3)]
    assert counted_scenarios(plan, EVERY[2:]) is laid_out[2]
    assert counted_scenarios(plan, EVERY) is not laid_out[0]


def test_what_is_laid_out_follows_the_scenarios_that_count() -> None:
    counted = counted_scenarios(make_plan(), EVERY[3:])
    assert counted.scenario_ids[0] == "recovery-2"
    assert counted.ratings.tolist() == list(range(12, 36))
    assert [part.sizes for part in (counted.competencies, counted.styles)] == [(2, 2, 2), (3, 3)]
    assert counted.competencies.e.sum() == pytest.approx(counted.e.sum())
    assert counted.competencies.refusals == (None, None, None)
    assert counted.styles.refusals[0] == NotScored("warm", NotScoredCode.TOO_FEW_COMPLETE, 3, 6, 4)
    assert counted.competencies.weights["recovery"] == pytest.approx(counted.e[[0, 3]].sum())


def test_a_parts_own_score_is_50_and_50_r_of_each_format_weighted_by_ratings() -> None:
    scenarios = [make_scenario("one"), make_scenario("two"), *make_scenarios(0, emotions=1)]
    plan = make_plan(make_form([*scenarios, make_scenario("three", options=5, kind=scenarios[2].kind)]))
    counted = counted_scenarios(plan, np.arange(4))
    ratings = np.random.default_rng(1).integers(1, 7, len(plan.columns)).astype(float)
    responses, emotions = np.arange(8), np.arange(13, 18)
    r = [np.corrcoef(ratings[rows], plan.key_values[rows])[0, 1] for rows in (responses, emotions)]
    recovery = counted.competencies.profiles.scores(ratings)[counted.competencies.names.index("recovery")]
    assert recovery == pytest.approx(50 * (1 + (8 * r[0] + 5 * r[1]) / 13))


def test_without_a_difference_in_key_or_ratings_a_part_has_no_own_score() -> None:
    form = make_form()
    values = {s.id: [3.0] * 4 if s.competency == "recovery" else [1.0, 2.0, 5.0, 4.0] for s in form.scenarios}
    plan = make_plan(form, values)
    ratings = np.resize([1.0, 2.0, 5.0, 4.0], 36)
    ratings[plan.scenario == 1] = 3.0
    ratings[np.isin(plan.scenario, plan.competencies["listening"])] = 3.0
    scores = dict(
        zip(plan.competencies, counted_scenarios(plan, EVERY).competencies.profiles.scores(ratings), strict=True)
    )
    assert scores["recovery"] is None
    assert scores["listening"] is None
    assert scores["composure"] is not None


def test_a_form_without_styles_has_none() -> None:
    plan = make_plan(make_form([make_scenario(f"s{i}") for i in range(4)]))
    styles = counted_scenarios(plan, np.arange(4)).styles
    assert styles.names == ()
    assert styles.profiles.scores(np.ones(16)) == []


def test_a_key_that_never_varies_cannot_be_laid_out() -> None:
    form = make_form()
    plan = make_plan(form, {scenario.id: [3.0] * 4 for scenario in form.scenarios})
    with pytest.raises(NotEstimableError):
        counted_scenarios(plan, EVERY)


def test_a_parts_error_grows_with_the_square_root_of_the_variance() -> None:
    counted = counted_scenarios(make_plan(), EVERY)
    rows = counted.competencies.member[0] > 0
    expected = psychometrics.house_score_standard_error(0.3, counted.e[rows])
    assert counted.competencies.unit_error[0] * np.sqrt(0.3) == pytest.approx(expected)
