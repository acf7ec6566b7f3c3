"""Mails go out once, say what holds when they go out, and are not sent when there is no reason any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    HANDED_IN,
    INVITATION,
    NEW_LINK,
    ONE_USE_CODE,
    REMINDER,
    REQUEST_ANSWERED,
    STAFF_INVITED,
    MailKind,
)
from eiassess.domain.mails.wording import MailWording
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    InvitationRecord,
    MessageRecord,
    OpeningRecord,
    UserRecord,
)
from eiassess.services.hiring.invitations import open_invitation, replace_invitation, revoke_invitation
from eiassess.services.mailing.sending import (
    PAUSES,
    claim_due,
    sweep_mails,
)
from eiassess.services.mailing.showing import show_mail
from eiassess.services.outbox.queueing import MailOrder
from eiassess.services.outbox.wordings import save_wording
from eiassess.worker.mails import send_due_mails
from tests.hiring_story import LINKS, NOON, VARIED, Invited, Story, after, rows
from tests.mail_host import CUT, KEEP_AND_CUT, MailHost
from tests.mailing import LATER, OTHER_LINKS, SOURCES, ask, only, order, send, states, text, work


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

    def test_a_reminder_beside_an_invitation_that_waits_is_shown_where_no_server_is(
        self, story: Story, casey: Invited
    ) -> None:
        ask(story, [order(story, casey)])
        (reminder,) = ask(story, [order(story, casey)], REMINDER, after(minutes=1))
        assert not show_mail(story.database, story.alice, reminder, SOURCES, LATER).not_needed

    def test_a_code_goes_before_many_invitations_that_wait_longer(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, story.invite(name), name) for name in ("Ada", "Bea", "Cleo")])
        given = {"code": "482 913", "purpose": "see your data", "minutes": "15"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE, after(minutes=59))
        assert send(story.database, host) == 4
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

    def test_staff_and_others_are_mailed_from_what_was_given(self, story: Story, host: MailHost) -> None:
        to_alice = MailOrder("Alice", "alice@example.org", user_id=story.alice, given={"link": "https://x/y"})
        ask(story, [to_alice, MailOrder("Eve", "eve@example.org", given={"link": "https://x/z"})], STAFF_INVITED)
        assert send(story.database, host) == 2
        assert "\nhttps://x/y\n" in text(host, host.recipients.index("alice@example.org"))
        with story.database.writing() as db:
            db.get_one(UserRecord, story.alice).active = False
        ask(story, [to_alice], STAFF_INVITED)
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


class TestReasonsThatAreGone:
    """Elsewhere: a reminder was planned, and sent after its reason was gone."""

    def change(self, story: Story, casey: Invited, what: str) -> None:
        match what:
            case "handed in":
                casey.answer_all(VARIED)
                story.hand_in(casey)
                with story.database.writing() as db:  # the receipt is another mail
                    db.connection().execute(delete(MessageRecord).where(col(MessageRecord.kind) == HANDED_IN.name))
            case "was closed":
                revoke_invitation(story.database, casey.session_id, NOON)
            case "no mail":
                with story.database.writing() as db:
                    session = db.get_one(AssessmentSessionRecord, casey.session_id)
                    db.get_one(CandidateRecord, session.candidate_id).simulated = True
            case "withdrawn":
                with story.database.writing() as db:
                    db.get_one(AssessmentSessionRecord, casey.session_id).withdrawn_at = NOON
            case "deadline was moved":
                with story.database.writing() as db:
                    db.get_one(OpeningRecord, story.opening).deadline_at = after(days=9)

    CHANGES = ("handed in", "was closed", "no mail", "withdrawn", "deadline was moved")

    @pytest.mark.parametrize("what", CHANGES)
    def test_gone_before_it_is_made(self, story: Story, casey: Invited, host: MailHost, what: str) -> None:
        ask(story, [order(story, casey, planned_for=after(days=14))], REMINDER)
        self.change(story, casey, what)
        assert send(story.database, host) == 0
        row = only(story.database)
        assert (row["state"], row["lease_until"], host.taken) == ("not_needed", None, [])
        assert what in str(row["words"])

    @pytest.mark.parametrize("what", CHANGES)
    def test_gone_while_the_server_waits_for_the_text(
        self, story: Story, casey: Invited, host: MailHost, what: str
    ) -> None:
        ask(story, [order(story, casey, planned_for=after(days=14))], REMINDER)

        def change(command: str, _address: str) -> None:
            if command == "RCPT":
                self.change(story, casey, what)

        host.says = change
        assert send(story.database, host) == 0
        assert (only(story.database)["state"], host.taken) == ("not_needed", [])

    def test_a_reminder_whose_deadline_stands_is_sent(self, story: Story, casey: Invited, host: MailHost) -> None:
        ask(story, [order(story, casey, planned_for=after(days=14))], REMINDER)
        assert send(story.database, host) == 1

    @pytest.mark.parametrize("kind", [INVITATION, NEW_LINK, DEADLINE_MOVED], ids=lambda kind: kind.name)
    def test_whoever_has_handed_in_is_asked_for_nothing(
        self, story: Story, casey: Invited, host: MailHost, kind: MailKind
    ) -> None:
        ask(story, [order(story, casey)], kind)
        self.change(story, casey, "handed in")
        assert send(story.database, host) == 0

    def test_a_link_that_has_ended_is_not_mailed(self, story: Story, casey: Invited, host: MailHost) -> None:
        ask(story, [order(story, casey)])
        assert send(story.database, host, after(days=14)) == 0

    def test_whoever_has_more_time_than_their_link_named_is_still_reminded(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)], REMINDER)
        with story.database.writing() as db:
            db.get_one(AssessmentSessionRecord, casey.session_id).ends_at = after(days=20)
        assert send(story.database, host, after(days=15)) == 1

    def test_a_receipt_needs_something_that_was_handed_in(self, story: Story, casey: Invited, host: MailHost) -> None:
        ask(story, [order(story, casey)], HANDED_IN)
        assert send(story.database, host) == 0
        assert only(story.database)["words"] == "Nothing was handed in"

    def test_a_code_that_is_too_old_is_not_mailed(self, story: Story, casey: Invited, host: MailHost) -> None:
        ask(story, [order(story, casey, given={"code": "1", "minutes": "15"})], ONE_USE_CODE)
        assert send(story.database, host, after(minutes=15)) == 0

    def test_a_new_link_after_a_withdrawn_one_is_the_one_that_is_mailed(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        ask(story, [order(story, casey)])
        fresh = replace_invitation(story.database, LINKS, casey.session_id, NOON + timedelta(minutes=1))
        send(story.database, host)
        assert fresh.token in text(host)
        assert casey.token not in text(host)


class TestWhatServersDo:
    def says(self, *said: str | None, command: str = "RCPT") -> Callable[[str, str], str | None]:
        left = list(said)
        return lambda asked, _address: left.pop(0) if asked == command and left else None

    def test_refused_for_good_is_not_tried_again(self, story: Story, casey: Invited, host: MailHost) -> None:
        host.says = self.says("550 5.1.1 User unknown")
        ask(story, [order(story, casey)])
        for now in (LATER, after(days=5)):
            assert send(story.database, host, now) == 0
        row = only(story.database)
        assert (row["state"], row["words"], row["tries"]) == ("refused", "550 5.1.1 User unknown", 1)

    def test_what_must_wait_waits_longer_each_time_and_is_given_up(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        host.says = lambda command, _address: "451 4.3.0 later" if command == "RCPT" else None
        ask(story, [order(story, casey)])
        now = LATER
        for pause in PAUSES:
            assert send(story.database, host, now) == 0
            assert only(story.database)["state"] == "waiting"
            n_before = only(story.database)["tries"]
            send(story.database, host, now + pause - timedelta(seconds=1))
            assert only(story.database)["tries"] == n_before
            now += pause
        send(story.database, host, now)
        row = only(story.database)
        assert (row["state"], row["words"], row["tries"]) == ("given_up", "451 4.3.0 later", len(PAUSES) + 1)

    def test_a_server_that_takes_nothing_now_costs_the_others_no_try(self, story: Story, host: MailHost) -> None:
        people = {name: story.invite(name) for name in ("Ada", "Bea", "Cleo")}
        host.says = self.says("421 too busy")
        ask(story, [order(story, each, name) for name, each in people.items()])
        assert send(story.database, host) == 0
        assert sorted(row["tries"] for row in rows(story.database, "message")) == [0, 0, 1]
        assert set(states(story.database).values()) == {"waiting"}
        assert send(story.database, host, LATER + PAUSES[0]) == 3

    @pytest.mark.parametrize("said", [CUT, KEEP_AND_CUT])
    def test_what_nobody_knows_is_said_so_and_never_sent_again_by_itself(
        self, story: Story, casey: Invited, host: MailHost, said: str
    ) -> None:
        host.says = self.says(said, command="DATA")
        ask(story, [order(story, casey)])
        for now in (LATER, after(days=5)):
            assert send(story.database, host, now) == 0
            sweep_mails(story.database, now)
        row = only(story.database)
        assert row["state"] == "unknown"
        assert "it may have taken the mail" in str(row["words"])

    def test_one_person_who_cannot_be_reached_holds_nobody_up(self, story: Story, host: MailHost) -> None:
        people = {name: story.invite(name) for name in ("Ada", "Bea", "Cleo")}
        host.says = lambda _command, address: "550 no" if address.startswith("bea") else None
        ask(story, [order(story, each, name) for name, each in people.items()])
        assert send(story.database, host) == 2
        assert sorted(states(story.database).values()) == ["refused", "sent", "sent"]

    def test_a_worker_that_is_to_stop_finishes_one_mail_and_gives_the_rest_back(
        self, story: Story, host: MailHost
    ) -> None:
        people = {name: story.invite(name) for name in ("Ada", "Bea", "Cleo")}
        ask(story, [order(story, each, name) for name, each in people.items()])
        asked: list[bool] = []

        def stopping() -> bool:
            asked.append(True)
            return len(asked) > 1

        assert send_due_mails(work(story.database, host), stopping) == 1
        assert sorted(states(story.database).values()) == ["sent", "waiting", "waiting"]
        assert sorted(row["tries"] for row in rows(story.database, "message")) == [0, 0, 1]
