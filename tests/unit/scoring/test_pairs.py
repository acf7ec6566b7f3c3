"""Flip pairs in people's answers: the same people under both situations, other people, and no pairs at all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.errors import NotEstimableError
from eiassess.scoring.samples.answers import PersonAnswers
from eiassess.scoring.samples.pairs import PairFigures, Sitting, difference_estimate, pair_figures
from tests.builders import make_form, make_key, make_scenario
from tests.unit.scoring.samples import near_the_key, written

FIRST, SECOND = (2.5, 5.5, 4.5, 2.0), (5.5, 2.0, 2.5, 4.5)


def halves(n: int, *, kind: ScenarioKind = ScenarioKind.RESPONSES) -> tuple[list[Scenario], list[Scenario]]:
    made = [make_scenario(f"pair-{number}", kind=kind) for number in range(n)]
    return (
        [replace(each, id=f"{each.id}-x", twin=f"{each.id}-y") for each in made],
        [replace(each, id=f"{each.id}-y", twin=f"{each.id}-x") for each in made],
    )


X, Y = halves(6)
STUDY = make_form([*X, *Y], id="study")
VALUES = {each.id: FIRST for each in X} | {each.id: SECOND for each in Y}
KEY = make_key(STUDY, VALUES)
A, B = make_form(X, id="a"), make_form(Y, id="b")


def blind(form: AssessmentForm, n: int, seed: int) -> list[PersonAnswers]:
    """People who rate each text by itself, with some noise."""
    generator = np.random.default_rng(seed)
    people = []
    for _ in range(n):
        liked = {scenario.id[:-2]: generator.uniform(1, 6, 4) for scenario in form.scenarios}
        rated = {
            each.id: np.clip(np.rint(liked[each.id[:-2]] + generator.normal(size=4)), 1, 6) for each in form.scenarios
        }
        people.append(
            PersonAnswers({name: dict(zip("abcd", map(int, row), strict=True)) for name, row in rated.items()}, {})
        )
    return people


def study(people: Sequence[PersonAnswers], form: AssessmentForm = STUDY, key: ScoringKey = KEY) -> PairFigures:
    sitting = Sitting(form, key, people)
    return pair_figures(sitting, sitting, same_people=True)


def test_each_person_is_told_by_how_far_their_ratings_follow_the_situation() -> None:
    reading = near_the_key(STUDY, KEY, 40)
    found = study([*reading, *blind(STUDY, 40, 2)])
    values = [each.value for each in found.people if each is not None]
    assert found.n_known == 80
    assert np.mean(values[:40]) > 0.6
    assert np.mean(values[40:]) == pytest.approx(0, abs=0.08)
    assert found.n_reading == pytest.approx(36, abs=6)
    assert found.sensitivity is not None
    assert found.sensitivity.value == pytest.approx(np.mean(values))
    assert {(pair.first, pair.second) for pair in found.pairs} == {(one.id, one.twin) for one in X}
    assert np.mean([pair.sensitivity.value for pair in found.pairs if pair.sensitivity]) == pytest.approx(
        np.mean(values)
    )


def test_two_people_by_hand() -> None:
    one, other = [each[:2] for each in (X, Y)]
    form = make_form([*one, *other], id="by-hand")
    key = make_key(form, VALUES)
    follows, ignores = [[3, 6, 5, 2], [3, 6, 5, 2], [6, 2, 3, 5], [6, 2, 3, 5]], [[1, 6, 5, 2]] * 4
    found = study(written(form, follows, ignores), form, key)
    assert found.people[0] is not None
    assert found.people[1] is not None
    # z of 3, 6, 5, 2, 6, 2, 3, 5 has mean 4 and SD sqrt(2.5); the key's mean is 3.625 and its SD sqrt(2.046875)
    turned = np.array([-3.0, 3.5, 2.0, -2.5])
    slope = (turned @ np.array([-3, 4, 2, -3])) / (turned @ turned) * (2.046875 / 2.5) ** 0.5
    assert found.people[0].value == pytest.approx(slope)
    assert (found.people[1].value, found.people[1].low, found.people[1].high) == pytest.approx((0, 0, 0))
    text = found.pairs[0].texts[0]
    assert (text.id, text.key_first, text.key_second, text.key_difference) == ("a", 2.5, 5.5, -3.0)
    assert text.first is not None
    assert text.second is not None
    assert text.difference is not None
    assert (text.first.value, text.second.value, text.difference.value) == (2.0, 3.5, -1.5)
    assert text.first.n == text.second.n == text.difference.n == 2


def test_two_forms_that_the_same_people_sat_give_what_one_form_with_both_halves_gives() -> None:
    people = near_the_key(STUDY, KEY, 10)
    found = pair_figures(Sitting(A, KEY, people), Sitting(B, KEY, people), same_people=True)
    together = study(people)
    # only the standardising differs: within each form, or over both
    for one, other in zip(found.people, together.people, strict=True):
        assert one is not None
        assert other is not None
        assert one.value == pytest.approx(other.value, abs=0.12)
    assert [pair.texts for pair in found.pairs] == [pair.texts for pair in together.pairs]


def test_of_other_people_only_the_samples_are_compared() -> None:
    first, second = near_the_key(A, KEY, 60, seed=3), near_the_key(B, KEY, 50, seed=4)
    found = pair_figures(Sitting(A, KEY, first), Sitting(B, KEY, second), same_people=False)
    assert (found.people, found.n_known, found.same_people) == ((), 0, False)
    assert found.sensitivity is not None
    assert found.sensitivity.n == 6  # over pairs
    assert 0.4 < found.sensitivity.value < 1
    text = found.pairs[0].texts[0]
    assert text.first is not None
    assert text.second is not None
    assert text.difference is not None
    assert (text.first.n, text.second.n, text.difference.n) == (60, 50, 50)
    assert text.difference.value == pytest.approx(text.first.value - text.second.value)
    assert text.difference.interval.high < 0
    none = pair_figures(Sitting(A, KEY, first[:1]), Sitting(B, KEY, second), same_people=False)
    assert none.sensitivity is None
    assert none.pairs[0].sensitivity is None


def test_below_the_least_number_of_people_there_is_no_figure_but_the_number() -> None:
    first, second = near_the_key(A, KEY, 31, seed=3), near_the_key(B, KEY, 30, seed=4)
    for person in first[:2]:  # two leave out a text of the first pair
        del dict(person.answers)[X[0].id]["a"]
    found = pair_figures(Sitting(A, KEY, first), Sitting(B, KEY, second), same_people=False, least=30)
    pair, whole = found.pairs[:2]
    assert (pair.sensitivity, pair.n_first, pair.n_second) == (None, 29, 30)
    left_out, rated = pair.texts[:2]
    assert (left_out.first, left_out.difference, left_out.n_first, left_out.n_second) == (None, None, 29, 30)
    assert not left_out.runs_against_the_key
    assert left_out.second is not None
    assert (rated.n_first, rated.difference is None) == (31, False)
    assert (whole.sensitivity is None, whole.n_first, whole.n_second) == (False, 31, 30)
    assert found.sensitivity is not None
    assert found.sensitivity.n == 5  # the pair without a figure is not in the mean
    fewer = pair_figures(Sitting(A, KEY, first), Sitting(B, KEY, second[:1]), same_people=False)
    assert (fewer.pairs[0].n_second, fewer.pairs[0].texts[0].n_second) == (1, 1)


def test_a_text_runs_against_the_key_where_its_whole_interval_does() -> None:
    turned = {X[0].id: True, Y[0].id: True}
    first, second = (near_the_key(form, KEY, 60, seed=3, turned=turned) for form in (A, B))
    against, along = pair_figures(Sitting(A, KEY, first), Sitting(B, KEY, second), same_people=False).pairs[:2]
    assert [text.runs_against_the_key for text in against.texts] == [True] * 4
    assert [text.runs_against_the_key for text in along.texts] == [False] * 4
    alike = pair_figures(Sitting(A, KEY, blind(A, 40, 1)), Sitting(B, KEY, blind(B, 40, 2)), same_people=False)
    assert sum(text.runs_against_the_key for pair in alike.pairs for text in pair.texts) <= 2  # by chance


def test_who_left_out_ratings_loses_these_pairs_and_who_rates_all_alike_everything() -> None:
    whole = [[5, 2, 3, 6]] * 6 + [[2, 5, 6, 3]] * 6
    few = [[5, 2, 3, 6], *[[None] * 4] * 5, *[[2, 5, 6, None]] * 6]
    found = study(written(STUDY, whole, few, [[4] * 4] * 12, [[None] * 4] * 12))
    assert [each is None for each in found.people] == [False, True, True, True]
    assert found.not_estimable == ("sensitivity of 3 people: fewer than 2 pairs have all ratings, and they vary",)


def test_emotions_are_standardised_apart_from_responses() -> None:
    x, y = halves(1, kind=ScenarioKind.EMOTIONS)
    x, y = ([replace(each, id=f"e-{each.id}", twin=f"e-{each.twin}") for each in half] for half in (x, y))
    form = make_form([*X, *x, *Y, *y], id="mixed")
    key = make_key(form, VALUES | {each.id: FIRST for each in x} | {each.id: SECOND for each in y})
    responses, emotions = [[3, 6, 5, 2]] * 6, [[1, 2, 2, 1]]
    turned, turned_emotions = [[6, 2, 3, 5]] * 6, [[2, 1, 1, 2]]
    (found,) = study(written(form, [*responses, *emotions, *turned, *turned_emotions]), form, key).people
    assert found is not None
    assert found.n_pairs == 7
    assert found.value == pytest.approx(0.95, abs=0.1)  # a spread of half a point for emotions costs nothing


def test_pairs_that_can_say_nothing_are_named() -> None:
    person = written(STUDY, [[5, 2, 3, 6]] * 12)
    chosen = make_form(STUDY.scenarios, id="choice", formats={X[0].id: ResponseFormat.PICK_BEST})
    found = study(person, chosen)
    assert len(found.pairs) == 5
    assert "pair-0-x and pair-0-y: their options are not rated, so there is nothing to compare" in found.not_estimable
    alike = make_key(STUDY, VALUES | {X[1].id: SECOND})
    found = study(person, key=alike)
    assert "pair-1-x and pair-1-y: the key moves all options alike, so nothing can follow it" in found.not_estimable
    assert len(found.pairs) == 5
    with pytest.raises(NotEstimableError, match="pair-0-x and pair-0-y: the key moves all options alike"):
        study(person, key=make_key(STUDY, dict.fromkeys(VALUES, (3.0, 3.0, 3.0, 3.0))))


def test_of_a_form_of_singles_it_cannot_be_said_who_reads_the_situation() -> None:
    with pytest.raises(NotEstimableError, match=r"no flip pair has both halves .* cannot say who reads the situation"):
        study(near_the_key(A, KEY, 3), A)


def test_welchs_interval() -> None:
    one, other = np.array([3.0, 5.0, 4.0, 6.0]), np.array([1.0, 2.0, 3.0])
    found = difference_estimate(one, other, same_people=False)
    assert found is not None
    # R: t.test(c(3, 5, 4, 6), c(1, 2, 3)), on 4.959184 df
    assert (found.interval.low, found.interval.high) == pytest.approx((0.268288518661, 4.731711481339), abs=1e-9)
    same = difference_estimate(np.array([2.0, 2.0]), np.array([1.0, 1.0]), same_people=False)
    assert same is not None
    assert (same.interval.low, same.interval.high) == (1.0, 1.0)
    assert difference_estimate(one, other[:1], same_people=False) is None


def test_one_pair_says_nothing_of_a_person_and_something_of_the_sample() -> None:
    form = make_form([X[0], Y[0]], id="one-pair")
    found = study(near_the_key(form, KEY, 20), form)
    assert found.people == (None,) * 20
    assert found.sensitivity is None
    assert found.not_estimable == ("sensitivity of 20 people: fewer than 2 pairs have all ratings, and they vary",)
    assert found.pairs[0].sensitivity is not None
    assert found.pairs[0].sensitivity.n == 20


def test_an_interval_knows_that_noise_widens_what_ratings_are_divided_by() -> None:
    form_x, form_y = halves(20)
    form = make_form([*form_x, *form_y], id="twenty")
    key = make_key(form, {each.id: FIRST for each in form_x} | {each.id: SECOND for each in form_y})
    generator = np.random.default_rng(5)
    rows = [
        [
            np.clip(np.rint(np.array(values) + 0.8 * generator.normal(size=4)), 1, 6)
            for values in [FIRST] * 20 + [SECOND] * 20
        ]
        for _ in range(300)
    ]
    found = study(written(form, *([list(map(int, each)) for each in row] for row in rows)), form, key)
    values = np.array([each.value for each in found.people if each is not None])
    errors = np.array([each.standard_error for each in found.people if each is not None])
    assert values.size == 300
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(values.std(), rel=0.15)  # twice as large if it did not


def test_the_order_of_the_second_halfs_options_changes_no_figure() -> None:
    turned = [replace(each, options=each.options[::-1]) for each in Y]
    people = near_the_key(STUDY, KEY, 10)

    def differ(found: PairFigures) -> list[float]:
        return [each.value for each in found.people if each is not None]

    mixed = study(people, make_form([*X, *turned], id="study"))
    assert [pair.texts for pair in mixed.pairs] == [pair.texts for pair in study(people).pairs]
    assert differ(mixed) == pytest.approx(differ(study(people)))
    apart = [
        pair_figures(Sitting(A, KEY, people), Sitting(make_form(half, id="b"), KEY, people), same_people=same)
        for same in (True, False)
        for half in (Y, turned)
    ]
    assert differ(apart[0]) == pytest.approx(differ(apart[1]))
    for straight, other in (apart[:2], apart[2:]):
        assert straight.sensitivity is not None
        assert other.sensitivity is not None
        assert other.sensitivity.value == pytest.approx(straight.sensitivity.value)
