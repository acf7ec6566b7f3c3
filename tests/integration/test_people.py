"""People who work here: invited, joined, changed and signed out, on both databases."""

from base64 import b32decode
from collections.abc import Callable
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from eiassess.domain.mail_kinds import STAFF_INVITED
from eiassess.domain.mail_states import MailState
from eiassess.domain.one_time_codes import code_of, step_at
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import MessageRecord
from eiassess.services import Database
from eiassess.services.hiring.openings import assign_member
from eiassess.services.links import LinkClosedError
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import HIDDEN_LINK, MailSources, NotNeededError
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.people import passwords
from eiassess.services.people.accounts import add_user, change_roles, find_user_record, record_sign_in, set_password
from eiassess.services.people.administering import deactivate, reactivate, set_roles, sign_out_everywhere
from eiassess.services.people.browser_sessions import find_web_session, store_web_session
from eiassess.services.people.first_administrator import invite_first_administrator
from eiassess.services.people.identities import take_identities
from eiassess.services.people.inviting_staff import (
    NewPerson,
    StaffLink,
    invite_again,
    invite_person,
    take_invitation_back,
)
from eiassess.services.people.joining import Chosen, get_joining, join, open_join_link
from eiassess.services.people.own_account import change_own_name, change_own_password
from eiassess.services.people.resetting import ask_new_password, choose_password, mail_asked_resets
from eiassess.services.people.signed_in import end_others, end_signed_in, list_signed_in
from eiassess.services.people.staff_list import PersonState, get_person, list_people
from eiassess.services.people.two_steps import begin_two_steps, find_app_secret, turn_two_steps_off, turn_two_steps_on
from tests.hiring_story import LINKS, NOON, PASSWORD, Story, after, at_once, everything_stored, rows

CHOSEN = "violet engine under snow"
SECRET = "the installation's secret, long enough to be one"
NORA = NewPerson("Nora Lind", "nora@example.org", frozenset({Role.MANAGER}))


@pytest.fixture
def grace(story: Story) -> str:
    """An administrator of the story."""
    return add_user(story.database, "grace@example.org", "Grace", Role.ADMINISTRATOR, PASSWORD, NOON).id


def invite(story: Story, grace: str, person: NewPerson = NORA) -> StaffLink:
    return invite_person(story.database, LINKS, grace, person, NOON)


def come(story: Story, link: StaffLink, name: str = "Nora") -> None:
    join(story.database, open_join_link(story.database, link.token, NOON), Chosen(name, CHOSEN), after(hours=1))


def mail_to(story: Story, user_id: str, sources: MailSources | None = None, **later: float) -> str:
    with story.database.writing() as db:
        record = next(each for each in db.exec(select(MessageRecord)) if each.user_id == user_id)
        return make_mail(db, record, sources or MailSources(LINKS, "us"), after(**later)).mail.text


def state_of(story: Story, user_id: str, **later: float) -> PersonState:
    return get_person(story.database, user_id, after(**later)).person.state


def test_an_invitation_becomes_an_account_by_its_link(story: Story, grace: str) -> None:
    link = invite(story, grace)
    assert state_of(story, link.user_id) is PersonState.INVITED
    assert link.url in mail_to(story, link.user_id)
    assert link.token not in everything_stored(story.database)
    come(story, link)
    user = find_user_record(story.database, id=link.user_id)
    assert user
    assert (user.name, user.active, user.joined_at, user.held_roles) == ("Nora", True, after(hours=1), {Role.MANAGER})
    assert state_of(story, link.user_id) is PersonState.ACTIVE
    with pytest.raises(LinkClosedError):
        open_join_link(story.database, link.token, NOON)
    with pytest.raises(NotNeededError, match="was used or taken back"):
        mail_to(story, link.user_id)


def test_a_link_is_used_once_also_at_once(story: Story, grace: str) -> None:
    link = invite(story, grace)
    invitation = open_join_link(story.database, link.token, NOON)
    results = at_once(4, lambda n: join(story.database, invitation, Chosen(f"Nora {n}", f"{CHOSEN} {n}"), NOON))
    assert sorted(type(each).__name__ for each in results) == ["LinkClosedError"] * 3 + ["NoneType"]


def test_an_address_is_invited_once(story: Story, grace: str) -> None:
    results = at_once(3, lambda _: invite(story, grace))
    assert len([each for each in results if isinstance(each, StaffLink)]) == 1
    with pytest.raises(InvalidInputError, match="is invited already; invite them again"):
        invite(story, grace)
    with pytest.raises(InvalidInputError, match="already an account for alice"):
        invite(story, grace, replace(NORA, email="Alice@example.org"))
    with pytest.raises(InvalidInputError, match="at least one role"):
        invite(story, grace, replace(NORA, roles=frozenset()))


