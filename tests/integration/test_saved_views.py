"""Lists under a name: for one person in one opening, and without what was searched for."""

import pytest

from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.saved_views import (
    ADDRESS_AT_MOST,
    NAME_AT_MOST,
    VIEWS_AT_MOST,
    forget_view,
    save_view,
)
from tests.hiring_story import NOON, Story, rows


def names(story: Story, user_id: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    found = list_candidates(story.database, user_id, story.opening)
    return [(each.name, each.parameters) for each in found.views]


def save(story: Story, name: str = "Offers", address: str = "sort=name&stage=offer") -> None:
    save_view(story.database, story.alice, story.opening, name, address, NOON)


def test_a_view_is_ones_own_and_its_name_is_given_once(story: Story) -> None:
    save(story, " To  see ")
    save(story, "Offers", "flag=yes")
    save(story)
    assert names(story, story.alice) == [
        ("Offers", (("sort", "name"), ("stage", "offer"))),
        ("To see", (("sort", "name"), ("stage", "offer"))),
    ]
    assert names(story, story.bob) == []


def test_a_view_is_forgotten_by_its_owner_alone(story: Story) -> None:
    save(story)
    (view,) = [row["id"] for row in rows(story.database, "saved_view")]
    with pytest.raises(NotFoundError, match="no such view"):
        forget_view(story.database, story.bob, story.opening, view)
    with pytest.raises(NotFoundError):
        forget_view(story.database, story.charlie, story.opening, view)
    for _ in range(2):
        forget_view(story.database, story.alice, story.opening, view)
    assert names(story, story.alice) == []


@pytest.mark.parametrize("name", ["", "  ", "n" * (NAME_AT_MOST + 1)])
def test_a_view_has_a_name(story: Story, name: str) -> None:
    with pytest.raises(InvalidInputError, match="Give the view a name of 1 to 60 characters"):
        save(story, name)


@pytest.mark.parametrize("address", ["q=nora", "sort=name&q=nora", "stage=" + "s" * ADDRESS_AT_MOST])
def test_what_was_searched_for_is_not_kept(story: Story, address: str) -> None:
    with pytest.raises(InvalidInputError, match="a view holds no search"):
        save(story, address=address)
    assert rows(story.database, "saved_view") == []


def test_there_are_not_more_views_than_one_can_look_through(story: Story) -> None:
    for number in range(VIEWS_AT_MOST):
        save(story, f"View {number}")
    with pytest.raises(InvalidInputError, match="You have 20 views of this opening already"):
        save(story, "One more")
    save(story, "View 3", "state=invited")


def test_an_opening_of_others_has_no_views_of_ours(story: Story) -> None:
    with pytest.raises(NotFoundError):
        save_view(story.database, story.alice, story.other_opening, "Offers", "", NOON)
