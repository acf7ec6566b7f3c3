from dataclasses import replace

import pytest

from eiassess.domain.versions import ContentStatus, VersionLink
from tests.builders import make_form


@pytest.mark.parametrize(
    ("status", "can"),
    [
        (ContentStatus.DRAFT, False),
        (ContentStatus.TRIAL, True),
        (ContentStatus.OPERATIONAL, True),
        (ContentStatus.RETIRED, False),
    ],
)
def test_drafts_and_retired_content_cannot_be_sat(status: ContentStatus, can: bool) -> None:  # noqa: FBT001 - a table's row
    assert status.can_be_sat is can


def test_scores_compare_within_a_form_and_with_those_that_were_linked_to_it() -> None:
    old, other = make_form(id="form-a"), make_form(id="form-b")
    new = replace(old, version=2, digest="new", comparable_with=(VersionLink(old.digest, "One comma.", "Avery"),))
    assert new.compares_with(new.digest)
    assert new.compares_with(old.digest)
    assert not new.compares_with(other.digest)
    assert not old.compares_with(new.digest)
