"""Mails are asked for within what they are about, and worded for each opening."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from eiassess.domain.mail_kinds import INVITATION, MAIL_KINDS, PANEL_INVITATION, REMINDER, REQUEST_ANSWERED, MailKind
from eiassess.domain.mails.wording import MailWording
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.services.outbox.queueing import MailOrder, queue_mail, queue_mails
from eiassess.services.outbox.wordings import (
    forget_wording,
    get_wording,
    list_wordings,
    sample_mail,
    save_wording,
    shipped_wording,
    wording_of,
)
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import NOON, Invited, Story, after, rows

OWN = MailWording("Our ((opening))", "Dear ((name)),\n\n((link))")


def order(story: Story, casey: Invited, name: str = "Casey") -> MailOrder:
    return MailOrder(name, f"{name.lower()}@example.org", opening_id=story.opening, session_id=casey.session_id)


def break_off(story: Story, casey: Invited) -> None:
    with story.database.writing() as db:
        queue_mail(db, INVITATION, order(story, casey), NOON)
        raise RuntimeError


class TestQueueing:
    def test_a_mail_is_a_row_and_holds_no_text(self, story: Story, casey: Invited) -> None:
        with story.database.writing() as db:
            queued = queue_mail(db, INVITATION, order(story, casey), NOON)
        (row,) = rows(story.database, "message")
        assert row["id"] == queued
        assert (row["kind"], row["state"], row["recipient_email"]) == ("invitation", "waiting", "casey@example.org")
        assert (row["given"], row["thread_of"], row["message_id"], row["tries"]) == ("{}", None, None, 0)
        assert "Hello" not in str(row)

    def test_after_a_rollback_it_was_never_asked_for(self, story: Story, casey: Invited) -> None:
        with pytest.raises(RuntimeError):
            break_off(story, casey)
        assert rows(story.database, "message") == []

    def test_the_background_is_woken_after_the_commit_and_only_then(self, story: Story, casey: Invited) -> None:
        seen: list[int] = []
        story.database.wake = lambda: seen.append(len(rows(story.database, "message")))
        with story.database.writing() as db:
            queue_mails(db, INVITATION, [order(story, casey), order(story, casey)], NOON)
        assert seen == [2]
        with pytest.raises(RuntimeError):
            break_off(story, casey)
        with story.database.writing() as db:
            queue_mails(db, INVITATION, [], NOON)
        assert seen == [2]

    def test_several_people_each_get_what_is_theirs(self, story: Story) -> None:
        """Elsewhere: several chosen, and each got the first one's text."""
        people = [story.invite(name) for name in ("Ada", "Bea", "Cleo")]
        orders = [order(story, each, name) for each, name in zip(people, ("Ada", "Bea", "Cleo"), strict=True)]
        orders = [replace(each, given={"answer": f"For {each.name}"}) for each in orders]
        with story.database.writing() as db:
            ids = queue_mails(db, REQUEST_ANSWERED, orders, NOON)
        found = {row["id"]: row for row in rows(story.database, "message")}
        for queued, each, asked in zip(ids, people, orders, strict=True):
            row = found[queued]
            assert (row["session_id"], row["recipient_name"]) == (each.session_id, asked.name)
            assert json.loads(row["given"]) == {"answer": f"For {asked.name}"}

    def test_later_mails_hang_on_the_latest_invitation(self, story: Story, casey: Invited) -> None:
        other = story.invite("Robin")
        with story.database.writing() as db:
            queue_mail(db, INVITATION, order(story, casey), NOON)
            second = queue_mail(db, INVITATION, order(story, casey), after(days=1))
            reminder, alone = queue_mails(db, REMINDER, [order(story, casey), order(story, other)], after(days=2))
        threads = {row["id"]: row["thread_of"] for row in rows(story.database, "message")}
        assert (threads[second], threads[reminder], threads[alone]) == (None, second, None)

    def test_two_reminders_are_two_mails(self, story: Story, casey: Invited) -> None:
        """Elsewhere: a second reminder to the same person was never sent."""
        with story.database.writing() as db:
            ids = {queue_mail(db, REMINDER, order(story, casey), after(days=day)) for day in (1, 2)}
        assert len(ids) == len(rows(story.database, "message")) == 2

    def test_a_mail_can_be_due_later(self, story: Story, casey: Invited) -> None:
        with story.database.writing() as db:
            queue_mail(db, REMINDER, replace(order(story, casey), due_at=after(days=3)), NOON)
        due = rows(story.database, "message")[0]["due_at"]
        assert str(due).startswith(str((NOON + timedelta(days=3)).date()))

    def test_a_value_that_the_kind_does_not_name_is_refused(self, story: Story, casey: Invited) -> None:
        with pytest.raises(InvalidInputError, match=r"no \(\(salary\)\) in the mail 'invitation'; it knows name, "):  # noqa: SIM117
            with story.database.writing() as db:
                queue_mail(db, INVITATION, replace(order(story, casey), given={"salary": "1"}), NOON)

    def test_a_mail_can_be_about_nobody_that_we_keep(self, story: Story) -> None:
        with story.database.writing() as db:
            queue_mail(db, PANEL_INVITATION, MailOrder("Eve", "eve@example.org"), NOON)
            queue_mail(db, REMINDER, MailOrder("Eve", "eve@example.org"), NOON)
        assert [row["thread_of"] for row in rows(story.database, "message")] == [None, None]

    def test_mails_go_with_their_candidate(self, story: Story, casey: Invited) -> None:
        with story.database.writing() as db:
            queue_mail(db, INVITATION, order(story, casey), NOON)
            queue_mail(db, REMINDER, order(story, casey), after(days=1))
        assert delete_expired(story.database, after(days=1000)) == 1
        assert rows(story.database, "message") == []


