from dataclasses import replace

import pytest

from eiassess.domain.forms import flip_pairs
from tests.builders import make_form, make_scale, make_scenario, make_scenarios


def test_a_form_knows_its_size_and_scales() -> None:
    form = make_form(make_scenarios(2, emotions=1))
    assert form.scenario_ids[-1] == "emotions-1"
    assert form.decision_count == 6 * 4 + 5
    assert form.scale_of(form.scenarios[0]) is form.scales[form.scenarios[0].kind]


def test_a_scale_names_its_points_and_ends() -> None:
    scale = make_scale()
    assert scale.points == (1, 2, 3, 4, 5, 6)
    assert (scale.lowest, scale.highest) == ("point 1", "point 6")


def test_expected_time_is_reading_and_rating() -> None:
    scenario = make_scenario()
    assert scenario.word_count == 10 + 4 * 4
    form = make_form()
    assert form.expected_seconds((scenario, scenario)) == pytest.approx(2 * (26 / 200 * 60 + 4 * 8))
    assert form.expected_seconds(()) == 0


def test_a_form_repeats_another_that_has_its_scenarios_or_their_twins() -> None:
    first, second, third = (make_scenario(name) for name in ("late-repair", "early-repair", "no-repair"))
    pair = replace(first, twin="early-repair"), replace(second, twin="late-repair")
    one, other, new = (make_form([each]) for each in (*pair, third))
    assert one.repeats(one)
    assert one.repeats(other)
    assert other.repeats(one)
    assert not new.repeats(one)
    assert not replace(one, bank="another").repeats(one)


def test_a_flip_pair_is_two_that_name_each_other_and_share_their_options() -> None:
    one, other = (replace(make_scenario(name), twin=twin) for name, twin in (("x", "y"), ("y", "x")))
    single = make_scenario("single")
    form = make_form([one, single, other])
    assert flip_pairs(form, form) == ((one, other),)
    assert flip_pairs(make_form([single, other]), make_form([one])) == ((other, one),)
    assert flip_pairs(make_form([one]), make_form([one, single])) == ()
    assert flip_pairs(make_form([one]), make_form([replace(other, twin="single")])) == ()
    assert flip_pairs(make_form([one]), make_form([replace(other, options=other.options[:2])])) == ()
