"""Who does what in an opening: parts need roles, and somebody who recruits is always left."""

import pytest

from eiassess.domain.openings import MemberPart
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services.hiring.opening_members import set_parts
from eiassess.services.hiring.opening_settings import (
    get_opening,
)
from eiassess.services.hiring.openings import assign_member
from tests.hiring_story import NOON, Story


def parts(story: Story, name: str) -> tuple[MemberPart, ...]:
    members = get_opening(story.database, story.alice, story.opening).members
    return next((each.parts for each in members if each.email == f"{name}@example.org"), ())


def test_one_person_has_several_parts_and_they_change(story: Story) -> None:
    assign_member(story.database, story.opening, "alice@example.org", [MemberPart.INTERVIEWS])
    assert parts(story, "alice") == (MemberPart.RECRUITS, MemberPart.INTERVIEWS)
    assign_member(story.database, story.opening, "alice@example.org")
    assert parts(story, "alice") == (MemberPart.RECRUITS, MemberPart.INTERVIEWS)
    set_parts(story.database, story.opening, story.alice, [MemberPart.RECRUITS], NOON)
    assert parts(story, "alice") == (MemberPart.RECRUITS,)
    set_parts(story.database, story.opening, story.dana, [], NOON)
    assert parts(story, "dana") == ()
    with pytest.raises(NotFoundError, match="no such member"):
        set_parts(story.database, story.opening, story.dana, [MemberPart.MANAGES], NOON)


def test_a_part_needs_a_role_that_opens_its_pages(story: Story) -> None:
    with pytest.raises(RefusedError, match=r"dana@example\.org needs the role recruiter or administrator"):
        assign_member(story.database, story.opening, "dana@example.org", [MemberPart.RECRUITS])
    with pytest.raises(RefusedError, match=r"bob@example\.org needs the role manager"):
        set_parts(story.database, story.opening, story.bob, [MemberPart.RECRUITS, MemberPart.MANAGES], NOON)
    assert parts(story, "bob") == (MemberPart.RECRUITS,)


def test_whoever_knows_of_requests_has_no_other_part(story: Story) -> None:
    with pytest.raises(RefusedError, match="must decide nothing here"):
        assign_member(story.database, story.opening, "bob@example.org", [MemberPart.ADJUSTMENTS])
    set_parts(story.database, story.opening, story.bob, [MemberPart.ADJUSTMENTS], NOON)
    assert parts(story, "bob") == (MemberPart.ADJUSTMENTS,)


def test_somebody_who_recruits_is_always_left(story: Story) -> None:
    set_parts(story.database, story.opening, story.bob, [], NOON)
    with pytest.raises(RefusedError, match="Nobody would be left who recruits"):
        set_parts(story.database, story.opening, story.alice, [MemberPart.INTERVIEWS], NOON)
    assert parts(story, "alice") == (MemberPart.RECRUITS,)
