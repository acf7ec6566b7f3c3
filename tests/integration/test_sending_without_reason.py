"""A mail is not sent when there is no reason for it any more."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col

from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    HANDED_IN,
    INVITATION,
    NEW_LINK,
    ONE_USE_CODE,
    REMINDER,
    MailKind,
)
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    MessageRecord,
    OpeningRecord,
)
from eiassess.services.hiring.invitations import replace_invitation, revoke_invitation
from tests.hiring_story import LINKS, NOON, VARIED, Invited, Story, after
from tests.mail_host import MailHost
from tests.mailing import ask, only, order, send, text


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