class TestWording:
    @pytest.mark.parametrize("kind", MAIL_KINDS.values(), ids=MAIL_KINDS)
    def test_what_we_ship_can_be_used(self, kind: MailKind) -> None:
        wording = shipped_wording(kind)
        mail = sample_mail(kind.name, wording)
        assert mail.text.startswith(f"Hello {kind.placeholders['name'].sample},\n\n")
        assert "((" not in mail.subject + mail.text + mail.html
        assert "!" not in mail.subject + mail.text
        named = set(kind.placeholders) - {"name"}
        assert {name for name in named if kind.placeholders[name].sample in mail.subject + mail.text} == named

    def test_an_opening_has_ours_until_it_has_its_own(self, story: Story) -> None:
        database, kinds = story.database, [kind for kind in MAIL_KINDS.values() if kind.is_of_opening]
        assert [each.kind for each in list_wordings(database, story.alice, story.opening)] == kinds
        save_wording(database, story.alice, story.opening, "invitation", MailWording("First", OWN.text), NOON)
        save_wording(database, story.bob, story.opening, "invitation", OWN, after(hours=1))
        own = get_wording(database, story.alice, story.opening, "invitation")
        assert (own.wording, own.is_own, own.changed_at) == (OWN, True, after(hours=1))
        first, second, *_ = list_wordings(database, story.alice, story.opening)
        assert (first.is_own, second.is_own, second.wording) == (True, False, shipped_wording(REMINDER))
        with database.reading() as db:
            assert wording_of(db, INVITATION, story.opening) == OWN
            assert wording_of(db, INVITATION, story.other_opening) == shipped_wording(INVITATION)
            assert wording_of(db, INVITATION, None) == shipped_wording(INVITATION)
        for _ in range(2):
            forget_wording(database, story.alice, story.opening, "invitation")
        assert not get_wording(database, story.alice, story.opening, "invitation").is_own

    def test_an_unknown_placeholder_is_refused_before_anything_is_kept(self, story: Story) -> None:
        with pytest.raises(InvalidInputError, match=r"no \(\(nmae\)\) in this mail; it knows \(\(name\)\)"):
            save_wording(
                story.database, story.alice, story.opening, "invitation", MailWording("x", "((nmae)) ((link))"), NOON
            )
        assert rows(story.database, "mail_template") == []

    def test_wording_is_for_those_who_work_on_the_opening(self, story: Story) -> None:
        database = story.database
        for somebody, opening in ((story.charlie, story.opening), (story.alice, "nowhere")):
            with pytest.raises(NotFoundError, match="no such opening"):
                list_wordings(database, somebody, opening)
            with pytest.raises(NotFoundError, match="no such opening"):
                get_wording(database, somebody, opening, "invitation")
            with pytest.raises(NotFoundError, match="no such opening"):
                save_wording(database, somebody, opening, "invitation", OWN, NOON)
            with pytest.raises(NotFoundError, match="no such opening"):
                forget_wording(database, somebody, opening, "invitation")

    def test_a_mail_that_is_not_an_openings_cannot_be_worded_by_one(self, story: Story) -> None:
        with pytest.raises(NotFoundError, match="'password_reset' is not worded by openings"):
            get_wording(story.database, story.alice, story.opening, "password_reset")
