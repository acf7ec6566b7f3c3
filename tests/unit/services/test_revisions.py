"""The same content succeeds again, what the page had not seen is refused, and a revision only grows."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from eiassess.errors import RefusedError
from eiassess.services.revisions import is_new_revision
from tests.hiring_story import NOON, after

STALE = RefusedError("something else was saved meanwhile")


@dataclass
class Row:
    """A row at revision 3."""

    revision: int = 3
    saved_at: datetime = NOON


def test_new_content_is_the_next_revision_of_now() -> None:
    row = Row()
    assert is_new_revision(row, 3, after(hours=1), is_same=False, stale=STALE)
    assert row == Row(4, after(hours=1))


@pytest.mark.parametrize("seen", [0, 2, 3, 4])
def test_the_same_content_succeeds_whatever_was_seen_and_changes_nothing(seen: int) -> None:
    row = Row()
    assert not is_new_revision(row, seen, after(hours=1), is_same=True, stale=STALE, at_least=9)
    assert row == Row()


@pytest.mark.parametrize("seen", [0, 2, 4])
def test_over_what_was_not_seen_nothing_is_saved(seen: int) -> None:
    row = Row()
    with pytest.raises(RefusedError) as refused:
        is_new_revision(row, seen, after(hours=1), is_same=False, stale=STALE, at_least=9)
    assert refused.value is STALE
    assert row == Row()


def test_a_page_replaces_what_it_saved_itself_and_heard_nothing_of() -> None:
    row = Row()
    assert is_new_revision(row, 1, after(hours=1), is_same=False, stale=STALE, is_own=True)
    assert row.revision == 4


@pytest.mark.parametrize(("at_least", "revision"), [(0, 4), (3, 4), (4, 4), (5, 5), (9, 9)])
def test_a_page_that_counts_what_it_sends_takes_the_revision_along(at_least: int, revision: int) -> None:
    row = Row()
    assert is_new_revision(row, 3, NOON, is_same=False, stale=STALE, at_least=at_least)
    assert row.revision == revision
