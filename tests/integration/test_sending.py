"""Mails say what holds when they go out, each once; after the secret was changed, with a new link."""

from dataclasses import replace

import pytest
from sqlmodel import select

from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    HANDED_IN,
    ONE_USE_CODE,
    PASSWORD_RESET,
    REMINDER,
    REQUEST_ANSWERED,
)
from eiassess.domain.mails.wording import MailWording
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InvitationRecord,
    MessageRecord,
    OpeningRecord,
    UserRecord,
)
from eiassess.services.hiring.invitations import open_invitation, revoke_invitation
from eiassess.services.mailing.sending import (
    claim_due,
)
from eiassess.services.mailing.showing import show_mail
from eiassess.services.outbox.queueing import MailOrder
from eiassess.services.outbox.wordings import save_wording
from eiassess.worker.mails import AT_ONCE, send_due_mails
from tests.hiring_story import NOON, Invited, Story, after, rows
from tests.mail_host import MailHost
from tests.mailing import LATER, OTHER_LINKS, SOURCES, ask, only, order, send, text, work


class TestWhatIsSent:
    def test_an_invitation_says_all_that_a_candidate_needs(self, story: Story, casey: Invited, host: MailHost) -> None:
        with story.database.writing() as db:
            opening = db.get_one(OpeningRecord, story.opening)
            opening.text, opening.contact, opening.time_zone = "You answer the phone.", "Alice Lund", "Europe/Oslo"
            opening.deadline_at = after(days=3)
        ask(story, [order(story, casey)])
        assert send(story.database, host) == 1
        (taken,) = host.taken
        row = only(story.database)
        assert taken.message["To"] == "Casey <casey@example.org>"
        assert taken.message["Subject"] == "Your invitation: Customer service adviser"
        assert taken.message_id == row["message_id"] == f"<{row['id']}@example.org>"
        assert (row["state"], row["words"], row["tries"]) == ("sent", "250 2.0.0 taken", 1)
        said = text(host)
        assert f"\nhttps://hiring.example.org/i/{casey.token}\n" in said
        assert "You answer the phone." in said
        assert "by Thursday 5 November 2026, 13:00 (Europe/Oslo)." in said
        assert "Other questions: Alice Lund." in said
        html = taken.message.get_body(("html",))
        assert html
        assert f'<a href="https://hiring.example.org/i/{casey.token}">' in html.get_content()
        assert "<title>Your invitation: Customer service adviser</title>" in html.get_content()

    def test_everybody_gets_their_own_text(self, story: Story, host: MailHost) -> None:
        """Elsewhere: several chosen, and each got the first one's text."""
        people = {name: story.invite(name) for name in ("Ada", "Bea", "Cleo")}
        ask(story, [order(story, each, name) for name, each in people.items()])
        assert send(story.database, host) == 3
        for name, person in people.items():
            number = host.recipients.index(f"{name.lower()}@example.org")
            assert text(host, number).startswith(f"Hello {name},")
            assert person.token in text(host, number)
            assert not any(other.token in text(host, number) for other in people.values() if other is not person)

    def test_a_reminder_hangs_on_the_invitation_and_has_the_same_link(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        send(story.database, host)
        ask(story, [order(story, casey)], REMINDER, after(hours=2))
        casey.answer_all((3, 4, 5), n_scenarios=2)
        send(story.database, host, after(hours=3))
        first, second = sorted(host.taken, key=lambda taken: "In-Reply-To" in taken.message)
        assert second.message["In-Reply-To"] == first.message_id
        assert casey.token in text(host)
        assert "You have begun 2 of " in text(host)
        assert "until Monday 16 November 2026, 12:00 (UTC)." in text(host)

    def test_a_reminder_of_an_invitation_that_was_not_sent_by_mail(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)], REMINDER)
        send(story.database, host)
        assert host.taken[0].message["In-Reply-To"] is None
        assert "You have begun" not in text(host)

    def test_no_reminder_overtakes_an_invitation_that_no_server_has_taken_yet(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        with story.database.writing() as db:
            (waiting,) = db.exec(select(MessageRecord)).all()
            waiting.due_at = after(days=2)
            db.add(waiting)
        for kind in (REMINDER, DEADLINE_MOVED):
            ask(story, [order(story, casey)], kind, after(days=1))
        assert send(story.database, host, after(days=1, minutes=1)) == 0
        assert {row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed"} == {
            "Their invitation had not gone out yet when this was due, and says the same"
        }
        assert send(story.database, host, after(days=2, minutes=1)) == 1
        assert host.recipients == ["casey@example.org"]

    def test_an_invitation_that_is_tried_again_goes_alone_though_the_reminder_was_due_before(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        """Both are due when the server is back, and the reminder has waited longer since the invitation's last try."""
        ask(story, [order(story, casey)])
        with story.database.writing() as db:
            (waiting,) = db.exec(select(MessageRecord)).all()
            waiting.due_at = after(minutes=5)
            db.add(waiting)
        ask(story, [order(story, casey)], REMINDER, after(minutes=1))
        assert send(story.database, host) == 1
        assert host.taken[0].message["Subject"] == "Your invitation: Customer service adviser"
        assert [row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed"] == [
            "Their invitation had not gone out yet when this was due, and says the same"
        ]
        ask(story, [order(story, casey)], REMINDER, after(days=1))
        assert send(story.database, host, after(days=1)) == 1, "a later one reminds"

    def test_no_reminder_goes_while_another_worker_has_the_invitation(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        assert len(claim_due(story.database, LATER, at_most=10)) == 1
        for kind in (REMINDER, DEADLINE_MOVED):
            ask(story, [order(story, casey)], kind, after(minutes=1))
        assert send(story.database, host) == 1, "the moved deadline, since the invitation may name the old one"
        assert "until Monday 16 November 2026" in text(host)

    def test_no_reminder_goes_where_the_invitation_came_back_meanwhile(self, story: Story, host: MailHost) -> None:
        sam = story.invite("Sam")
        (invitation,) = ask(story, [order(story, sam, "Sam")])
        ask(story, [order(story, sam, "Sam")], REMINDER, after(minutes=1))
        with story.database.writing() as db:
            db.get_one(MessageRecord, invitation).state = "bounced"
        assert send(story.database, host) == 0
        assert [row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed"] == [
            "Their invitation was not delivered, so there is nothing to remind of"
        ]

    def test_a_reminder_beside_an_invitation_that_waits_is_shown_where_no_server_is(
        self, story: Story, casey: Invited
    ) -> None:
        ask(story, [order(story, casey)])
        (reminder,) = ask(story, [order(story, casey)], REMINDER, after(minutes=1))
        assert not show_mail(story.database, story.alice, reminder, SOURCES, LATER).not_needed

    def test_a_code_goes_before_many_invitations_that_wait_longer(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        names = [f"Guest{number}" for number in range(2 * AT_ONCE + 5)]
        ask(story, [order(story, story.invite(name), name) for name in names])
        given = {"code": "482 913", "purpose": "see your data", "minutes": "15"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE, after(minutes=59))
        assert send(story.database, host) == len(names) + 1
        assert host.recipients[0] == "casey@example.org"

    def test_a_second_reminder_is_sent_too(self, story: Story, casey: Invited, host: MailHost) -> None:
        """Elsewhere: a second reminder to the same person was never sent."""
        for day in (1, 2):
            ask(story, [order(story, casey)], REMINDER, after(days=day))
            assert send(story.database, host, after(days=day, minutes=1)) == 1
        assert host.recipients == ["casey@example.org"] * 2

    def test_an_openings_own_wording_is_what_holds_when_it_is_sent(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        own = MailWording("Welcome to ((opening))", "Dear ((name)),\n\n((link))")
        save_wording(story.database, story.alice, story.opening, "invitation", own, NOON)
        send(story.database, host)
        assert host.taken[0].message["Subject"] == "Welcome to Customer service adviser"
        assert text(host).startswith("Dear Casey,\n\nhttps://")

    def test_an_extended_deadline_is_the_one_that_is_told(self, story: Story, casey: Invited, host: MailHost) -> None:
        with story.database.writing() as db:
            db.get_one(AssessmentSessionRecord, casey.session_id).ends_at = after(days=20)
        ask(story, [order(story, casey)], DEADLINE_MOVED)
        send(story.database, host)
        assert "until Sunday 22 November 2026, 12:00 (UTC)." in text(host)

    def test_of_two_moved_deadlines_that_wait_the_later_one_is_told(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        robin = story.invite("Robin")
        ask(story, [order(story, casey), order(story, robin, "Robin")], DEADLINE_MOVED)
        for minutes in (1, 1):
            ask(story, [order(story, casey)], DEADLINE_MOVED, after(minutes=minutes))
        assert send(story.database, host, after(minutes=5)) == 2
        assert sorted(host.recipients) == ["casey@example.org", "robin@example.org"]
        put_aside = [row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed"]
        assert put_aside == ["Their deadline was moved again, and a later mail says so"] * 2

    @pytest.mark.parametrize(
        ("by", "said"),
        [
            ("candidate", "You handed in your answers on Monday 2 November 2026, 13:00 (UTC)."),
            (
                "server",
                "Your time was over on Monday 2 November 2026, 13:00 (UTC), so what you had saved was handed in",
            ),
        ],
    )
    def test_a_receipt_says_who_handed_in(self, story: Story, host: MailHost, by: str, said: str) -> None:
        casey = story.submitted()
        with story.database.writing() as db:
            db.get_one(AssessmentSessionRecord, casey.session_id).handed_in_by = by
        ask(story, [order(story, casey)], HANDED_IN)
        send(story.database, host)
        assert said in text(host)

    def test_what_is_secret_is_forgotten_once_it_is_sent(self, story: Story, casey: Invited, host: MailHost) -> None:
        given = {"code": "482 913", "purpose": "get your data", "minutes": "15"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE)
        assert send(story.database, host, after(minutes=1)) == 1
        assert "\n482 913\n" in text(host)
        assert only(story.database)["given"] == "{}"

    def test_an_answer_is_mailed_also_to_whoever_has_no_link_any_more(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        revoke_invitation(story.database, casey.session_id, NOON)
        ask(story, [order(story, casey, given={"answer": "You have 50 minutes."})], REQUEST_ANSWERED)
        send(story.database, host)
        assert "You have 50 minutes." in text(host)
        assert "You find it on your own page" not in text(host)

    def test_nobody_is_mailed_whose_account_was_switched_off(self, story: Story, host: MailHost) -> None:
        to_alice = MailOrder("Alice", "alice@example.org", user_id=story.alice)
        ask(story, [to_alice], PASSWORD_RESET)
        with story.database.writing() as db:
            db.get_one(UserRecord, story.alice).active = False
        assert send(story.database, host) == 0
        assert [row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed"] == [
            "The account was switched off"
        ]


class TestAfterTheSecretWasChanged:
    def test_the_mail_carries_a_new_link_to_the_same_answers(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        changed = replace(work(story.database, host), sources=replace(SOURCES, links=OTHER_LINKS))
        send_due_mails(changed)
        token = text(host).split("/i/")[1].split("\n")[0]
        assert token != casey.token
        with story.database.reading() as db:
            link = db.get_one(InvitationRecord, open_invitation(story.database, token))
            old = db.get_one(InvitationRecord, casey.invitation_id)
        assert (link.session_id, link.expires_at, old.revoked_at) == (casey.session_id, old.expires_at, LATER)
