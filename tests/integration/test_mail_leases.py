"""A mail belongs to one worker for a while: who is slow, dead or late changes nothing that is another's."""

from datetime import datetime, timedelta

import pytest

from eiassess.domain.mail_kinds import ONE_USE_CODE
from eiassess.persistence.tables import (
    MessageRecord,
)
from eiassess.services.mailing.sending import (
    LEASE,
    Claim,
    begin_handing_over,
    claim_due,
    make_ready,
    record_later,
    record_refused,
    record_sent,
    record_unknown,
    release,
    sweep_mails,
)
from tests.hiring_story import NOON, Invited, Story, after, at_once
from tests.mailing import SOURCES, ask, only, order
from tests.statements import asked


class TestLeases:
    @pytest.fixture
    def claim(self, story: Story, casey: Invited) -> Claim:
        ask(story, [order(story, casey)])
        return claim_due(story.database, NOON, at_most=10)[0]

    def ready(self, story: Story, claim: Claim, now: datetime = NOON) -> object:
        return make_ready(story.database, SOURCES, lambda mail_id: f"<{mail_id}@x.org>", claim, now)

    def test_a_mail_is_claimed_by_one(self, story: Story) -> None:
        people = [story.invite(f"Person{number}") for number in range(12)]
        ask(story, [order(story, each, f"Person{number}") for number, each in enumerate(people)])
        claims = at_once(4, lambda _: claim_due(story.database, NOON, at_most=5))
        ids = [claim.id for found in claims for claim in found]  # type: ignore[union-attr]  # no exception
        assert len(ids) == len(set(ids)) == 12

    def test_a_code_is_claimed_first_and_the_rest_in_the_order_in_which_they_wait(
        self, story: Story, casey: Invited
    ) -> None:
        """Elsewhere: one order for both read and sorted all that waited for each claim."""
        people = [story.invite(name) for name in ("Ada", "Bea", "Cleo")]
        waiting = ask(story, [order(story, each, each.session_id) for each in people])
        given = {"code": "482 913", "purpose": "see your data", "minutes": "15"}
        (code,) = ask(story, [order(story, casey, given=given)], ONE_USE_CODE, after(minutes=1))
        with asked() as statements:
            first = claim_due(story.database, after(minutes=2), at_most=2)
        assert [each.id for each in first] == [code, min(waiting)]
        assert not any("CASE" in each for each in statements), "no index holds such an order"
        assert len(claim_due(story.database, after(minutes=2), at_most=9)) == 2

    def test_a_mail_is_made_while_somebody_writes_and_holds_nobody_up(
        self, story: Story, casey: Invited, claim: Claim
    ) -> None:
        """On SQLite one writes at a time, and a candidate's save would wait while a mail is made."""
        del casey
        with story.database.writing() as db:
            assert db.get(MessageRecord, claim.id, with_for_update=True)
            assert self.ready(story, claim)

    def test_what_is_not_due_is_not_claimed(self, story: Story, casey: Invited) -> None:
        ask(story, [order(story, casey, due_at=after(minutes=5))])
        assert claim_due(story.database, after(minutes=4), at_most=10) == ()
        assert len(claim_due(story.database, after(minutes=5), at_most=10)) == 1

    def test_before_the_text_a_dead_workers_mail_waits_again(self, story: Story, claim: Claim) -> None:
        assert sweep_mails(story.database, NOON + LEASE - timedelta(seconds=1)).waiting == 0
        swept = sweep_mails(story.database, NOON + LEASE)
        assert (swept.waiting, swept.unknown) == (1, 0)
        again = claim_due(story.database, NOON + LEASE, at_most=10)
        assert again == (Claim(claim.id, claim.fence + 1),)

    def test_after_it_nobody_knows(self, story: Story, claim: Claim) -> None:
        assert begin_handing_over(story.database, claim, "<m@x.org>", NOON)
        swept = sweep_mails(story.database, NOON + LEASE)
        assert (swept.waiting, swept.unknown) == (0, 1)
        row = only(story.database)
        assert (row["state"], row["lease_until"]) == ("unknown", None)
        assert "it may have arrived" in str(row["words"])
        assert claim_due(story.database, after(days=9), at_most=10) == ()

    def test_a_worker_that_was_only_slow_still_says_what_the_server_said(self, story: Story, claim: Claim) -> None:
        assert begin_handing_over(story.database, claim, "<m@x.org>", NOON)
        sweep_mails(story.database, NOON + LEASE)
        assert record_sent(story.database, claim, "250 ok", NOON + LEASE)
        assert only(story.database)["state"] == "sent"

    def test_whoever_lost_the_lease_changes_nothing_and_hands_nothing_over(self, story: Story, claim: Claim) -> None:
        sweep_mails(story.database, NOON + LEASE)
        (newer,) = claim_due(story.database, NOON + LEASE, at_most=10)
        before = only(story.database)
        assert self.ready(story, claim) is None
        assert not begin_handing_over(story.database, claim, "<m@x.org>", NOON + LEASE)
        assert not record_sent(story.database, claim, "250 ok", NOON + LEASE)
        record_refused(story.database, claim, "550 no")
        record_unknown(story.database, claim, "who knows")
        record_later(story.database, claim, "451 later", NOON + LEASE)
        release(story.database, [claim])
        assert only(story.database) == before
        assert self.ready(story, newer, NOON + LEASE) is not None

    def test_a_mail_whose_person_was_erased_meanwhile_is_nobodys(self, story: Story, claim: Claim) -> None:
        with story.database.writing() as db:
            db.connection().exec_driver_sql("DELETE FROM message")
        assert self.ready(story, claim) is None
        assert not begin_handing_over(story.database, claim, "<m@x.org>", NOON)
