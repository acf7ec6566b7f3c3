from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.responses import checked_answer
from eiassess.errors import InvalidInputError
from eiassess.scoring.person.engine import score_vector
from eiassess.scoring.simulating import PersonKind, simulate_people
from tests.builders import make_form, make_plan, make_scenarios

PLAN = make_plan(make_form(make_scenarios(5, emotions=2)))


def test_the_same_seed_gives_the_same_people() -> None:
    first, second = (simulate_people(PLAN, 50, 9, careless=0.2, random=0.2) for _ in range(2))
    assert first.ratings.tobytes() == second.ratings.tobytes()
    assert first.theta.tobytes() == second.theta.tobytes()
    assert first.kinds == second.kinds
    other = simulate_people(PLAN, 50, 10, careless=0.2, random=0.2)
    assert first.ratings.tobytes() != other.ratings.tobytes()


def test_ratings_are_whole_points_and_none_is_missing() -> None:
    people = simulate_people(PLAN, 300, 1, careless=0.3, random=0.3)
    assert people.ratings.shape == (300, len(PLAN.columns))
    assert people.ratings.dtype.kind == "i"
    assert set(np.unique(people.ratings)) == {1, 2, 3, 4, 5, 6}
    assert people.accuracy.shape == (300, len(PLAN.competencies))
    assert np.abs(people.accuracy).max() < 1


@pytest.mark.parametrize(
    ("n", "careless", "random", "expected"),
    [
        (10, 0.25, 0.25, (4, 3, 3)),
        (3, 0.5, 0.5, (0, 2, 1)),
        (40, 0.025, 0, (39, 1, 0)),
        (5, 0, 1, (0, 0, 5)),
        (10, 0.7, 0.3, (0, 7, 3)),
    ],
)
def test_shares_become_rounded_numbers(n: int, careless: float, random: float, expected: tuple[int, ...]) -> None:
    counts = Counter(simulate_people(PLAN, n, 1, careless=careless, random=random).kinds)
    assert tuple(counts[kind] for kind in PersonKind) == expected


def test_kinds_are_shuffled_by_the_seed() -> None:
    kinds = simulate_people(PLAN, 40, 2, careless=0.5).kinds
    assert kinds != tuple(sorted(kinds))


@pytest.mark.parametrize(
    ("n", "seed", "careless", "random"),
    [(0, 1, 0, 0), (5, -1, 0, 0), (5, 1, -0.1, 0), (5, 1, 0, -0.1), (5, 1, 0.6, 0.5), (5, 1, float("nan"), 0)],
)
def test_numbers_out_of_range_are_refused(n: int, seed: int, careless: float, random: float) -> None:
    with pytest.raises(InvalidInputError, match="expected"):
        simulate_people(PLAN, n, seed, careless=careless, random=random)


def test_attentive_scores_are_plausible_and_follow_theta() -> None:
    people = simulate_people(PLAN, 600, 3)
    overall = [score_vector(PLAN, x).overall for x in people.ratings.astype(float)]
    scores = np.array([each.score for each in overall if each])
    assert len(scores) == 600
    assert 75 < np.median(scores) < 88
    assert np.mean((scores >= 65) & (scores <= 93)) > 0.85
    assert np.corrcoef(people.theta, scores)[0, 1] > 0.7


def test_competencies_follow_their_accuracy() -> None:
    people = simulate_people(PLAN, 600, 4)
    scores = [score_vector(PLAN, x).competencies for x in people.ratings.astype(float)]
    for number, name in enumerate(PLAN.competencies):
        own = [score[name].score for score in scores]
        assert np.corrcoef(people.accuracy[:, number], own)[0, 1] > 0.5


def test_careless_and_random_people_score_near_50() -> None:
    people = simulate_people(PLAN, 600, 5, careless=0.5, random=0.5)
    for kind in (PersonKind.CARELESS, PersonKind.RANDOM):
        mine = people.ratings[[each is kind for each in people.kinds]].astype(float)
        overall = [score_vector(PLAN, x).overall for x in mine]
        assert np.mean([each.score for each in overall if each]) == pytest.approx(51.5, abs=3)


def test_careless_people_give_long_runs_of_the_same_rating() -> None:
    people = simulate_people(PLAN, 400, 6, careless=0.5)
    longest = np.array([max(len(list(run)) for run in _runs(x)) for x in people.ratings.tolist()])
    careless = np.array([kind is PersonKind.CARELESS for kind in people.kinds])
    assert np.median(longest[careless]) >= 8
    assert np.median(longest[~careless]) <= 5


def _runs(ratings: list[int]) -> list[list[int]]:
    runs: list[list[int]] = [[ratings[0]]]
    for before, rating in pairwise(ratings):
        if rating == before:
            runs[-1].append(rating)
        else:
            runs.append([rating])
    return runs


def test_random_people_use_every_point_evenly() -> None:
    people = simulate_people(PLAN, 1000, 7, random=1)
    counts = np.bincount(people.ratings.ravel(), minlength=7)[1:]
    assert counts / counts.sum() == pytest.approx(np.full(6, 1 / 6), abs=0.01)
    assert np.all(people.accuracy == 0)
    assert people.elevation == pytest.approx(people.ratings.mean(axis=1).mean(), abs=0.05)
    assert people.scatter == pytest.approx(people.ratings.std(), abs=0.02)


def test_a_key_without_any_difference_guides_nobody() -> None:
    form = make_form()
    plan = make_plan(form, {scenario.id: [3.0] * 4 for scenario in form.scenarios})
    people = simulate_people(plan, 200, 1)
    by_option = people.ratings.mean(axis=0)
    assert np.ptp(by_option) < 0.7


def test_choices_follow_from_what_somebody_thinks_of_the_options() -> None:
    rated = make_form(make_scenarios(4))
    for format_ in (ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RANK, ResponseFormat.PICK_BEST):
        form = make_form(make_scenarios(4), format=format_)
        people = simulate_people(make_plan(form), 50, 3, careless=0.2)
        assert people.ratings.tobytes() == simulate_people(make_plan(rated), 50, 3, careless=0.2).ratings.tobytes()
        answers, thought = people.answers.reshape(50, -1, 4), people.ratings.reshape(50, -1, 4)
        given = ~np.isnan(answers)
        assert np.all(given.sum(axis=2) == form.decisions_of(form.scenarios[0]))
        best = np.take_along_axis(thought, np.nanargmax(answers == 1, axis=2)[..., None], axis=2)[..., 0]
        assert np.array_equal(best, thought.max(axis=2))
        for person, number in np.argwhere(given[..., 0]):
            page = dict(zip("abcd", answers[person, number].tolist(), strict=True))
            kept = {option: int(value) for option, value in page.items() if not np.isnan(value)}
            assert checked_answer(form, form.scenarios[number], kept) == kept


def test_ties_are_broken_by_the_seed() -> None:
    plan = make_plan(make_form(make_scenarios(4), format=ResponseFormat.RANK))
    first, second, other = (simulate_people(plan, 30, seed, careless=1) for seed in (1, 1, 2))
    assert first.answers.tobytes() == second.answers.tobytes()
    assert first.answers.tobytes() != other.answers.tobytes()
    places = first.answers.reshape(30, -1, 4)
    assert places[..., 0].mean() == pytest.approx(2.5, abs=0.3)


def test_ratings_are_answers_as_they_are() -> None:
    people = simulate_people(PLAN, 20, 1)
    assert np.array_equal(people.answers, people.ratings)
