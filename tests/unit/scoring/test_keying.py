"""A panel's agreement and what its key would do, worked by hand where it can be."""

import numpy as np
import pytest

from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import Doubt
from eiassess.scoring.panels import Judgements, analyse_panel, key_effect
from tests.builders import make_form, make_key, make_scale, make_scenario, make_scenarios

ONE = make_form([make_scenario("late-repair", options=3)])
PRESENT = make_key(ONE, {"late-repair": [5.5, 3.0, 3.5]})


def panel(*rows: tuple[int | None, ...]) -> list[dict[str, Judgements]]:
    return [{"late-repair": dict(zip("abc", row, strict=True))} for row in rows]


def test_the_worked_example() -> None:
    # Four experts. Option a: 6 5 6 5, mean 5.5, s^2 = 1/3, rwg = 1 - (1/3)/(35/12) = .8857, AD = .5.
    # b: 3 3 3 3: no variance. c: 1 6 1 6: mean 3.5, s^2 = 25/3, rwg 0, AD 2.5.
    analysis = analyse_panel(ONE, PRESENT, panel((6, 3, 1), (5, 3, 6), (6, 3, 1), (5, 3, 6)))
    (scenario,) = analysis.scenarios
    a, b, c = scenario.options
    assert (a.n, a.proposed, a.rwg, a.average_deviation) == (4, 5.5, pytest.approx(1 - 4 / 35), 0.5)
    assert a.sd == pytest.approx(3**-0.5)
    assert (b.proposed, b.sd, b.rwg, b.average_deviation) == (3.0, 0.0, 1.0, 0.0)
    assert (c.proposed, c.rwg, c.average_deviation) == (3.5, 0.0, 2.5)
    assert (a.kept, b.kept, c.kept) == (True, True, False)
    assert Doubt.FEW_EXPERTS in a.doubts
    assert scenario.spread == 2.5
    assert analysis.share_kept == pytest.approx(2 / 3)
    assert analysis.mean_move == 0
    assert analysis.rank_correlation == 1.0
    assert (analysis.n_experts, analysis.n_missing_experts) == (4, 6)
    assert analysis.values == {"late-repair": {"a": 5.5, "b": 3.0, "c": 3.5}}
    # Shrout and Fleiss by hand. Means of options 5.5, 3, 3.5 about 4: BMS = 4 (2.25 + 1 + .25) / 2 = 7. Experts' means
    # 10/3, 14/3 twice each: JMS = 3 * 4 * (4/9) / 3 = 16/9. Total 40, so error 40 - 14 - 16/3 = 62/3, EMS = 31/9.
    assert scenario.icc_2_1 == pytest.approx((7 - 31 / 9) / (7 + 3 * 31 / 9 + 4 * (16 / 9 - 31 / 9) / 3))
    assert scenario.icc_2_k == pytest.approx((7 - 31 / 9) / (7 + (16 / 9 - 31 / 9) / 3))
    assert analysis.median_icc == scenario.icc_2_k
    assert not scenario.kept


def test_cannot_judge_counts_as_no_rating_and_is_counted() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel((6, 3, 1), (5, None, 2), (4, None, 3)))
    a, b, c = analysis.options
    assert [(option.n, option.n_cannot_judge) for option in (a, b, c)] == [(3, 0), (1, 2), (3, 0)]
    assert [option.proposed for option in (a, b, c)] == [5.0, 3.0, 2.0]
    assert (a.sd, b.sd) == (1.0, 0.0)
    assert (analysis.n_experts, analysis.n_behind_each, analysis.n_missing_experts) == (3, 1, 9)
    assert (analysis.scenarios[0].icc_2_1, analysis.scenarios[0].spread) == (None, 3.0)  # one expert judged all three


def test_what_nobody_can_judge_keeps_the_present_value() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel((None, 3, 1), (None, 4, 1), (None, 5, 1)))
    assert analysis.values == {"late-repair": {"a": 5.5, "b": 4.0, "c": 1.0}}
    assert (analysis.options[0].n, analysis.options[0].move, analysis.n_behind_each) == (0, 0.0, 0)


def test_ten_rated_every_option_only_if_ten_could_judge_it() -> None:
    ten = [(6, 3, 1), (5, 3, 2)] * 5
    assert analyse_panel(ONE, PRESENT, panel(*ten)).n_missing_experts == 0
    assert analyse_panel(ONE, PRESENT, panel(*ten[:9], (5, None, 2))).n_missing_experts == 1
    assert analyse_panel(ONE, PRESENT, panel(*ten, (5, None, 2))).n_missing_experts == 0


def test_each_expert_is_compared_with_the_others() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel((6, 3, 1), (5, 3, 2), (1, 3, 6), (None, 3, 2)))
    found = {each.number: each for each in analysis.agreements}
    assert [(each.n_rated, each.n_cannot_judge) for each in found.values()] == [(3, 0), (3, 0), (3, 0), (2, 1)]
    third = found[3].correlation
    assert third == pytest.approx(np.corrcoef([1, 3, 6], [5.5, 3, 5 / 3])[0, 1])
    assert third is not None
    assert third < 0
    assert found[3].distance == pytest.approx((4.5 + 0 + 13 / 3) / 3)
    assert found[4].correlation is None  # two options give no correlation
    assert found[4].distance == pytest.approx((0 + 1) / 2)


