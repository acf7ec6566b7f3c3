"""Reminders planned before a deadline: sent once, to those who have not handed in when the day comes."""

from dataclasses import replace
from datetime import datetime

import pytest

from eiassess.domain.deadlines import Deadline
from eiassess.domain.mail_kinds import NEW_LINK
from eiassess.domain.mail_states import UNDELIVERED, MailState
from eiassess.domain.openings import OpeningSettings
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import AssessmentSessionRecord, MessageRecord
from eiassess.services.hiring.extending import extend_candidates
from eiassess.services.hiring.invitations import replace_invitation
from eiassess.services.hiring.opening_settings import change_settings
from eiassess.services.hiring.withdrawing import withdraw_candidates
from eiassess.services.jobs.working import LostLeaseError, claim_job, sweep_jobs
from eiassess.services.progress.actions import remind_candidates
from eiassess.services.progress.reminder_plans import (
    cancel_reminder,
    count_unreached,
    list_reminded,
    list_reminders,
    plan_reminder,
    work_off_reminder,
)
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import LINKS, NOON, VARIED, Invited, Story, after, rows
from tests.mailing import ask, order

DUE = after(days=27)
MOVED = "Not sent: the deadline was moved after this was planned"


@pytest.fixture
def ending(story: Story) -> Story:
    """The story's opening with a deadline in 30 days."""
    move(story, after(days=30))
    return story


def move(story: Story, until: datetime) -> None:
    settings = replace(OpeningSettings("Adviser"), deadline=Deadline(until, "UTC"))
    change_settings(story.database, story.alice, story.opening, settings, NOON)


def reminded(story: Story) -> list[str]:
    return [row["recipient_name"] for row in rows(story.database, "message") if row["kind"] == "reminder"]


def work(story: Story, now: datetime) -> list[str]:
    """Work off what is due; return what is said of the reminders."""
    work_off(WorkPlace(story.database, lambda: now))
    return [each.words for each in list_reminders(story.database, story.alice, story.opening)]


def test_it_goes_once_to_those_who_have_not_handed_in_when_its_day_comes(ending: Story) -> None:
    casey, gone, longer = ending.begun("Casey"), ending.invite("Gone"), ending.invite("Longer")
    ending.invite("Sam")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    assert [each.due_at for each in list_reminders(ending.database, ending.alice, ending.opening)] == [DUE]
    named = list_reminded(ending.database, ending.alice, ending.opening, NOON)
    assert named == ("Casey", "Gone", "Longer", "Sam")
    casey.answer_all(VARIED)
    ending.hand_in(casey)
    withdraw_candidates(ending.database, ending.alice, ending.opening, [gone.session_id], NOON)
    extend_candidates(ending.database, ending.alice, ending.opening, [longer.session_id], after(days=40), NOON)
    ending.invite("Late", now=after(days=20))
    assert work(ending, after(days=26)) == [""]
    assert work(ending, DUE) == ["Sent to 2 people", ""]
    assert reminded(ending) == ["Sam", "Late"]
    assert work(ending, after(days=28)) == ["Sent to 2 people", ""]
    assert reminded(ending) == ["Sam", "Late"]


def test_who_gets_more_time_after_a_reminder_was_worked_off_is_reminded_too(ending: Story) -> None:
    sam, kim = ending.invite("Sam"), ending.invite("Kim")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    plan_reminder(ending.database, ending.alice, ending.opening, 29, NOON)
    work(ending, DUE)
    for person, days in ((sam, 31), (sam, 40), (kim, 40)):
        extend_candidates(ending.database, ending.alice, ending.opening, [person.session_id], after(days=days), DUE)
    found = list_reminders(ending.database, ending.alice, ending.opening)
    assert {(each.due_at, each.own_end) for each in found if each.own_end} == {
        (after(days=28), after(days=31)), (after(days=37), after(days=40)),
    }, "once for each end, and none whose day has passed"  # fmt: skip
    before = len(reminded(ending))
    work(ending, after(days=28))
    assert len(reminded(ending)) == before, "nobody ends then any more"
    work(ending, after(days=37))
    assert reminded(ending)[before:] == ["Sam", "Kim"]
    move(ending, after(days=60))
    extend_candidates(ending.database, ending.alice, ending.opening, [sam.session_id], after(days=90), after(days=38))
    assert after(days=90) not in {
        each.own_end for each in list_reminders(ending.database, ending.alice, ending.opening)
    }, "of another deadline"


def test_who_has_a_later_end_of_their_own_is_reminded_as_many_days_before_it(ending: Story) -> None:
    ending.invite("Sam")
    longer, longest = ending.invite("Longer"), ending.invite("Longest")
    for person, days in ((longer, 40), (longest, 50)):
        extend_candidates(ending.database, ending.alice, ending.opening, [person.session_id], after(days=days), NOON)
    assert list_reminded(ending.database, ending.alice, ending.opening, NOON) == ("Sam", "Longer", "Longest")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    work(ending, DUE)
    found = list_reminders(ending.database, ending.alice, ending.opening)
    assert [(each.due_at, each.own_end) for each in found] == [
        (DUE, None), (after(days=37), after(days=40)), (after(days=47), after(days=50)),
    ]  # fmt: skip
    plan_reminder(ending.database, ending.alice, ending.opening, 1, DUE)
    work(ending, after(days=29))
    work(ending, after(days=37))
    assert reminded(ending) == ["Sam", "Sam", "Longer"]
    ends = [rows_of["given"] for rows_of in rows(ending.database, "message") if rows_of["recipient_name"] == "Longer"]
    assert after(days=40).isoformat() in ends[-1]
    said = work(ending, after(days=47))
    assert reminded(ending) == ["Sam", "Sam", "Longer", "Longest"]
    due = [each.due_at for each in list_reminders(ending.database, ending.alice, ending.opening)]
    assert dict(zip(due, said, strict=True))[after(days=39)] == "Sent to 0 people", "their time was over by then"


