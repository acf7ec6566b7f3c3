"""How somebody works: rated once, under the pseudonym, and not before the days that candidates read of."""

from datetime import timedelta

import pytest

from eiassess.domain.outcomes import QUESTION_IDS
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services.outcomes.recording import get_person_to_rate, rate_work, record_ratings
from eiassess.services.outcomes.switching import get_outcomes
from tests.hiring_story import Story, at_once, rows
from tests.outcomes import DUE, HIRED, KEPT_UNTIL, RATED, hired, move


def test_a_rating_is_kept_once_under_the_pseudonym(asking: Story) -> None:
    casey = asking.submitted("Casey")
    with pytest.raises(RefusedError, match="do not stand at hired"):
        get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE)
    move(asking, HIRED, casey)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    person = rows(asking.database, "study_person")[0]["id"]
    assert {(each["person_id"], each["question"], each["rating"]) for each in rows(asking.database, "work_rating")} == {
        (person, "ownership", 4), (person, "colleagues", 5)
    }  # fmt: skip
    with pytest.raises(RefusedError, match="kept already"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    assert get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE).ratings == RATED


def test_of_several_who_rate_at_once_one_is_taken(asking: Story) -> None:
    casey = hired(asking)

    def rate(number: int) -> None:
        rate_work(asking.database, asking.alice, casey.session_id, {QUESTION_IDS[number]: 3}, DUE)

    found = at_once(len(QUESTION_IDS), rate)
    assert [type(each) for each in found if each is not None] == [RefusedError] * 3
    assert len(rows(asking.database, "work_rating")) == 1


def test_who_has_left_the_study_meanwhile_is_not_rated(asking: Story) -> None:
    casey = asking.submitted("Casey")
    move(asking, HIRED, casey)
    with asking.database.writing() as db, pytest.raises(RefusedError, match="nothing of them"):
        record_ratings(db, casey.session_id, RATED)


def test_nobody_is_rated_before_the_days_that_candidates_read_of(asking: Story) -> None:
    casey = hired(asking)
    early = DUE - timedelta(minutes=1)
    days = r"asked about from Sunday 31 January 2027, 14:00 \(UTC\) on"
    with pytest.raises(RefusedError, match=days):
        get_person_to_rate(asking.database, asking.alice, casey.session_id, early)
    with pytest.raises(RefusedError, match=days):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, early)
    (person,) = get_outcomes(asking.database, asking.alice, asking.opening, 90).hired
    assert person.asked_from == DUE
    assert get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE).ratings == {}


def test_nobody_is_rated_whose_years_in_the_study_are_over(asking: Story) -> None:
    casey = hired(asking)
    with pytest.raises(RefusedError, match="years of the study are over"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, KEPT_UNTIL)


@pytest.mark.parametrize("wrong", [{}, {"ownership": 6}, {"ownership": 0}, {"charm": 3}])
def test_ratings_that_cannot_be_are_refused(asking: Story, wrong: dict[str, int]) -> None:
    casey = hired(asking)
    with pytest.raises(InvalidInputError):
        rate_work(asking.database, asking.alice, casey.session_id, wrong, DUE)
    assert rows(asking.database, "work_rating") == []


def test_who_has_no_score_is_not_rated(asking: Story) -> None:
    casey = asking.invite("Casey")
    move(asking, HIRED, casey)
    with pytest.raises(RefusedError, match="no overall score"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)


def test_an_opening_that_does_not_ask_takes_no_rating(story: Story) -> None:
    casey = hired(story)
    with pytest.raises(RefusedError, match="does not ask"):
        rate_work(story.database, story.alice, casey.session_id, RATED, DUE)
    with pytest.raises(NotFoundError):
        rate_work(story.database, story.charlie, casey.session_id, RATED, DUE)
