"""What a hiring manager sees: assigned openings, released candidates, nothing else."""

import pytest

from eiassess.errors import NotFoundError, RefusedError
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.releases import release_candidate, withdraw_release
from eiassess.services.results.for_managers import get_basis_for_operator, get_report_basis, list_released
from tests.hiring_story import NOON, Story, after, rows


def names_seen_by(story: Story, person: str) -> list[list[str]]:
    return [[each.name for each in opening.candidates] for opening in list_released(story.database, person)]


def test_a_manager_sees_who_was_released_the_latest_first(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    story.submitted("Sam")
    assert names_seen_by(story, story.dana) == [[]]
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    release_candidate(story.database, story.bob, robin.session_id, after(hours=3))
    assert names_seen_by(story, story.dana) == [["Robin", "Casey"]]
    (opening,) = list_released(story.database, story.dana)
    assert (opening.title, opening.opening_id, opening.simulated) == (
        "Customer service adviser", story.opening, False,
    )  # fmt: skip
    released = opening.candidates[1]
    assert (released.session_id, released.submitted_at, released.released_at, released.simulated) == (
        casey.session_id, after(hours=1), after(hours=2), False,
    )  # fmt: skip


def test_a_manager_sees_only_openings_that_are_assigned(story: Story) -> None:
    zoe = story.submitted("Zoe", opening=story.other_opening)
    release_candidate(story.database, story.charlie, zoe.session_id, NOON)
    assert names_seen_by(story, story.dana) == [[]]
    with pytest.raises(NotFoundError):
        get_report_basis(story.database, story.dana, zoe.session_id)
    assign_member(story.database, story.other_opening, "dana@example.org")
    assert sorted(names_seen_by(story, story.dana)) == [[], ["Zoe"]]
    assert get_report_basis(story.database, story.dana, zoe.session_id).candidate == "Zoe"


def test_a_report_is_there_from_release_to_withdrawal(story: Story) -> None:
    casey = story.submitted()
    with pytest.raises(NotFoundError, match="no such report"):
        get_report_basis(story.database, story.dana, casey.session_id)
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    report = get_report_basis(story.database, story.dana, casey.session_id)
    assert report == get_report_basis(story.database, story.dana, casey.session_id)
    withdraw_release(story.database, story.bob, casey.session_id, after(hours=3))
    withdraw_release(story.database, story.bob, casey.session_id, after(hours=4))
    with pytest.raises(NotFoundError):
        get_report_basis(story.database, story.dana, casey.session_id)
    assert names_seen_by(story, story.dana) == [[]]


def test_releasing_again_keeps_who_did_it_first_and_when(story: Story) -> None:
    casey = story.submitted()
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    before = rows(story.database, "assessment_session")
    release_candidate(story.database, story.bob, casey.session_id, after(hours=3))
    assert rows(story.database, "assessment_session") == before
    assert before[0]["released_by"] == story.alice


def test_only_what_was_handed_in_is_released(story: Story) -> None:
    casey = story.begun()
    with pytest.raises(RefusedError, match="not handed in yet"):
        release_candidate(story.database, story.alice, casey.session_id, NOON)
    with pytest.raises(NotFoundError, match="no such report"):
        get_report_basis(story.database, story.dana, casey.session_id)


@pytest.mark.parametrize("session", ["nowhere", ""])
def test_what_is_not_there_is_not_found(story: Story, session: str) -> None:
    with pytest.raises(NotFoundError, match="no such candidate"):
        release_candidate(story.database, story.alice, session, NOON)
    with pytest.raises(NotFoundError, match="no such candidate"):
        withdraw_release(story.database, story.alice, session, NOON)
    with pytest.raises(NotFoundError, match="no such report"):
        get_report_basis(story.database, story.dana, session)


def test_candidates_of_others_are_neither_released_nor_withdrawn(story: Story) -> None:
    casey = story.submitted()
    with pytest.raises(NotFoundError, match="no such opening"):
        release_candidate(story.database, story.charlie, casey.session_id, NOON)
    release_candidate(story.database, story.alice, casey.session_id, NOON)
    with pytest.raises(NotFoundError, match="no such opening"):
        withdraw_release(story.database, story.charlie, casey.session_id, NOON)
    assert names_seen_by(story, story.dana) == [["Casey"]]


def test_the_operator_gets_a_report_without_a_release_but_not_without_answers(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.begun("Robin")
    assert get_basis_for_operator(story.database, casey.session_id).candidate == "Casey"
    for session in (robin.session_id, "nowhere"):
        with pytest.raises(NotFoundError, match="that was handed in"):
            get_basis_for_operator(story.database, session)


def test_a_release_without_answers_shows_nobody(story: Story) -> None:
    """No use case can do this; if a database ever says so, nothing is shown."""
    story.begun()
    with story.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE assessment_session SET released_at = '2026-11-02 12:00:00+00:00'")
    assert names_seen_by(story, story.dana) == [[]]