def test_ten_who_agree_are_enough() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel(*[(6, 3, 1), (5, 3, 2)] * 5))
    assert analysis.n_missing_experts == 0
    assert analysis.share_kept == 1.0
    assert all(option.doubts == () for option in analysis.options)
    assert analysis.scenarios[0].kept
    assert [option.moved_far for option in analysis.options] == [False, False, True]  # 3.5 -> 1.5
    assert [option.move for option in analysis.options] == [0, 0, -2]


def test_a_panel_that_sees_no_difference_has_no_icc() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel(*[(4, 4, 4)] * 10))
    (scenario,) = analysis.scenarios
    assert (scenario.icc_2_1, scenario.icc_2_k, analysis.median_icc, analysis.rank_correlation) == (None,) * 4
    assert {Doubt.NO_ICC, Doubt.NARROW_KEY} <= set(scenario.doubts)


def test_a_scale_that_begins_elsewhere_keeps_its_numbers() -> None:
    form = make_form([make_scenario("late-repair", options=3)], id="from-nought")
    form.scales.update({kind: make_scale(0, 5) for kind in form.scales})
    key = make_key(form, {"late-repair": [5.0, 2.0, 0.0]})
    a, _, c = analyse_panel(form, key, panel((5, 2, 0), (4, 2, 1))).options
    assert (a.proposed, c.proposed) == (4.5, 0.5)
    assert a.rwg == pytest.approx(1 - 0.5 / (35 / 12))


def test_means_are_written_with_four_decimals() -> None:
    analysis = analyse_panel(ONE, PRESENT, panel((6, 3, 1), (5, 3, 2), (5, 3, 2)))
    assert analysis.values["late-repair"]["a"] == 5.3333


@pytest.mark.parametrize("experts", [[], panel((6, 3, 1)), [*panel((6, 3, 1)), {"late-repair": {"a": 1}}]])
def test_too_few_experts_and_gaps_are_refused(experts: list[dict[str, Ratings]]) -> None:
    with pytest.raises(NotEstimableError):
        analyse_panel(ONE, PRESENT, experts)


FORM = make_form(make_scenarios(4), id="effect")
KEY = make_key(FORM)


def turned(key: ScoringKey) -> ScoringKey:
    values = {name: [7 - credit.value for credit in options.values()] for name, options in key.credits.items()}
    return make_key(FORM, values)


def people(n: int) -> list[dict[str, Ratings]]:
    generator = np.random.default_rng(3)
    return [
        {
            scenario.id: {
                option: int(np.clip(np.rint(KEY.credits[scenario.id][option].value + generator.normal(0, sd)), 1, 6))
                for option in scenario.option_ids
            }
            for scenario in FORM.scenarios
        }
        for sd in np.linspace(0.4, 2.5, n)
    ]


def test_the_same_key_moves_nobody() -> None:
    effect = key_effect(FORM, KEY, KEY, people(6))
    assert (effect.n_people, effect.n_scored, effect.n_up, effect.n_down) == (6, 6, 0, 0)
    assert (effect.rank_correlation, effect.median_move, effect.largest_move) == (1.0, 0.0, 0.0)


def test_a_key_that_is_turned_round_moves_everybody_down_and_turns_their_order() -> None:
    effect = key_effect(FORM, KEY, turned(KEY), people(6))
    assert (effect.n_up, effect.n_down) == (0, 6)
    assert effect.rank_correlation == pytest.approx(-1.0)
    assert effect.largest_move is not None
    assert effect.largest_move > 50
    assert key_effect(FORM, turned(KEY), KEY, people(6)).n_up == 6


def test_who_has_no_score_is_counted_apart() -> None:
    same = {scenario.id: dict.fromkeys(scenario.option_ids, 4) for scenario in FORM.scenarios}
    effect = key_effect(FORM, KEY, turned(KEY), [same, {}])
    assert (effect.n_people, effect.n_scored, effect.rank_correlation, effect.median_move) == (2, 0, None, None)
    assert effect.largest_move is None


def test_without_an_interval_nobody_is_said_to_move() -> None:
    # one scenario a competency: no error can be estimated
    form = make_form([make_scenario(f"s{n}", competency=f"c{n}") for n in range(3)], id="no-error")
    key = make_key(form)
    values = {name: [7 - credit.value for credit in options.values()] for name, options in key.credits.items()}
    answers = {s.id: {o: round(key.credits[s.id][o].value) for o in s.option_ids} for s in form.scenarios}
    effect = key_effect(form, key, make_key(form, values), [answers])
    assert (effect.n_scored, effect.n_up, effect.n_down) == (1, 0, 0)
