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


def test_one_halfs_word_is_enough_for_a_form_to_repeat_another() -> None:
    """A form that was pinned before the pair was made knows of no twin."""
    old, new = make_form([make_scenario("x")]), make_form([replace(make_scenario("y"), twin="x")])
    assert new.repeats(old)
    assert old.repeats(new)
    both_name_a_third = make_form([replace(make_scenario("z"), twin="x")])
    assert not new.repeats(both_name_a_third)


def test_a_flip_pair_is_two_that_name_each_other_and_share_their_options() -> None:
    one, other = (replace(make_scenario(name), twin=twin) for name, twin in (("x", "y"), ("y", "x")))
    single = make_scenario("single")
    form = make_form([one, single, other])
    assert flip_pairs(form, form) == ((one, other),)
    assert flip_pairs(make_form([single, other]), make_form([one])) == ((other, one),)
    assert flip_pairs(make_form([one]), make_form([one, single])) == ()
    assert flip_pairs(make_form([one]), make_form([replace(other, twin="single")])) == ()
    assert flip_pairs(make_form([one]), make_form([replace(other, options=other.options[:2])])) == ()


def test_the_order_of_options_makes_no_other_pair() -> None:
    one, other = (replace(make_scenario(name), twin=twin) for name, twin in (("x", "y"), ("y", "x")))
    turned = replace(other, options=other.options[::-1])
    assert flip_pairs(make_form([one]), make_form([turned])) == ((one, turned),)


@pytest.mark.parametrize("twins", [("y", "x"), ("y", None), (None, "x")])
def test_a_form_has_both_halves_if_one_of_them_says_so(twins: tuple[str | None, str | None]) -> None:
    one, other = (replace(make_scenario(name), twin=twin) for name, twin in zip("xy", twins, strict=True))
    other = replace(other, options=other.options[:2])
    assert [set(both) for both in make_form([one, make_scenario("single"), other]).twins_together] == [{"x", "y"}]


def test_a_form_with_one_half_of_each_pair_has_no_twins_together() -> None:
    half, of_itself = replace(make_scenario("x"), twin="far-away"), replace(make_scenario("y"), twin="y")
    assert make_form([half, of_itself, make_scenario("single")]).twins_together == ()