def test_who_has_an_end_of_their_own_is_reminded_once_too_when_the_deadline_moves_meanwhile(ending: Story) -> None:
    pat = ending.invite("Pat")
    extend_candidates(ending.database, ending.alice, ending.opening, [pat.session_id], after(days=50), NOON)
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    work(ending, DUE)
    move(ending, after(days=40))
    plan_reminder(ending.database, ending.alice, ending.opening, 3, DUE)
    work(ending, after(days=37))
    assert reminded(ending) == []
    said = work(ending, after(days=47))
    assert reminded(ending) == ["Pat"], "once"
    assert sorted(said[2:]) == [MOVED, "Sent to 1 person"]


def test_a_reminder_of_the_old_deadline_does_not_stand_in_the_way_of_one_at_the_same_time(ending: Story) -> None:
    ending.invite("Casey")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    move(ending, after(days=32))
    for _ in range(2):
        plan_reminder(ending.database, ending.alice, ending.opening, 5, NOON)
    assert sorted(work(ending, DUE)) == [MOVED, "Sent to 1 person"]
    assert reminded(ending) == ["Casey"]


def test_a_deadline_that_was_moved_takes_its_reason_away(ending: Story) -> None:
    ending.invite("Casey")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    move(ending, after(days=60))
    (planned,) = list_reminders(ending.database, ending.alice, ending.opening)
    assert not planned.holds
    assert work(ending, DUE) == [MOVED]
    assert reminded(ending) == []
    plan_reminder(ending.database, ending.alice, ending.opening, 3, DUE)
    work(ending, after(days=57))
    assert reminded(ending) == ["Casey"]


def invited_by_mail(story: Story, name: str, state: MailState) -> Invited:
    """Invite somebody by a mail that has come to an end."""
    person = story.invite(name)
    (mail,) = ask(story, [order(story, person, name)])
    with story.database.writing() as db:
        db.get_one(MessageRecord, mail).state = state.value
    return person


def test_who_was_never_reached_is_not_reminded_unless_they_have_a_link_from_elsewhere(ending: Story) -> None:
    for state in (*UNDELIVERED, MailState.UNKNOWN, MailState.SENT):
        invited_by_mail(ending, state.words.title().replace(" ", ""), state)
    handed, begun, again = (invited_by_mail(ending, name, MailState.BOUNCED) for name in ("Handed", "Begun", "Again"))
    replace_invitation(ending.database, LINKS, handed.session_id, after(hours=1))
    with ending.database.writing() as db:
        db.get_one(AssessmentSessionRecord, begun.session_id).consented_at = NOON
    (link,) = ask(ending, [order(ending, again, "Again")], NEW_LINK, after(hours=1))
    with ending.database.writing() as db:
        db.get_one(MessageRecord, link).state = MailState.SENT.value
    everybody = [row["id"] for row in rows(ending.database, "assessment_session")]
    expected = ["NotKnown", "Sent", "Handed", "Begun", "Again"]
    assert list(list_reminded(ending.database, ending.alice, ending.opening, NOON)) == expected
    assert count_unreached(ending.database, ending.alice, ending.opening, NOON) == len(UNDELIVERED)
    assert remind_candidates(ending.database, ending.alice, ending.opening, everybody, DUE) == len(expected)
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    assert work(ending, DUE) == ["Sent to 5 people"]
    assert reminded(ending) == expected * 2


def test_a_worker_that_died_after_the_mails_sends_none_again(ending: Story) -> None:
    ending.invite("Casey")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    first = claim_job(ending.database, DUE)
    assert first
    assert work_off_reminder(ending.database, first, DUE) == "Sent to 1 person"
    assert sweep_jobs(ending.database, after(days=28)) == 1
    assert work(ending, after(days=29)) == ["Sent to 1 person"]
    assert reminded(ending) == ["Casey"]


def test_a_worker_that_lost_its_job_sends_nothing(ending: Story) -> None:
    ending.invite("Casey")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    late = claim_job(ending.database, DUE)
    assert late
    sweep_jobs(ending.database, after(days=28))
    with pytest.raises(LostLeaseError):
        work_off_reminder(ending.database, late, after(days=28))
    assert reminded(ending) == []


def test_what_waits_can_be_taken_back(ending: Story) -> None:
    ending.invite("Casey")
    plan_reminder(ending.database, ending.alice, ending.opening, 3, NOON)
    (planned,) = list_reminders(ending.database, ending.alice, ending.opening)
    with pytest.raises(NotFoundError):
        cancel_reminder(ending.database, ending.charlie, ending.other_opening, planned.id)
    cancel_reminder(ending.database, ending.alice, ending.opening, planned.id)
    assert work(ending, DUE) == []
    assert reminded(ending) == []


@pytest.mark.parametrize("days", [0, 31, 30])
def test_its_day_has_to_lie_ahead(ending: Story, days: int) -> None:
    with pytest.raises(InvalidInputError, match="1 to 30 days"):
        plan_reminder(ending.database, ending.alice, ending.opening, days, after(minutes=1))


def test_without_a_deadline_or_for_others_nothing_is_planned(story: Story) -> None:
    with pytest.raises(RefusedError, match="give the opening one first"):
        plan_reminder(story.database, story.alice, story.opening, 3, NOON)
    with pytest.raises(NotFoundError):
        plan_reminder(story.database, story.dana, story.opening, 3, NOON)
    assert list_reminded(story.database, story.alice, story.opening, NOON) == ()
