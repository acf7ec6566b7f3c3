from datetime import timedelta

from eiassess.services.candidate_lists import list_candidates
from eiassess.services.openings import KEEP_DAYS, list_openings
from eiassess.services.retention import delete_expired
from tests.hiring_story import NOON, Story, after, rows, tables

KEPT = timedelta(days=KEEP_DAYS)
VALID = timedelta(days=14)


def test_answers_are_deleted_when_their_days_are_over_and_not_before(story: Story) -> None:
    story.submitted("Casey")
    handed_in = after(hours=1)
    assert rows(story.database, "scenario_showing")

    assert delete_expired(story.database, handed_in + KEPT - timedelta(seconds=1)) == 0
    assert delete_expired(story.database, handed_in + KEPT) == 1
    assert list_candidates(story.database, story.alice, story.opening).candidates == ()
    assert rows(story.database, "scenario_showing") == []
    assert "casey" not in str([rows(story.database, table) for table in tables(story.database)]).lower()


def test_who_never_handed_in_is_deleted_by_the_end_of_the_last_link(story: Story) -> None:
    story.begun("Casey")

    assert delete_expired(story.database, NOON + VALID + KEPT - timedelta(seconds=1)) == 0
    assert delete_expired(story.database, NOON + VALID + KEPT) == 1


def test_others_and_the_opening_stay(story: Story) -> None:
    story.submitted("Casey")
    story.invite("Robin", now=after(days=100))

    assert delete_expired(story.database, after(days=KEEP_DAYS + 1)) == 1
    assert [row.name for row in list_candidates(story.database, story.alice, story.opening).candidates] == ["Robin"]
    assert len(list_openings(story.database)) == 2