def test_a_new_link_closes_the_old_one_and_is_mailed(story: Story, grace: str) -> None:
    first = invite(story, grace)
    with story.database.writing() as db:
        for each in db.exec(select(MessageRecord)):
            each.state = MailState.SENT.value
    second = invite_again(story.database, LINKS, grace, first.user_id, after(days=8))
    assert (second.expires_at - after(days=8)).days == 7
    with pytest.raises(LinkClosedError):
        open_join_link(story.database, first.token, NOON)
    assert len(rows(story.database, "message")) == 2
    third = invite_again(story.database, LINKS, grace, first.user_id, after(days=8))
    assert len(rows(story.database, "message")) == 2, "what waits carries the new link"
    assert third.url in mail_to(story, first.user_id, days=8)


def test_a_link_ends_by_itself_and_its_mail_with_it(story: Story, grace: str) -> None:
    link = invite(story, grace)
    invitation = open_join_link(story.database, link.token, after(days=6.9))
    for look in (
        lambda: open_join_link(story.database, link.token, after(days=7)),
        lambda: get_joining(story.database, invitation, after(days=7)),
        lambda: join(story.database, invitation, Chosen("Nora", CHOSEN), after(days=7)),
    ):
        with pytest.raises(LinkClosedError):
            look()
    with pytest.raises(NotNeededError, match="its link has ended"):
        mail_to(story, link.user_id, days=7)
    assert state_of(story, link.user_id, days=7) is PersonState.LINK_ENDED


def test_a_mail_shows_its_link_to_nobody_else_and_not_with_another_secret(story: Story, grace: str) -> None:
    link = invite(story, grace)
    assert HIDDEN_LINK in mail_to(story, link.user_id, MailSources(None, "us"))
    other = replace(LINKS, secret="another secret, as long as it has to be")
    with pytest.raises(NotNeededError, match="invite them again"):
        mail_to(story, link.user_id, MailSources(other, "us"))


def test_taking_back_leaves_nothing_but_whom_somebody_named(story: Story, grace: str) -> None:
    link, named = invite(story, grace), invite(story, grace, replace(NORA, email="olga@example.org", name="Olga"))
    assign_member(story.database, story.opening, "olga@example.org")
    ask_new_password(story.database, LINKS, "nora@example.org", NOON)
    assert take_invitation_back(story.database, link.user_id)
    assert rows(story.database, "password_reset") == []
    assert "nora@example.org" not in everything_stored(story.database)
    assert not take_invitation_back(story.database, named.user_id)
    assert state_of(story, named.user_id) is PersonState.TAKEN_BACK
    with pytest.raises(LinkClosedError):
        open_join_link(story.database, named.token, NOON)
    with pytest.raises(NotFoundError):
        take_invitation_back(story.database, link.user_id)
    with pytest.raises(RefusedError, match=r"olga@example\.org was invited and has not come yet"):
        set_password(story.database, "olga@example.org", CHOSEN)
    come(story, invite_again(story.database, LINKS, grace, named.user_id, NOON), "Olga")
    for change in (
        lambda: take_invitation_back(story.database, named.user_id),
        lambda: invite_again(story.database, LINKS, grace, named.user_id, NOON),
    ):
        with pytest.raises(RefusedError, match="Olga has come already"):
            change()


def test_a_mail_that_came_back_is_seen(story: Story, grace: str) -> None:
    link = invite(story, grace)
    with story.database.writing() as db:
        (mail,) = db.exec(select(MessageRecord))
        mail.state, mail.words = MailState.BOUNCED.value, "no such box"
    found = get_person(story.database, link.user_id, NOON).person
    assert (found.state, found.server_said) == (PersonState.UNDELIVERED, "no such box")


def test_the_list_is_by_name_and_counts_everybody(story: Story, grace: str) -> None:
    invite(story, grace, replace(NORA, name="Åse"))
    deactivate(story.database, story.bob)
    found = list_people(story.database, NOON)
    assert [each.name for each in found.people] == ["Alice", "Åse", "Bob", "Charlie", "Dana", "Grace"]
    assert (found.counts[PersonState.ACTIVE], found.counts[PersonState.INACTIVE], found.n_found) == (4, 1, 6)
    assert list_people(story.database, NOON, role=Role.ADMINISTRATOR).n_found == 1
    with pytest.raises(NotFoundError):
        get_person(story.database, "nobody", NOON)


def session_of(story: Story, user_id: str, token: str) -> str:
    """Sign somebody in, past the page."""
    user = find_user_record(story.database, id=user_id)
    assert user
    store_web_session(story.database, token, "staff", "{}", NOON, is_new=True, signed_in=user.fs_uniquifier)
    return user.fs_uniquifier


