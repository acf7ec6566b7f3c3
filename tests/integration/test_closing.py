"""Closing an opening: who is still on their way, what is refused afterwards, and the archive."""

import pytest

from eiassess.domain.openings import OpeningState
from eiassess.domain.sessions import WithdrawnBy
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services.hiring.closing import (
    archive_opening,
    close_opening,
    list_on_their_way,
    reopen_opening,
    unarchive_opening,
)
from eiassess.services.hiring.invitations import invite_candidate, revoke_invitation
from eiassess.services.hiring.openings import list_openings
from eiassess.services.sitting.answers import NotSittingError, get_sitting
from tests.hiring_story import LINKS, NOON, Story, after, standard_form

LATER = after(hours=2)


def state(story: Story) -> OpeningState:
    return next(each.state for each in list_openings(story.database) if each.id == story.opening)


def on_their_way(story: Story) -> list[tuple[str, bool]]:
    found = list_on_their_way(story.database, story.alice, story.opening, LATER)
    return [(each.name, each.has_begun) for each in found]


def test_who_is_on_their_way_has_an_open_link_and_has_not_handed_in(story: Story) -> None:
    story.submitted("Robin")
    story.begun("Casey").save(
        standard_form().form.scenario_ids[0], dict.fromkeys(standard_form().form.scenarios[0].option_ids, 3)
    )
    story.invite("Sam")
    revoke_invitation(story.database, story.invite("Kim").session_id, NOON)
    story.invite("Zoe", opening=story.other_opening)
    assert on_their_way(story) == [("Casey", True), ("Sam", False)]
    assert list_on_their_way(story.database, story.alice, story.opening, after(days=15)) == ()


def test_closing_ends_nothing_by_itself_and_takes_no_invitation(story: Story) -> None:
    casey = story.begun("Casey")
    assert close_opening(story.database, story.alice, story.opening, LATER, end_links=False) == ()
    assert state(story) is OpeningState.CLOSED
    casey.answer_all((6, 2, 1, 5))
    story.hand_in(casey)
    with pytest.raises(RefusedError, match="closed and takes no more invitations"):
        invite_candidate(story.database, LINKS, story.opening, "Sam", "sam@example.org", LATER)
    reopen_opening(story.database, story.alice, story.opening)
    invite_candidate(story.database, LINKS, story.opening, "Sam", "sam@example.org", LATER)


def test_closing_can_end_the_links_of_those_on_their_way(story: Story) -> None:
    casey, robin = story.begun("Casey"), story.submitted("Robin")
    elsewhere = story.invite("Zoe", opening=story.other_opening)
    ended = close_opening(story.database, story.alice, story.opening, LATER, end_links=True)
    assert [each.email for each in ended] == ["casey@example.org"]
    assert get_sitting(story.database, casey.invitation_id).withdrawn_by is WithdrawnBy.RECRUITER
    with pytest.raises(NotSittingError, match="withdrawn"):
        casey.answer_all((6, 2, 1, 5), 1)
    for other in (robin, elsewhere):
        assert get_sitting(story.database, other.invitation_id).withdrawn_by is None


def test_an_opening_goes_from_open_to_closed_to_archived_and_back(story: Story) -> None:
    with pytest.raises(RefusedError, match="Only a closed opening"):
        reopen_opening(story.database, story.alice, story.opening)
    with pytest.raises(RefusedError, match="Close the opening before"):
        archive_opening(story.database, story.alice, story.opening)
    close_opening(story.database, story.alice, story.opening, LATER, end_links=False)
    with pytest.raises(RefusedError, match="closed already"):
        close_opening(story.database, story.alice, story.opening, LATER, end_links=True)
    with pytest.raises(RefusedError, match="not archived"):
        unarchive_opening(story.database, story.alice, story.opening)
    archive_opening(story.database, story.alice, story.opening)
    assert state(story) is OpeningState.ARCHIVED
    unarchive_opening(story.database, story.alice, story.opening)
    assert state(story) is OpeningState.CLOSED


def test_others_close_nothing(story: Story) -> None:
    for who in (story.charlie, story.dana):
        with pytest.raises(NotFoundError):
            close_opening(story.database, who, story.opening, LATER, end_links=True)
        with pytest.raises(NotFoundError):
            list_on_their_way(story.database, who, story.opening, LATER)
    assert state(story) is OpeningState.OPEN
