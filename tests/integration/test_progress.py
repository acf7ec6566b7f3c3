"""How an opening stands, counted by both databases, and what is done for many at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from eiassess.domain.deadlines import Deadline
from eiassess.domain.mail_kinds import INVITATION
from eiassess.domain.mail_states import MailState
from eiassess.domain.openings import OpeningSettings
from eiassess.domain.progress import Stage
from eiassess.errors import NotFoundError
from eiassess.persistence.tables import AdjustmentRecord, AssessmentSessionRecord, MessageRecord
from eiassess.services.hiring.extending import extend_candidates
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.hiring.opening_settings import change_settings
from eiassess.services.hiring.withdrawing import withdraw_candidates
from eiassess.services.links import LinkClosedError
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.progress.actions import remind_candidates, send_new_links
from eiassess.services.progress.overview import Progress, ProgressQuery, get_progress, list_matching
from eiassess.services.sitting.answers import record_consent
from eiassess.services.sitting.deadlines import hand_in_due
from tests.candidates import add_many
from tests.hiring_story import LINKS, NOON, VARIED, Invited, Story, after, rows
from tests.statements import asked


def progress(story: Story, now: datetime = NOON, **query: object) -> Progress:
    return get_progress(story.database, story.alice, story.opening, ProgressQuery(**query), now)  # type: ignore[arg-type]  # its fields


def stages(story: Story, now: datetime = NOON, **query: object) -> dict[str, Stage]:
    return {row.name: row.stage for row in progress(story, now, **query).rows}


def mail(story: Story, invited: Invited, state: MailState, now: datetime = NOON) -> None:
    with story.database.writing() as db:
        order = MailOrder("Casey", "casey@example.org", opening_id=story.opening, session_id=invited.session_id)
        record = db.get_one(MessageRecord, queue_mail(db, INVITATION, order, now))
        record.state = state
        db.add(record)


def tell_all(story: Story) -> dict[str, Invited]:
    """Somebody at each stage, as things stand an hour after noon."""
    people = {name: story.invite(name) for name in ("Invited", "Bounced", "Opened", "Withdrawn")}
    mail(story, people["Bounced"], MailState.BOUNCED)
    record_consent(story.database, people["Opened"].invitation_id, NOON)
    people |= {name: story.begun(name) for name in ("Started", "Forgot", "Expired")}
    people["Started"].answer_all(VARIED, 3)
    people["Forgot"].answer_all(VARIED)
    people["Robin"] = story.submitted("Robin")
    withdraw_candidates(story.database, story.alice, story.opening, [people["Withdrawn"].session_id], NOON)
    return people


def test_everybody_stands_somewhere_and_is_counted_there(story: Story) -> None:
    tell_all(story)
    now = after(hours=1)
    expected = {
        "Invited": Stage.INVITED, "Bounced": Stage.NOT_DELIVERED, "Opened": Stage.OPENED, "Started": Stage.STARTED,
        "Forgot": Stage.STARTED, "Expired": Stage.STARTED, "Robin": Stage.HANDED_IN, "Withdrawn": Stage.WITHDRAWN,
    }  # fmt: skip
    assert stages(story, now) == expected
    found = progress(story, now)
    assert found.counts == {stage: list(expected.values()).count(stage) for stage in Stage}
    assert (found.n_all, found.n_matching, found.median_minutes) == (8, 8, None)
    assert [(row.n_answered, row.n_scenarios) for row in found.rows if row.name == "Started"] == [(3, 16)]
    later = after(days=20)
    assert hand_in_due(story.database, later).failed == ()
    ended = stages(story, later)
    assert ended == dict.fromkeys(expected, Stage.EXPIRED) | {
        "Robin": Stage.HANDED_IN, "Withdrawn": Stage.WITHDRAWN, "Forgot": Stage.HANDED_IN_FOR_THEM,
    }  # fmt: skip


def test_a_filter_shows_those_at_one_stage(story: Story) -> None:
    tell_all(story)
    now = after(hours=1)
    for stage in Stage:
        shown = stages(story, now, stage=stage)
        assert set(shown.values()) <= {stage}
        assert progress(story, now, stage=stage).n_matching == len(shown) == progress(story, now).counts[stage]
    matching = list_matching(story.database, story.alice, story.opening, ProgressQuery(Stage.STARTED), now)
    assert [row.name for row in matching] == ["Started", "Forgot", "Expired"]


def test_the_latest_mail_says_whether_somebody_was_reached(story: Story) -> None:
    casey = story.invite("Casey")
    for minute, (state, stage) in enumerate([
        (MailState.SENT, Stage.INVITED), (MailState.REFUSED, Stage.NOT_DELIVERED), (MailState.WAITING, Stage.INVITED),
        (MailState.GIVEN_UP, Stage.NOT_DELIVERED), (MailState.NOT_NEEDED, Stage.NOT_DELIVERED),
    ]):  # fmt: skip
        mail(story, casey, state, after(minutes=minute))
        assert stages(story, after(hours=1)) == {"Casey": stage}


def test_whose_first_mail_waits_is_not_invited_yet(story: Story) -> None:
    casey = story.invite("Casey")
    for minute, (state, stage) in enumerate([
        (MailState.WAITING, Stage.NOT_SENT), (MailState.SENDING, Stage.NOT_SENT), (MailState.SENT, Stage.INVITED),
        (MailState.WAITING, Stage.INVITED),
    ]):  # fmt: skip
        mail(story, casey, state, after(minutes=minute))
        assert stages(story, after(hours=1)) == {"Casey": stage}
    assert progress(story, after(hours=1)).counts[Stage.INVITED] == 1


def test_time_that_was_given_to_one_person_is_shown_with_them(story: Story) -> None:
    casey, _ = story.invite("Casey"), story.invite("Robin")
    done = story.submitted("Done")
    people = [casey.session_id, done.session_id]
    extend_candidates(story.database, story.alice, story.opening, people[:1], after(days=40), NOON)
    with story.database.writing() as db:
        db.get_one(AssessmentSessionRecord, done.session_id).ends_at = after(days=40)
    assert [row.own_end for row in progress(story, NOON).rows] == [after(days=40), None, None]
    set_up(story, deadline=Deadline(after(days=60), "UTC"))
    assert [row.own_end for row in progress(story, NOON).rows] == [None, None, None]
    set_up(story, deadline=Deadline(after(days=20), "Europe/Berlin"))
    found = progress(story, NOON)
    assert (found.rows[0].own_end, found.zone) == (after(days=40), "Europe/Berlin")


def set_up(story: Story, **what: object) -> None:
    settings = replace(OpeningSettings("Adviser"), **what)  # type: ignore[arg-type]  # its fields
    change_settings(story.database, story.alice, story.opening, settings, NOON)


def test_time_ends_by_the_deadline_the_limit_or_an_extension(story: Story) -> None:
    set_up(story, deadline=Deadline(after(days=30), "UTC"), time_limit_minutes=60)
    began, waits = story.begun("Began"), story.invite("Waits")
    assert stages(story, after(minutes=59)) == {"Began": Stage.STARTED, "Waits": Stage.INVITED}
    assert stages(story, after(minutes=60)) == {"Began": Stage.EXPIRED, "Waits": Stage.INVITED}
    assert stages(story, after(days=29))["Waits"] is Stage.INVITED
    extend_candidates(story.database, story.alice, story.opening, [waits.session_id], after(days=40), NOON)
    assert stages(story, after(days=30))["Waits"] is Stage.INVITED
    assert stages(story, after(days=40))["Waits"] is Stage.EXPIRED
    assert began


def test_times_that_one_person_was_given_move_nothing_here(story: Story) -> None:
    """Their factor and their own end are for the contact for adjustments alone."""
    set_up(story, deadline=Deadline(after(days=3), "UTC"), time_limit_minutes=60)
    given, like_others = story.begun("Given"), story.begun("Others")
    with story.database.writing() as db:
        db.add(AdjustmentRecord(session_id=given.session_id, factor=2, ends_at=after(days=9), given_at=NOON))
    for now in (after(minutes=30), after(minutes=90), after(days=5)):
        assert len(set(stages(story, now).values())) == 1
    assert like_others


def test_who_is_quiet_or_near_the_end_and_was_not_written_to_needs_a_nudge(story: Story) -> None:
    set_up(story, deadline=Deadline(after(days=30), "UTC"))
    quiet, written = story.invite("Quiet"), story.invite("Written")
    mail(story, written, MailState.SENT, after(days=9))
    story.submitted("Robin")
    assert progress(story, after(days=2)).n_nudge == 0
    assert [row.name for row in progress(story, after(days=10), nudge=True).rows] == ["Quiet"]
    assert [row.name for row in progress(story, after(days=12), nudge=True).rows] == ["Quiet", "Written"]
    near = after(days=28)
    assert progress(story, near).n_nudge == 2
    assert remind_candidates(story.database, story.alice, story.opening, [quiet.session_id], near) == 1
    assert [row.name for row in progress(story, near, nudge=True, stage=Stage.INVITED).rows] == ["Written"]
    assert progress(story, near, nudge=True, stage=Stage.OPENED).rows == ()


def test_the_median_time_is_told_from_five_people_on(story: Story) -> None:
    add_many(story.database, story.opening, [f"Nora {n}" for n in range(4)], NOON, handed_in=4)
    assert progress(story).median_minutes is None
    add_many(story.database, story.opening, ["Ida"], NOON, handed_in=1)
    assert progress(story).median_minutes == pytest.approx(16)


def test_a_page_takes_as_many_statements_for_200_as_for_5(story: Story) -> None:
    def statements() -> int:
        with asked() as told:
            found = progress(story, page=99)
        assert found.query.page == found.n_pages
        return len(told)

    assert progress(story).rows == ()
    add_many(story.database, story.opening, [f"Nora {n}" for n in range(5)], NOON)
    statements()  # what is pinned is held from here on
    few = statements()
    add_many(story.database, story.opening, [f"Ida {n}" for n in range(195)], NOON)
    assert statements() == few
    assert [progress(story, page=page).rows[0].name for page in (1, 4)] == ["Nora 0", "Ida 145"]


def reminders(story: Story) -> list[str]:
    return sorted(row["recipient_email"] for row in rows(story.database, "message") if row["kind"] == "reminder")


def ids(people: dict[str, Invited], names: Sequence[str]) -> list[str]:
    return [people[name].session_id for name in names]


def test_reminders_go_to_those_who_can_still_hand_in_and_again_to_the_same_person(story: Story) -> None:
    people = tell_all(story)
    everybody = [each.session_id for each in people.values()]
    now = after(hours=1)
    assert remind_candidates(story.database, story.alice, story.opening, everybody, now) == 5
    assert "bounced@example.org" not in reminders(story), "their invitation did not reach them"
    assert "robin@example.org" not in reminders(story)
    assert "withdrawn@example.org" not in reminders(story)
    assert remind_candidates(story.database, story.alice, story.opening, ids(people, ["Started"]), now) == 1
    assert reminders(story).count("started@example.org") == 2


def test_new_links_close_the_old_ones_and_keep_the_answers(story: Story) -> None:
    people = tell_all(story)
    wanted = ids(people, ["Started", "Robin", "Withdrawn"])
    assert send_new_links(story.database, LINKS, story.alice, story.opening, wanted, after(hours=1)) == 1
    with pytest.raises(LinkClosedError):
        open_invitation(story.database, people["Started"].token)
    assert open_invitation(story.database, people["Robin"].token)
    assert [row["recipient_email"] for row in rows(story.database, "message") if row["kind"] == "new_link"] == [
        "started@example.org"
    ]
    assert len([row for row in rows(story.database, "item_response") if row["session_id"] == wanted[0]]) == 3
    assert stages(story, after(hours=1))["Started"] is Stage.STARTED


def test_others_see_and_do_nothing(story: Story) -> None:
    casey = story.invite("Casey")
    uses = (
        lambda who: get_progress(story.database, who, story.opening, ProgressQuery(), NOON),
        lambda who: list_matching(story.database, who, story.opening, ProgressQuery(), NOON),
        lambda who: remind_candidates(story.database, who, story.opening, [casey.session_id], NOON),
        lambda who: send_new_links(story.database, LINKS, who, story.opening, [casey.session_id], NOON),
    )
    for use, who in product(uses, (story.charlie, story.dana)):
        with pytest.raises(NotFoundError):
            use(who)
    assert remind_candidates(story.database, story.charlie, story.other_opening, [casey.session_id], NOON) == 0
    assert rows(story.database, "message") == []


def test_who_gets_more_time_is_written_to_and_nobody_else(story: Story) -> None:
    people = tell_all(story)
    everybody = [each.session_id for each in people.values()]
    until = after(days=30)
    for _ in range(2):  # the second time nobody gains anything
        extend_candidates(story.database, story.alice, story.opening, everybody, until, after(hours=1))
    moved = [row["recipient_email"] for row in rows(story.database, "message") if row["kind"] == "deadline_moved"]
    names = ("invited", "bounced", "opened", "started", "forgot", "expired")
    assert moved == [f"{name}@example.org" for name in names]
