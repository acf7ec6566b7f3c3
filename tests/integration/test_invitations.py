"""Links: 256 bits, stored as a hash only, closed for good when they are closed."""

import base64
import hashlib
from datetime import timedelta

import pytest

from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.services.hiring.invitations import (
    invite_candidate,
    open_invitation,
    replace_invitation,
    revoke_invitation,
)
from eiassess.services.links import LinkClosedError
from eiassess.services.people.browser_sessions import store_web_session
from eiassess.services.sitting.answers import get_sitting
from tests.hiring_story import LINKS, NOON, Story, after, at_once, everything_stored, rows


def test_a_token_has_256_bits_and_no_two_are_alike(story: Story) -> None:
    tokens = {story.invite(name).token for name in "ABCDE"}
    assert len(tokens) == 5
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_only_the_hash_of_a_token_is_stored_anywhere(story: Story) -> None:
    casey = story.submitted()
    again = replace_invitation(story.database, LINKS, casey.session_id, after(hours=2)).token
    cookie = "browser-cookie-of-casey"
    store_web_session(story.database, cookie, "candidate", "{}", NOON, is_new=True)
    stored = everything_stored(story.database)
    for secret in (casey.token, again, cookie):
        assert secret not in stored
        assert hashlib.sha256(secret.encode()).hexdigest() in stored


def test_opening_a_link_changes_nothing(story: Story) -> None:
    token = story.invite().token
    before = everything_stored(story.database)
    assert open_invitation(story.database, token) == open_invitation(story.database, token)
    assert everything_stored(story.database) == before


def test_a_link_outlives_the_day_that_it_names(story: Story) -> None:
    """It leads to the candidate's own page for as long as anything is stored about them."""
    issued = invite_candidate(story.database, LINKS, story.opening, "Casey", "casey@example.org", NOON, valid_days=3)
    assert issued.expires_at == after(days=3)
    casey = open_invitation(story.database, issued.token)
    sitting = get_sitting(story.database, casey)
    assert not sitting.times.is_over(after(days=3) - timedelta(seconds=1))
    assert sitting.times.is_over(after(days=3))


@pytest.mark.parametrize("token", ["", "guess", "'; DROP TABLE invitation; --", "\x00", "ü" * 500])
def test_an_unknown_token_opens_nothing(story: Story, token: str) -> None:
    with pytest.raises(LinkClosedError, match="cannot be used any more"):
        open_invitation(story.database, token)


def test_a_replaced_link_is_closed_and_the_new_one_leads_to_the_same_session(story: Story) -> None:
    casey = story.invite()
    issued = replace_invitation(story.database, LINKS, casey.session_id, after(days=1), valid_days=5)
    assert (issued.session_id, issued.expires_at) == (casey.session_id, after(days=6))
    with pytest.raises(LinkClosedError):
        open_invitation(story.database, casey.token)
    assert open_invitation(story.database, issued.token) != casey.invitation_id


def test_revoking_closes_every_link_and_keeps_the_time_of_the_first(story: Story) -> None:
    casey = story.invite()
    revoke_invitation(story.database, casey.session_id, after(days=1))
    revoke_invitation(story.database, casey.session_id, after(days=2))
    with pytest.raises(LinkClosedError):
        open_invitation(story.database, casey.token)
    (row,) = rows(story.database, "invitation")
    assert str(row["revoked_at"]).startswith("2026-11-03")


def test_what_is_not_there_is_said(story: Story) -> None:
    with pytest.raises(NotFoundError, match="no opening 'nowhere'"):
        invite_candidate(story.database, LINKS, "nowhere", "Casey", "casey@example.org", NOON)
    with pytest.raises(NotFoundError, match="no session 'nowhere'"):
        replace_invitation(story.database, LINKS, "nowhere", NOON)
    with pytest.raises(NotFoundError, match="no session 'nowhere'"):
        revoke_invitation(story.database, "nowhere", NOON)


@pytest.mark.parametrize(
    ("name", "email", "problem"),
    [
        (" ", "casey@example.org", "1 to 200 characters"),
        ("C" * 201, "casey@example.org", "1 to 200 characters"),
        ("Ca\x00sey", "casey@example.org", "cannot be written"),
        ("Ca\udc80sey", "casey@example.org", "cannot be written"),
        ("\u200b\u202e\u3164", "casey@example.org", "nothing that can be seen"),
        ("Casey", "casey", "not an e-mail address"),
        ("Casey", "casey@example", "not an e-mail address"),
        ("Casey", "ca sey@example.org", "not an e-mail address"),
        ("Casey", "ca\x00sey@example.org", "not an e-mail address"),
        ("Casey", f"{'c' * 250}@example.org", "not an e-mail address"),
    ],
)
def test_names_and_addresses_are_checked(story: Story, name: str, email: str, problem: str) -> None:
    with pytest.raises(InvalidInputError, match=problem):
        invite_candidate(story.database, LINKS, story.opening, name, email, NOON)
    assert rows(story.database, "candidate") == []


@pytest.mark.parametrize("name", ["X Æ", "Nguyễn Thị Minh Khai", "عمر\u200c خیام", "李小龍", "O'Brien", "C" * 200])
def test_names_are_kept_as_given(story: Story, name: str) -> None:
    invite_candidate(story.database, LINKS, story.opening, f"  {name} ", "casey@example.org", NOON)
    assert rows(story.database, "candidate")[0]["name"] == name


def test_candidates_are_numbered_in_an_opening_also_when_invited_at_once(story: Story) -> None:
    story.invite("Zoe", opening=story.other_opening)
    results = at_once(6, lambda n: story.invite(f"Casey{n}"))
    assert not [result for result in results if isinstance(result, Exception)]
    numbers = [row["number"] for row in rows(story.database, "candidate") if row["opening_id"] == story.opening]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