def turn_on(story: Story) -> None:
    """Turn on what was begun, with the code that the app shows."""
    secret = find_app_secret(story.database, SECRET, story.alice)
    assert secret
    code = code_of(b32decode(secret.text.replace(" ", "")), step_at(NOON))
    turn_two_steps_on(story.database, SECRET, story.alice, code, NOON)


ENDING: dict[str, Callable[[Story], object]] = {
    "deactivated": lambda story: deactivate(story.database, story.alice),
    "signed out": lambda story: sign_out_everywhere(story.database, story.alice),
    "own password": lambda story: change_own_password(story.database, story.alice, PASSWORD, CHOSEN),
    "password on the terminal": lambda story: set_password(story.database, "alice@example.org", CHOSEN),
    "password by mail": lambda story: choose_password(story.database, reset_of(story), CHOSEN, NOON),
    "two steps on": turn_on,
    "two steps off": lambda story: turn_two_steps_off(story.database, story.alice),
    "identities taken away": lambda story: take_identities(story.database, "alice@example.org"),
}


def reset_of(story: Story) -> str:
    (row,) = rows(story.database, "password_reset")
    return str(row["id"])


@pytest.mark.usefixtures("grace")
@pytest.mark.parametrize("how", ENDING)
def test_a_copied_cookie_is_refused_afterwards(story: Story, how: str) -> None:
    uniquifier = session_of(story, story.alice, "hers")
    session_of(story, story.bob, "his")
    begin_two_steps(story.database, story.alice, NOON)
    ask_new_password(story.database, LINKS, "alice@example.org", NOON)
    assert mail_asked_resets(story.database, NOON) == 1
    ENDING[how](story)
    assert rows(story.database, "password_reset") == [], "no mail from before lets anybody in"
    assert find_web_session(story.database, "hers", "staff", NOON) is None
    assert find_user_record(story.database, fs_uniquifier=uniquifier) is None
    assert find_web_session(story.database, "his", "staff", NOON) is not None
    store_web_session(story.database, "late", "staff", "{}", NOON, is_new=True, signed_in=uniquifier)
    assert list_signed_in(story.database, story.alice, NOON) == (), "what was under way stands for nobody"


def test_sessions_are_ones_own(story: Story) -> None:
    for token, user_id in (("a", story.alice), ("b", story.alice), ("c", story.alice), ("d", story.bob)):
        session_of(story, user_id, token)
    found = list_signed_in(story.database, story.alice, NOON, "a")
    assert [each.is_this for each in found].count(True) == 1
    other = next(each.id for each in found if not each.is_this)
    with pytest.raises(NotFoundError):
        end_signed_in(story.database, story.bob, other)
    end_signed_in(story.database, story.alice, other)
    assert end_others(story.database, story.alice, "a") == 1
    assert [each.is_this for each in list_signed_in(story.database, story.alice, NOON, "a")] == [True]
    assert len(list_signed_in(story.database, story.bob, NOON)) == 1
    assert list_signed_in(story.database, story.bob, after(minutes=31)) == ()


def test_roles_change_and_one_administrator_stays(story: Story, grace: str) -> None:
    set_roles(story.database, story.alice, {Role.ANALYST})
    assert get_person(story.database, story.alice, NOON).person.roles == (Role.ANALYST,)
    for change in (
        lambda: set_roles(story.database, grace, {Role.ANALYST}),
        lambda: deactivate(story.database, grace),
        lambda: change_roles(story.database, "grace@example.org", give=[Role.ANALYST], take=[Role.ADMINISTRATOR]),
    ):
        with pytest.raises(RefusedError, match="Grace is the only administrator who can sign in"):
            change()
    assert get_person(story.database, grace, NOON).is_only_administrator
    with pytest.raises(InvalidInputError, match="at least one role"):
        set_roles(story.database, story.alice, ())
    with pytest.raises(NotFoundError):
        set_roles(story.database, "nobody", {Role.ANALYST})
    link = invite(story, grace, replace(NORA, roles=frozenset({Role.ADMINISTRATOR})))
    with pytest.raises(RefusedError, match="only administrator"):
        deactivate(story.database, grace)
    for change_of_nora in (deactivate, reactivate):
        with pytest.raises(RefusedError, match="has not come yet"):
            change_of_nora(story.database, link.user_id)
    come(story, link)
    deactivate(story.database, grace)
    deactivate(story.database, grace)
    assert state_of(story, grace) is PersonState.INACTIVE
    reactivate(story.database, grace)
    assert state_of(story, grace) is PersonState.ACTIVE


