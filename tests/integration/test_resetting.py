"""A new password by mail: one row for whoever asks, one link for whoever is known, used once."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select

from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import MessageRecord, UserRecord
from eiassess.services.links import LinkClosedError, LinkPurpose
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import HIDDEN_LINK, MailSources
from eiassess.services.people.accounts import Account, find_user_record
from eiassess.services.people.resetting import (
    MAILS_AN_HOUR,
    ask_new_password,
    choose_password,
    find_reset,
    get_reset_account,
    mail_asked_resets,
)
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import LINKS, NOON, Story, after, at_once, rows
from tests.mail_host import MailHost
from tests.mailing import text, work
from tests.missing_tables import missing

NEW = "lamp otter bridge seven"
ALICE = "alice@example.org"


def ask(story: Story, email: str = ALICE, now: datetime = NOON) -> None:
    ask_new_password(story.database, LINKS, email, now)


def asked(story: Story, now: datetime = NOON) -> str:
    """The id of the link that was mailed now."""
    ask(story, now=now)
    assert mail_asked_resets(story.database, now) == 1
    return open_links(story)[-1]["id"]


def open_links(story: Story) -> list[dict[str, Any]]:
    return [row for row in rows(story.database, "password_reset") if row["mailed_at"] is not None]


def test_the_worker_mails_the_link_and_it_opens_what_was_asked_for(story: Story, host: MailHost) -> None:
    woken: list[bool] = []
    story.database.wake = lambda: woken.append(True)
    ask(story)
    assert woken == [True]
    work_off(WorkPlace(story.database, lambda: NOON, work(story.database, host, lambda: NOON)))
    assert host.recipients == [ALICE]
    token = text(host).split("https://hiring.example.org/reset/")[1].split("\n")[0]
    reset = find_reset(story.database, token, NOON)
    assert get_reset_account(story.database, reset, NOON).email == ALICE
    assert rows(story.database, "message")[0]["given"] == "{}"


def test_without_a_server_for_mails_nothing_is_answered(story: Story) -> None:
    ask(story)
    work_off(WorkPlace(story.database, lambda: NOON))
    assert rows(story.database, "message") == []


def test_nobody_is_mailed_at_an_address_without_an_account(story: Story) -> None:
    ask(story, "nobody@example.org")
    assert len(rows(story.database, "password_reset")) == 1
    assert mail_asked_resets(story.database, NOON) == 0
    assert rows(story.database, "password_reset") == rows(story.database, "message") == []
    assert mail_asked_resets(story.database, NOON) == 0


def test_of_several_wishes_the_newest_is_mailed(story: Story) -> None:
    for minutes in (0, 1):
        ask(story, now=after(minutes=minutes))
    assert mail_asked_resets(story.database, after(minutes=2)) == 1
    (link,) = open_links(story)
    assert link["id"] == max(rows(story.database, "password_reset"), key=lambda row: str(row["asked_at"]))["id"]


def test_what_was_asked_long_ago_is_not_mailed(story: Story) -> None:
    ask(story)
    assert mail_asked_resets(story.database, after(hours=1)) == 0
    assert rows(story.database, "password_reset") == []


def test_a_link_that_nobody_used_is_forgotten(story: Story) -> None:
    asked(story)
    assert mail_asked_resets(story.database, after(minutes=59)) == 0
    assert len(open_links(story)) == 1
    assert mail_asked_resets(story.database, after(hours=1)) == 0
    assert open_links(story) == []


def test_whoever_looks_at_the_mail_does_not_see_the_link(story: Story) -> None:
    asked(story)
    with story.database.reading() as db:
        (record,) = db.exec(select(MessageRecord)).all()
        texts = [
            make_mail(db, record, sources, NOON).mail.text
            for sources in (MailSources(LINKS, "Alice"), MailSources(None, "Alice", to_reader=True))
        ]
    assert all(HIDDEN_LINK in each and "/reset/" not in each for each in texts)


def test_who_asks_often_gets_few_mails_and_keeps_the_last_link(story: Story) -> None:
    links = [asked(story, after(minutes=minute)) for minute in range(MAILS_AN_HOUR)]
    ask(story, now=after(minutes=10))
    assert mail_asked_resets(story.database, after(minutes=10)) == 0
    assert get_reset_account(story.database, links[-1], after(minutes=10)).email == ALICE
    with pytest.raises(LinkClosedError):
        get_reset_account(story.database, links[0], after(minutes=10))
    assert asked(story, after(minutes=61))


def test_a_mail_whose_link_was_replaced_is_not_sent(story: Story, host: MailHost) -> None:
    asked(story)
    asked(story, after(minutes=1))
    work_off(WorkPlace(story.database, lambda: after(minutes=2), work(story.database, host, lambda: after(minutes=2))))
    assert len(host.taken) == 1
    assert sorted(row["words"] for row in rows(story.database, "message") if row["state"] == "not_needed") == [
        "The link was used, replaced by a newer one, or too old before it could be sent"
    ]


def test_a_mail_that_waited_for_an_hour_is_not_sent(story: Story, host: MailHost) -> None:
    asked(story)
    work_off(WorkPlace(story.database, lambda: after(hours=1), work(story.database, host, lambda: after(hours=1))))
    assert host.taken == []


def test_the_password_is_set_and_all_sessions_end(story: Story) -> None:
    before = find_user_record(story.database, email=ALICE)
    assert choose_password(story.database, asked(story), NEW, after(minutes=1)).email == ALICE
    changed = find_user_record(story.database, email=ALICE)
    assert before
    assert changed
    assert (changed.password != before.password, changed.fs_uniquifier != before.fs_uniquifier) == (True, True)
    assert rows(story.database, "password_reset") == []


def test_of_two_at_once_one_sets_the_password(story: Story) -> None:
    reset = asked(story)
    results = at_once(2, lambda n: choose_password(story.database, reset, f"{NEW} {n}", NOON))
    assert sorted(isinstance(each, LinkClosedError) for each in results) == [False, True]


def test_a_password_that_is_easily_guessed_leaves_the_link_open(story: Story) -> None:
    reset = asked(story)
    with pytest.raises(InvalidInputError, match="among the first that people guess"):
        choose_password(story.database, reset, "password1234", NOON)
    assert choose_password(story.database, reset, NEW, NOON)


def test_who_was_switched_off_gets_no_mail_and_no_way_in(story: Story) -> None:
    reset = asked(story)
    with story.database.writing() as db:
        db.get_one(UserRecord, story.alice).active = False
    with pytest.raises(LinkClosedError):
        choose_password(story.database, reset, NEW, NOON)
    ask(story, now=after(minutes=1))
    assert mail_asked_resets(story.database, after(minutes=1)) == 0


def test_a_wish_that_was_not_mailed_yet_opens_nothing(story: Story) -> None:
    ask(story)
    (row,) = rows(story.database, "password_reset")
    with pytest.raises(LinkClosedError):
        find_reset(story.database, LINKS.token(LinkPurpose.RESET, row["id"]), NOON)


def test_the_audit_tells_it_from_a_password_that_somebody_changed(story: Story) -> None:
    choose_password(story.database, asked(story), NEW, NOON)
    (entry,) = rows(story.database, "audit_entry")
    assert (entry["action"], entry["actor_id"], entry["object_id"]) == (
        "account.reset-password",
        story.alice,
        story.alice,
    )


@pytest.mark.parametrize("attempt", range(3))
def test_choosing_and_mailing_at_once_wait_for_each_other_in_one_order(story: Story, attempt: int) -> None:
    reset, now = asked(story), after(minutes=2)
    for email in (ALICE, "bob@example.org"):
        ask(story, email, after(minutes=1))
    works = (
        lambda: choose_password(story.database, reset, f"{NEW} {attempt}", now),
        lambda: mail_asked_resets(story.database, now),
    )
    chosen, mailed = at_once(2, lambda n: works[n]())
    assert isinstance(chosen, Account | LinkClosedError)
    assert mailed in {1, 2}


def test_what_cannot_be_mailed_keeps_nobody_else_waiting(
    story: Story, host: MailHost, caplog: pytest.LogCaptureFixture
) -> None:
    asked(story)
    ask(story, "bob@example.org")
    place = WorkPlace(story.database, lambda: NOON, work(story.database, host, lambda: NOON))
    with missing(story.database, "password_reset"):
        work_off(place)
    assert "Mails for new passwords could not be asked for" in caplog.text
