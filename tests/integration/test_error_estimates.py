"""Estimates of the errors of scores: made by the night's work, kept as they were, leant on by comparisons."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import CandidateRecord, ErrorEstimateRecord, OpeningRecord, ScoreRecord
from eiassess.services.differences.estimates import RENEW_JOB, list_estimates, renew_estimate, renew_estimates
from eiassess.services.differences.sittings import ScoresOf, list_scored, read_sat
from eiassess.services.results.comparing import Comparison, compare_candidates
from eiassess.services.sitting.showings import record_showing
from eiassess.services.upkeep.promises import Promises
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import Invited, Story, after, rows, standard_form

PEOPLE = 12


def ratings_near_the_key(seed: int, noise: float = 1.3) -> list[int]:
    generator, loaded = np.random.default_rng(seed), standard_form()
    values = [
        loaded.key.credits[scenario.id][option].value
        for scenario in loaded.form.scenarios
        for option in scenario.option_ids
    ]
    return [int(each) for each in np.clip(np.rint(values + noise * generator.standard_normal(len(values))), 1, 6)]


def hand_in(story: Story, n: int = PEOPLE, start: int = 0, **where: str) -> list[Invited]:
    return [story.submitted(f"P{seed}", ratings_near_the_key(seed), **where) for seed in range(start, start + n)]


def only_scores(story: Story) -> ScoresOf:
    with story.database.reading() as db:
        (of,) = list_scored(db)
        return of


def kept(story: Story) -> list[ErrorEstimate]:
    with story.database.reading() as db:
        order = ErrorEstimateRecord.made_at
        found = db.exec(select(ErrorEstimateRecord.content).order_by(order)).all()  # type: ignore[arg-type]
        return [ErrorEstimate.from_json(each) for each in found]


def compared(story: Story, *people: Invited, estimates: tuple[str, ...] = ()) -> Comparison:
    ids = [each.session_id for each in people]
    return compare_candidates(story.database, story.alice, story.opening, ids, estimates)


def test_who_handed_in_in_any_opening_shapes_the_estimate(story: Story) -> None:
    hand_in(story, 7)
    hand_in(story, 5, start=7, opening=story.other_opening)
    story.begun("Robin")
    assert renew_estimates(story.database, after(days=1)) == 1
    (estimate,) = kept(story)
    assert estimate.n == PEOPLE
    assert not estimate.simulated
    assert len(estimate.scenario_means) == len(standard_form().form.scenarios)
    assert estimate.tests.d0 > 0


def test_fewer_than_ten_shape_nothing(story: Story) -> None:
    first, second, *_ = hand_in(story, 9)
    assert renew_estimates(story.database, after(days=1)) == 0
    assert kept(story) == []
    found = compared(story, first, second).differences
    assert found.gap is None
    assert [(each.estimate.n, each.on_file) for each in found.used] == [(0, ())]


def test_the_same_people_make_no_new_one_and_others_do(story: Story) -> None:
    hand_in(story)
    assert [renew_estimates(story.database, after(days=day)) for day in (1, 2)] == [1, 0]
    hand_in(story, 1, start=PEOPLE)
    assert renew_estimates(story.database, after(days=3)) == 1
    assert [each.n for each in kept(story)] == [PEOPLE, PEOPLE + 1]
    with story.database.reading() as db:
        newest, oldest = list_estimates(db, only_scores(story))
    assert (newest.made_at, newest.n, oldest.n) == (after(days=3), PEOPLE + 1, PEOPLE)


def test_a_comparison_leans_on_the_newest_and_can_be_made_as_it_was(story: Story) -> None:
    first, second, *_ = hand_in(story)
    renew_estimates(story.database, after(days=1))
    before = compared(story, first, second).differences
    hand_in(story, 6, start=PEOPLE)
    assert compared(story, first, second).differences.tests == before.tests
    renew_estimates(story.database, after(days=2))
    now = compared(story, first, second).differences
    assert now.used[0].estimate.n == PEOPLE + 6
    assert now.tests != before.tests
    again = compared(story, first, second, estimates=(before.used[0].estimate.digest,)).differences
    assert (again.tests, again.gap, again.people) == (before.tests, before.gap, before.people)
    assert before.gap is not None
    assert before.gap > 0


def test_an_estimate_that_is_not_there_or_of_others_is_refused(story: Story) -> None:
    first, second, *_ = hand_in(story)
    with pytest.raises(InvalidInputError, match="leans on an estimate of errors that is not there"):
        compared(story, first, second, estimates=("0" * 64,))


def test_simulated_people_never_shape_an_estimate_of_real_ones(story: Story) -> None:
    hand_in(story)
    with story.database.writing() as db:
        made_up = db.exec(select(CandidateRecord).where(CandidateRecord.name == "P0")).one()
        made_up.simulated = True
        db.add(made_up)
    renew_estimates(story.database, after(days=1))
    assert [(each.n, each.simulated) for each in kept(story)] == [(PEOPLE - 1, False)]
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).simulated = True
    renew_estimates(story.database, after(days=2))
    assert [(each.n, each.simulated) for each in kept(story)] == [(PEOPLE - 1, False), (PEOPLE, True)]


def test_the_order_that_was_sat_is_read(story: Story) -> None:
    names, turned = standard_form().form.scenario_ids, standard_form().form.scenario_ids[::-1]
    casey = story.begun()
    for place, name in enumerate(turned):
        record_showing(story.database, casey.invitation_id, name, after(minutes=place))
    casey.answer_all(ratings_near_the_key(1))
    story.hand_in(casey)
    robin = story.submitted("Robin", ratings_near_the_key(2))
    with story.database.reading() as db:
        people = read_sat(db, only_scores(story))
    assert people[casey.session_id].order == turned
    assert people[robin.session_id].order == names


def test_two_who_answered_alike_have_two_marks(story: Story) -> None:
    same = ratings_near_the_key(1)
    one, other = story.submitted("One", same), story.submitted("Other", same)
    found = compared(story, one, other).differences
    assert [test.t for test in found.tests] == [0.0] * len(found.tests)
    assert len({each.id for each in found.people.values()}) == 2


def test_scores_of_an_engine_with_other_points_stay_out(story: Story) -> None:
    first, second = hand_in(story, 2)
    of = only_scores(story)
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == first.session_id)).one()
        db.add(ScoreRecord(**{**today.model_dump(), "id": "other", "number": 2, "engine": "house-scale-0"}))
    with story.database.reading() as db:
        assert set(read_sat(db, of)) == {second.session_id}
        assert read_sat(db, of, only=[]) == {}


def test_estimates_are_appended_and_never_changed(story: Story) -> None:
    hand_in(story)
    made = renew_estimate(story.database, only_scores(story), after(days=1), story.alice)
    assert made is not None
    with pytest.raises(DBAPIError, match="never changed"), story.database.writing() as db:
        db.get_one(ErrorEstimateRecord, made.digest).n = 99
    assert [row["made_by"] for row in rows(story.database, "error_estimate")] == [story.alice]


def test_the_nights_work_makes_them_once_a_day(story: Story) -> None:
    hand_in(story)
    place = WorkPlace(story.database, lambda: after(days=1), promises=Promises())
    work_off(place)
    assert [each.n for each in kept(story)] == [PEOPLE]
    for hours in (2, 5):
        Promises().keep(story.database, after(days=1) + timedelta(hours=hours))
    jobs = [row["words"] for row in rows(story.database, "job") if row["kind"] == RENEW_JOB]
    assert jobs == ["1 estimate of errors made anew"]
