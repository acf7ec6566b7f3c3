"""What a mail server answers decides what becomes of a mail: taken, tried again, or given up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from eiassess.domain.mail_kinds import ONE_USE_CODE
from eiassess.services.mailing.sending import (
    PAUSES,
    WAITED_FOR_TRIES,
    sweep_mails,
)
from eiassess.worker.mails import send_due_mails
from tests.hiring_story import Invited, Story, after, rows
from tests.mail_host import CUT, KEEP_AND_CUT, MailHost
from tests.mailing import LATER, ask, only, order, send, states, work


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

    def test_a_code_goes_out_within_a_minute_after_a_short_outage(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        host.says = lambda command, _address: "421 too busy" if command == "RCPT" else None
        given = {"code": "482 913", "purpose": "see your data", "minutes": "15"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE, LATER)
        for minute in range(10):
            assert send(story.database, host, LATER + timedelta(minutes=minute)) == 0
        host.says = lambda _command, _address: None
        assert send(story.database, host, LATER + timedelta(minutes=10)) == 1

    def test_a_code_is_tried_as_long_as_it_is_of_use(self, story: Story, casey: Invited, host: MailHost) -> None:
        host.says = lambda command, _address: "451 4.3.0 later" if command == "RCPT" else None
        given = {"code": "482 913", "purpose": "see your data", "minutes": "15"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE, LATER)
        for minute in range(20):
            assert send(story.database, host, LATER + timedelta(minutes=minute)) == 0
        row = only(story.database)
        assert (row["state"], row["words"]) == ("not_needed", "The code was too old before it could be sent")
        assert row["tries"] == 16

    def test_what_is_waited_for_and_never_grows_too_old_is_given_up_too(
        self, story: Story, casey: Invited, host: MailHost
    ) -> None:
        host.says = lambda command, _address: "451 4.3.0 later" if command == "RCPT" else None
        given = {"code": "482 913", "purpose": "see your data", "minutes": "999"}
        ask(story, [order(story, casey, given=given)], ONE_USE_CODE, LATER)
        for minute in range(WAITED_FOR_TRIES + 5):
            send(story.database, host, LATER + timedelta(minutes=minute))
        row = only(story.database)
        assert (row["state"], row["tries"]) == ("given_up", WAITED_FOR_TRIES)

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