def test_two_administrators_cannot_put_each_other_out_at_once(story: Story, grace: str) -> None:
    set_roles(story.database, story.dana, {Role.ADMINISTRATOR})
    both = (grace, story.dana)
    results = at_once(2, lambda n: deactivate(story.database, both[n]))
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "RefusedError"]


def test_what_somebody_who_is_switched_off_is_mailed_is_not_needed(story: Story) -> None:
    deactivate(story.database, story.alice)
    with story.database.writing() as db:
        queue_mail(db, STAFF_INVITED, MailOrder("Alice", "alice@example.org", user_id=story.alice), NOON)
    with pytest.raises(NotNeededError, match="was used or taken back"):
        mail_to(story, story.alice)


def test_ones_name_and_password_are_changed(story: Story) -> None:
    change_own_name(story.database, story.alice, " Alice  Berg ")
    with pytest.raises(InvalidInputError):
        change_own_name(story.database, story.alice, "")
    with pytest.raises(InvalidInputError, match="not your present password"):
        change_own_password(story.database, story.alice, "x" * 5000, CHOSEN)
    uniquifier = change_own_password(story.database, story.alice, PASSWORD, CHOSEN)
    user = find_user_record(story.database, id=story.alice)
    assert user
    assert (user.name, user.fs_uniquifier) == ("Alice Berg", uniquifier)
    with pytest.raises(InvalidInputError, match="not your present password"):
        change_own_password(story.database, story.alice, PASSWORD, f"{CHOSEN} again")


def test_of_two_changes_of_a_password_at_once_one_counts(story: Story) -> None:
    results = at_once(2, lambda n: change_own_password(story.database, story.alice, PASSWORD, f"{CHOSEN} {n}"))
    assert sorted(type(each).__name__ for each in results) == ["InvalidInputError", "str"]


def test_a_password_that_was_changed_meanwhile_is_not_changed_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(PasswordHasher):
        """Takes so long that somebody sets the password on the terminal meanwhile."""

        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            if password == CHOSEN:
                set_password(story.database, "alice@example.org", "another long password")
            return super().hash(password, salt=salt)

    monkeypatch.setattr(passwords, "PASSWORD_HASHER", Slow(time_cost=1, memory_cost=8, parallelism=1))
    with pytest.raises(InvalidInputError, match="was changed meanwhile"):
        change_own_password(story.database, story.alice, PASSWORD, CHOSEN)
    change_own_password(story.database, story.alice, "another long password", f"{CHOSEN} again")


def test_when_somebody_signed_in_last_is_known(story: Story) -> None:
    assert get_person(story.database, story.alice, NOON).person.last_sign_in_at is None
    record_sign_in(story.database, story.alice, after(hours=1))
    assert get_person(story.database, story.alice, NOON).person.last_sign_in_at == after(hours=1)


@pytest.mark.usefixtures("quick_passwords")
def test_the_first_administrator_comes_by_a_link_of_an_hour(database: Database) -> None:
    assert rows(database, "user_account") == [], "no account is there by itself"
    lost = invite_first_administrator(database, LINKS, NOON)
    link = invite_first_administrator(database, LINKS, NOON)
    with pytest.raises(LinkClosedError):
        open_join_link(database, lost.token, NOON)
    with pytest.raises(LinkClosedError):
        open_join_link(database, link.token, after(hours=1))
    invitation = open_join_link(database, link.token, after(minutes=59))
    assert get_joining(database, invitation, NOON).is_first
    with pytest.raises(InvalidInputError, match="@"):
        join(database, invitation, Chosen("Ada", CHOSEN, "ada"), NOON)
    join(database, invitation, Chosen("Ada", CHOSEN, "ada@example.org"), NOON)
    (ada,) = rows(database, "user_account")
    assert (ada["email"], ada["name"]) == ("ada@example.org", "Ada")
    assert list_people(database, NOON).people[0].roles == (Role.ADMINISTRATOR,)
    with pytest.raises(RefusedError, match="There is an administrator already"):
        invite_first_administrator(database, LINKS, NOON)


def test_the_first_administrators_link_is_of_no_use_once_there_is_one(story: Story) -> None:
    link = invite_first_administrator(story.database, LINKS, NOON)
    invitation = open_join_link(story.database, link.token, NOON)
    with pytest.raises(InvalidInputError, match="user roles can make it an administrator's"):
        join(story.database, invitation, Chosen("Alice", CHOSEN, "alice@example.org"), NOON)
    change_roles(story.database, "alice@example.org", give=[Role.ADMINISTRATOR])
    with pytest.raises(LinkClosedError):
        join(story.database, invitation, Chosen("Eve", CHOSEN, "eve@example.org"), NOON)
