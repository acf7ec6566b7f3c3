"""What is seen of mails, what a person does about them, and what came back."""

from dataclasses import replace
from datetime import datetime

import pytest

from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    HANDED_IN,
    INVITATION,
    ONE_USE_CODE,
    REMINDER,
    REQUEST_ANSWERED,
    MailKind,
)
from eiassess.domain.mail_states import MailState
from eiassess.domain.mails.wording import MailWording
from eiassess.domain.openings import MemberPart
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import AdjustmentRecord, MessageRecord, OpeningMemberRecord, OpeningRecord
from eiassess.services import Database
from eiassess.services.mailing.following_up import (
    mark_bounced,
    record_bounce,
    retry_dead_letters,
    send_again,
    send_again_by_operator,
    send_trial,
)
from eiassess.services.mailing.reading_all import list_all_mails, show_any_mail
from eiassess.services.mailing.showing import MAILS_A_PAGE, list_mails, show_mail
from tests.hiring_story import NOON, Invited, Story, after, rows
from tests.mail_host import MailHost
from tests.mailing import LATER, SOURCES, ask, only, order, send, states

TO_STAFF = replace(SOURCES, to_reader=False)
HIDDEN = replace(TO_STAFF, links=None)
GIVEN = {"answer": "You have 50 minutes.", "code": "482 913", "purpose": "x", "minutes": "15"}


def put(story: Story, person: Invited, state: MailState, kind: MailKind = INVITATION, **values: object) -> str:
    """Ask for a mail and have it stand somewhere."""
    given = {name: GIVEN[name] for name in kind.placeholders if kind.is_secret and name in GIVEN}
    (mail_id,) = ask(story, [order(story, person, given=given)], kind)
    with story.database.writing() as db:
        record = db.get_one(MessageRecord, mail_id)
        record.state = state.value
        for name, value in values.items():
            setattr(record, name, value)
    return mail_id


