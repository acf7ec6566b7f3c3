"""Who is asked how those work who were hired: once, when the days are over, and only somebody who can rate."""

from datetime import timedelta

import pytest

from eiassess.domain.mail_states import MailState
from eiassess.domain.openings import MemberPart
from eiassess.persistence.tables import (
    OpeningMemberRecord,
    UserRecord,
)
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import NotNeededError
from eiassess.services.outcomes.recording import rate_work
from eiassess.services.outcomes.switching import get_outcomes
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import Story, after, rows
from tests.mail_host import MailHost
from tests.mailing import send
from tests.outcomes import DUE, GONE, RATED, SOURCES, hired, mails, move, text


def test_whoever_recorded_the_hiring_is_asked_once_when_the_days_are_over(asking: Story) -> None:
    hired(asking), hired(asking, "Robin")
    due = after(hours=2, days=90)
    delete_expired(asking.database, due - timedelta(minutes=1))
    assert mails(asking, "work_asked") == []
    for hours in (0, 1):
        delete_expired(asking.database, due + timedelta(hours=hours))
    (asked,) = mails(asking, "work_asked")
    assert (asked.recipient_email, asked.session_id) == ("alice@example.org", None)
    words = text(asking, asked, due)
    assert f"https://hiring.example.org/openings/{asking.opening}/outcomes" in words
    assert "about 90 days ago" in words
    assert "Casey" not in words + asked.given
    assert all(each.asked for each in get_outcomes(asking.database, asking.alice, asking.opening, 90).hired)


def test_the_mail_that_asks_is_made_by_reading_alone_and_sent(asking: Story, host: MailHost) -> None:
    hired(asking)
    due = after(hours=2, days=90)
    delete_expired(asking.database, due)
    (asked,) = mails(asking, "work_asked")
    with asking.database.reading() as db:
        assert "about 90 days ago" in make_mail(db, asked, SOURCES, due).mail.text
    send(asking.database, host, due)
    assert "alice@example.org" in {each.to for each in host.taken}
    assert mails(asking, "work_asked")[0].state == MailState.SENT


def recruits_no_more(story: Story, *people: str) -> None:
    with story.database.writing() as db:
        for user in people:
            db.delete(db.get_one(OpeningMemberRecord, (story.opening, user, MemberPart.RECRUITS.value)))


def test_if_whoever_recorded_it_is_gone_somebody_else_who_recruits_is_asked(asking: Story) -> None:
    hired(asking)
    recruits_no_more(asking, asking.alice)
    delete_expired(asking.database, DUE)
    (asked,) = mails(asking, "work_asked")
    assert asked.recipient_email == "bob@example.org"
    assert "about 90 days ago" in text(asking, asked, DUE)


def test_if_nobody_could_rate_nobody_is_asked_until_somebody_can(asking: Story) -> None:
    hired(asking)
    recruits_no_more(asking, asking.bob)
    with asking.database.writing() as db:
        db.get_one(UserRecord, asking.alice).active = False
    delete_expired(asking.database, DUE)
    assert mails(asking, "work_asked") == []
    assert rows(asking.database, "study_link")[0]["asked_at"] is None
    with asking.database.writing() as db:
        db.get_one(UserRecord, asking.alice).active = True
    delete_expired(asking.database, DUE + timedelta(days=1))
    assert [each.recipient_email for each in mails(asking, "work_asked")] == ["alice@example.org"]


def test_it_is_looked_at_again_when_the_mail_is_sent(asking: Story) -> None:
    casey, robin = hired(asking), hired(asking, "Robin")
    due = after(hours=2, days=90)
    delete_expired(asking.database, due)
    (asked,) = mails(asking, "work_asked")
    rate_work(asking.database, asking.alice, casey.session_id, RATED, due)
    assert text(asking, asked, due)
    move(asking, GONE, robin)
    with pytest.raises(NotNeededError, match="nobody left to rate"):
        text(asking, asked, due)
