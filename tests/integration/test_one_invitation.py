"""One person, one invitation: by any spelling of an address an opening is sat once."""

import pytest
from sqlalchemy.exc import IntegrityError

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.errors import RefusedError
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import CandidateRecord
from eiassess.services.hiring.invitations import (
    IssuedInvitation,
    invite_candidate,
    open_invitation,
    replace_invitation,
    revoke_invitation,
)
from eiassess.services.hiring.invited_before import InvitedBeforeError
from eiassess.services.hiring.openings import use_form
from tests.hiring_story import LINKS, NOON, Invited, Story, after, at_once, rows

CASEY = "casey@example.org"
BEFORE = "0003"
"""The revision before addresses were kept once."""


def invite(story: Story, email: str = CASEY, name: str = "Casey Lind", **when: float) -> IssuedInvitation:
    return invite_candidate(story.database, LINKS, story.opening, name, email, after(**when), valid_days=3)


@pytest.mark.parametrize("spelling", [CASEY, "Casey@Example.ORG", f" {CASEY} ", f"{CASEY}\u00a0"])
def test_a_second_invitation_is_refused_while_the_first_is_open(story: Story, spelling: str) -> None:
    first = invite(story)
    with pytest.raises(RefusedError) as refused:
        invite(story, spelling, "Another", days=2, hours=23)
    assert str(refused.value) == (
        "Casey Lind (candidate 1, casey@example.org) is invited to this opening until 2026-11-05, and one person sits "
        "it once"
    )
    assert [row["name"] for row in rows(story.database, "candidate")] == ["Casey Lind"]
    open_invitation(story.database, first.token)


def test_another_address_or_another_opening_is_another_invitation(story: Story) -> None:
    invite(story)
    assert not invite(story, "casey+two@example.org").is_again
    assert not invite_candidate(story.database, LINKS, story.other_opening, "Casey", CASEY, NOON).is_again
    assert len(rows(story.database, "candidate")) == 3


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_after_all_links_ended_the_same_candidate_is_invited_anew(story: Story, ended: str) -> None:
    first = invite(story)
    replace_invitation(story.database, LINKS, first.session_id, after(hours=1), valid_days=3)
    if ended == "revoked":
        revoke_invitation(story.database, first.session_id, after(hours=2))
    again = invite(story, "CASEY@example.org", "Casey Lindt", days=4)
    assert (again.session_id, again.is_again, first.is_again) == (first.session_id, True, False)
    assert open_invitation(story.database, again.token)
    assert [(row["name"], row["number"]) for row in rows(story.database, "candidate")] == [("Casey Lindt", 1)]


def test_who_is_invited_anew_keeps_their_answers_and_their_form(story: Story) -> None:
    casey = story.begun()
    casey.answer_all((6, 2, 1), 2)
    revoke_invitation(story.database, casey.session_id, after(hours=1))
    (before,) = rows(story.database, "assessment_session")
    again = invite(story, hours=2)
    assert again.session_id == casey.session_id
    assert rows(story.database, "assessment_session") == [before]
    assert len(rows(story.database, "item_response")) == 2


def test_who_had_not_begun_is_invited_anew_to_what_the_opening_has_now(story: Story) -> None:
    first = invite(story)
    revoke_invitation(story.database, first.session_id, after(hours=1))
    use_form(story.database, story.opening, load_form("standard-a", (data_folder("question_banks"),)), after(hours=1))
    again = invite(story, hours=2)
    (session,) = rows(story.database, "assessment_session")
    (opening,) = (row for row in rows(story.database, "opening") if row["id"] == story.opening)
    assert again.session_id == first.session_id
    pinned = ("form_digest", "key_digest", "bank_digest")
    assert [session[each] for each in pinned] == [opening[each] for each in pinned]


def test_who_handed_in_is_not_invited_again_even_without_a_link(story: Story) -> None:
    casey = story.submitted()
    revoke_invitation(story.database, casey.session_id, after(days=1))
    with pytest.raises(InvitedBeforeError, match=r"^Casey \(candidate 1.*has handed in.*") as caught:
        invite(story, days=300)
    assert caught.value.session_id == casey.session_id


def test_a_name_in_the_refusal_does_not_turn_it_round(story: Story) -> None:
    invite(story, name="\u202eesaC")
    with pytest.raises(RefusedError, match=r"^\u2068\u202eesaC\u2069 \(candidate 1, casey"):
        invite(story)


def test_of_invitations_at_once_one_is_given(story: Story) -> None:
    results = at_once(6, lambda n: invite(story, CASEY.upper() if n % 2 else CASEY))
    assert sorted(type(result).__name__ for result in results) == ["InvitedBeforeError"] * 5 + ["IssuedInvitation"]
    assert len(rows(story.database, "candidate")) == 1


def test_the_database_itself_keeps_an_address_once_in_an_opening(story: Story) -> None:
    invite(story)
    (row,) = rows(story.database, "candidate")
    with pytest.raises(IntegrityError), story.database.writing() as db:
        db.add(CandidateRecord(**row | {"id": "another", "number": 2, "created_at": NOON}))


def invited_twice(story: Story) -> tuple[Invited, Invited]:
    """Two candidates with one address, as a database from before this was refused may have them."""
    first, second = story.invite("Casey"), story.invite("Robin")
    story.database.close()
    downgrade_database(story.database.url, BEFORE)
    with story.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE candidate SET email = 'casey@example.org'")
    story.database.close()
    upgrade_database(story.database.url)
    return first, second


def test_those_invited_twice_before_stay_and_are_found(story: Story) -> None:
    first, second = invited_twice(story)
    candidates = sorted(rows(story.database, "candidate"), key=lambda row: row["number"])
    assert [(row["name"], row["email_key"]) for row in candidates] == [("Casey", None), ("Robin", CASEY)]
    for number, open_one in ((1, first), (2, second)):
        with pytest.raises(InvitedBeforeError, match=f"candidate {number}, ") as caught:
            invite(story, hours=number)
        assert caught.value.session_id == open_one.session_id
        revoke_invitation(story.database, open_one.session_id, after(hours=number))
    assert invite(story, hours=3).session_id == second.session_id