class TestSeeing:
    def test_mails_are_counted_filtered_and_paged(self, story: Story, casey: Invited) -> None:
        ask(story, [order(story, casey)] * (MAILS_A_PAGE + 1))
        put(story, casey, MailState.SENT)
        found = list_mails(story.database, story.alice, story.opening)
        assert (found.opening_title, len(found.lines), found.n_found) == ("Customer service adviser", 50, 52)
        assert found.counts == {MailState.WAITING: 51, MailState.SENT: 1}
        assert len(list_mails(story.database, story.alice, story.opening, page=2).lines) == 2
        sent = list_mails(story.database, story.alice, story.opening, states=(MailState.SENT,))
        assert (len(sent.lines), sent.n_found) == (1, 1)

    def test_only_those_who_recruit_for_the_opening_see_them(self, story: Story, casey: Invited) -> None:
        mail_id = put(story, casey, MailState.SENT)
        for who in (story.charlie, story.dana):
            with pytest.raises(NotFoundError):
                list_mails(story.database, who, story.opening)
            with pytest.raises(NotFoundError):
                show_mail(story.database, who, mail_id, TO_STAFF, NOON)
        with pytest.raises(NotFoundError):
            show_mail(story.database, story.alice, "nowhere", TO_STAFF, NOON)
        (of_nobody,) = ask(story, [replace(order(story, casey), opening_id=None)])
        with pytest.raises(NotFoundError):
            show_mail(story.database, story.alice, of_nobody, TO_STAFF, NOON)

    def test_answers_to_requests_are_for_the_contact_for_adjustments(self, story: Story, casey: Invited) -> None:
        mail_id = put(story, casey, MailState.SENT, REQUEST_ANSWERED)
        assert list_mails(story.database, story.alice, story.opening, by_hand=True).lines == ()
        part = OpeningMemberRecord(opening_id=story.opening, user_id=story.bob, part=MemberPart.ADJUSTMENTS.value)
        with story.database.writing() as db:
            db.add(part)
        assert len(list_mails(story.database, story.bob, story.opening).lines) == 1
        shown = show_mail(story.database, story.bob, mail_id, TO_STAFF, NOON)
        assert "You have 50 minutes." in shown.text

    def test_a_time_that_only_the_person_may_know_is_in_their_mail_alone(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        with story.database.writing() as db:
            db.add(AdjustmentRecord(session_id=casey.session_id, ends_at=after(days=40), given_at=NOON))
        mail_id = put(story, casey, MailState.WAITING)
        seen = show_mail(story.database, story.alice, mail_id, HIDDEN, NOON)
        assert "by Monday 16 November 2026, 12:00 (UTC)" in seen.text
        assert "(the link, which only they see)" in seen.text
        send(story.database, host)
        body = host.taken[0].message.get_body(("plain",))
        assert body
        assert "by Saturday 12 December 2026, 12:00 (UTC)" in body.get_content()

    def test_a_time_limit_is_named_and_what_one_person_was_given_to_them_alone(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        kinds = (INVITATION, REMINDER, DEADLINE_MOVED)
        unlimited = [put(story, casey, MailState.SENT, kind) for kind in kinds]
        texts = [show_mail(story.database, story.alice, each, HIDDEN, NOON).text for each in unlimited]
        assert "You can stop at any time and go on later" in texts[0]
        assert not [text for text in texts if "from the first of them on" in text]
        with story.database.writing() as db:
            db.get_one(OpeningRecord, story.opening).time_limit_minutes = 30
            db.add(AdjustmentRecord(session_id=casey.session_id, factor=2, given_at=NOON))
        texts = [show_mail(story.database, story.alice, each, HIDDEN, NOON).text for each in unlimited]
        assert "at any time" not in texts[0]
        said = "you have 30 minutes from the first of them on, breaks included"
        assert [text.count(said) for text in texts] == [1, 1, 1]
        put(story, casey, MailState.WAITING)
        send(story.database, host, after(minutes=1))
        body = host.taken[0].message.get_body(("plain",))
        assert body
        assert "60 minutes" in " ".join(body.get_content().split())

    def test_when_somebody_with_more_time_handed_in_is_told_to_nobody_else(self, story: Story, host: MailHost) -> None:
        casey = story.submitted()
        (receipt,) = list_mails(story.database, story.alice, story.opening).lines
        assert receipt.kind == HANDED_IN
        given = AdjustmentRecord(session_id=casey.session_id, given_at=NOON, handed_in_at=after(days=30))
        with story.database.writing() as db:
            db.add(given)
        assert list_mails(story.database, story.alice, story.opening).lines == ()
        with pytest.raises(NotFoundError):
            show_mail(story.database, story.alice, receipt.id, TO_STAFF, NOON)
        send(story.database, host)
        body = host.taken[0].message.get_body(("plain",))
        assert body
        assert "on Wednesday 2 December 2026, 12:00 (UTC)" in body.get_content()

    def test_looking_changes_nothing_even_when_the_secret_was_changed(self, story: Story, casey: Invited) -> None:
        mail_id = put(story, casey, MailState.WAITING)
        changed = replace(TO_STAFF, links=replace(SOURCES.links, secret="another secret, as long as the one before"))  # type: ignore[type-var]  # there is one
        before = rows(story.database, "invitation")
        shown = show_mail(story.database, story.alice, mail_id, changed, NOON)
        assert "the mail will carry a new link" in shown.not_needed
        assert rows(story.database, "invitation") == before

    def test_whoever_runs_the_installation_sees_all_but_secrets(self, story: Story, casey: Invited) -> None:
        invitation = put(story, casey, MailState.SENT)
        code = put(story, casey, MailState.WAITING, ONE_USE_CODE)
        assert {line.id for line in list_all_mails(story.database)} == {invitation, code}
        assert [line.id for line in list_all_mails(story.database, MailState.SENT)] == [invitation]
        assert "(the link, which only they see)" in show_any_mail(story.database, invitation, HIDDEN, NOON).text
        with pytest.raises(RefusedError, match="for its reader alone"):
            show_any_mail(story.database, code, HIDDEN, NOON)
        assert "482 913" in show_any_mail(story.database, code, TO_STAFF, NOON).text
        with pytest.raises(NotFoundError, match="There is no mail 'x'"):
            show_any_mail(story.database, "x", HIDDEN, NOON)


class TestSendingAgain:
    @pytest.mark.parametrize("state", [MailState.UNKNOWN, MailState.SENT, MailState.BOUNCED, MailState.GIVEN_UP])
    def test_the_same_mail_goes_out_once_more(
        self, story: Story, casey: Invited, host: MailHost, state: MailState
    ) -> None:
        mail_id = put(story, casey, state, message_id="<first@example.org>", tries=8)
        send_again(story.database, story.alice, mail_id, LATER)
        assert send(story.database, host) == 1
        assert host.taken[0].message_id == "<first@example.org>"
        assert only(story.database)["tries"] == 1

    @pytest.mark.parametrize("state", [MailState.WAITING, MailState.SENDING, MailState.NOT_NEEDED])
    def test_not_what_is_on_its_way_or_was_not_needed(self, story: Story, casey: Invited, state: MailState) -> None:
        mail_id = put(story, casey, state)
        with pytest.raises(RefusedError, match="cannot be sent again"):
            send_again_by_operator(story.database, mail_id, NOON)

    def test_not_a_secret_that_was_forgotten(self, story: Story, casey: Invited, host: MailHost) -> None:
        mail_id = put(story, casey, MailState.WAITING, ONE_USE_CODE)
        send(story.database, host, after(minutes=1))
        with pytest.raises(RefusedError, match="was forgotten when it was sent"):
            send_again_by_operator(story.database, mail_id, NOON)

    def test_not_what_there_is_not(self, story: Story) -> None:
        with pytest.raises(NotFoundError, match="There is no mail 'x'"):
            send_again_by_operator(story.database, "x", NOON)

    def test_dead_letters_are_tried_again_together_and_no_others(self, story: Story, casey: Invited) -> None:
        kept = {put(story, casey, each): each for each in (MailState.UNKNOWN, MailState.BOUNCED, MailState.SENT)}
        dead = [put(story, casey, each) for each in (MailState.REFUSED, MailState.GIVEN_UP)]
        assert retry_dead_letters(story.database, story.alice, story.opening, NOON) == 2
        assert states(story.database) == kept | dict.fromkeys(dead, "waiting")
        with pytest.raises(NotFoundError):
            retry_dead_letters(story.database, story.charlie, story.opening, NOON)


class TestComingBack:
    def test_a_report_marks_the_likeliest_of_our_mails(self, story: Story, casey: Invited) -> None:
        first = put(story, casey, MailState.SENT, message_id="<a@x.org>")
        second = put(story, casey, MailState.SENT, message_id="<b@x.org>")
        assert record_bounce(story.database, ["f" * 24, second, first], "550 no") == second
        assert states(story.database) == {first: "sent", second: "bounced"}
        assert record_bounce(story.database, [second], "551 other words") == second  # read again
        assert {row["words"] for row in rows(story.database, "message")} == {"", "550 no"}

    @pytest.mark.parametrize(
        ("written_at", "state"),
        [(after(hours=-1), "sent"), (after(minutes=-9), "bounced"), (after(hours=1), "bounced"), (None, "bounced")],
    )
    def test_a_report_from_before_a_mail_was_sent_again_marks_nothing(
        self, story: Story, casey: Invited, written_at: datetime | None, state: str
    ) -> None:
        mail_id = put(story, casey, MailState.SENT, message_id="<a@x.org>", sent_at=NOON)
        assert record_bounce(story.database, [mail_id], "550 no", written_at) == mail_id
        assert states(story.database) == {mail_id: state}

    @pytest.mark.parametrize("ids", [[], ["f" * 24]])
    def test_what_is_not_ours_marks_nothing(self, database: Database, ids: list[str]) -> None:
        assert record_bounce(database, ids, "550 no") is None

    def test_a_mail_that_was_never_handed_over_cannot_have_come_back(self, story: Story, casey: Invited) -> None:
        mail_id = put(story, casey, MailState.WAITING)
        assert record_bounce(story.database, [mail_id], "550 no") is None
        with pytest.raises(RefusedError, match="Only a mail that was sent"):
            mark_bounced(story.database, story.alice, mail_id, "550 no")

    def test_by_hand(self, story: Story, casey: Invited) -> None:
        mail_id = put(story, casey, MailState.SENT)
        mark_bounced(story.database, story.alice, mail_id, "")
        assert (only(story.database)["state"], only(story.database)["words"]) == ("bounced", "Marked by hand")


class TestTrying:
    def test_a_trial_goes_to_whoever_wrote_it_with_made_up_values(self, story: Story, host: MailHost) -> None:
        written = MailWording("About ((opening))", "Dear ((name)), ask ((contact)).\n\n((link))")
        assert (
            send_trial(story.database, story.alice, story.opening, "invitation", written, NOON) == "alice@example.org"
        )
        assert rows(story.database, "mail_template") == []
        assert send(story.database, host) == 1
        body = host.taken[0].message.get_body(("plain",))
        assert body
        assert host.recipients == ["alice@example.org"]
        assert host.taken[0].message["Subject"] == "About Customer service adviser"
        assert body.get_content().startswith("Dear Casey Berg, ask Alice.")

    def test_it_is_checked_and_for_members_alone(self, story: Story) -> None:
        with pytest.raises(InvalidInputError):
            send_trial(story.database, story.alice, story.opening, "invitation", MailWording("x", "((y))"), NOON)
        with pytest.raises(NotFoundError):
            send_trial(story.database, story.dana, story.opening, "invitation", MailWording("x", "((link))"), NOON)
        assert rows(story.database, "message") == []


def test_a_mail_that_cannot_be_made_waits_and_holds_nobody_up(
    story: Story, casey: Invited, host: MailHost, caplog: pytest.LogCaptureFixture
) -> None:
    """Elsewhere: one broken row stopped everybody's."""
    broken = put(story, casey, MailState.WAITING, given="{")
    good = put(story, casey, MailState.WAITING)
    assert send(story.database, host) == 1
    assert states(story.database) == {broken: "waiting", good: "sent"}
    assert "could not be made" in caplog.text
