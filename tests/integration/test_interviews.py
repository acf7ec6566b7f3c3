"""Interviews: planned, changed and called off, waiting for somebody, and gone with the candidate."""

import pytest

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.openings import Combination, MemberPart
from eiassess.domain.requests import AdjustmentKind
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import AssessmentSessionRecord, FormerContactRecord, OpeningMemberRecord, OpeningRecord
from eiassess.services import Database
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.hiring.opening_members import set_parts
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.hiring.withdrawing import withdraw_own
from eiassess.services.interviews.planning import InterviewPlan, call_off, change_plan, plan_interview
from eiassess.services.interviews.rating import get_closed_interview, record_ratings
from eiassess.services.interviews.waiting import interviews_somebody, list_at_interview, list_own_interviews
from eiassess.services.once import AlreadyDoneError
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import Story, after, everything_stored, rows, switch_on, tables, tell_story
from tests.interviews import COMPETENCIES, let_interview, plan, points, rate, read, seen, sheet

SECRET = "xylophone"


def test_an_interview_is_planned_with_people_of_the_opening(story: Story) -> None:
    ann = story.submitted("Ann")
    plan(story, ann, "bob", "dana", day="2026-12-04")
    found = seen(story, ann)
    (interview,) = found.interviews
    assert (interview.number, interview.day, interview.is_held) == (1, "2026-12-04", False)
    assert [(each.name, each.has_rated) for each in interview.interviewers] == [("Bob", False), ("Dana", False)]
    assert [each.name for each in found.possible] == ["Alice", "Bob", "Dana"]
    for people, day, field in (
        ((), "", "interviewers"),
        ((story.charlie,), "", "interviewers"),
        ((story.bob,), "4.12.", "day"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            plan_interview(story.database, story.alice, ann.session_id, InterviewPlan(people, day), after(hours=2))
        assert refused.value.field == field
    plan(story, ann, "alice")
    assert [each.number for each in seen(story, ann).interviews] == [1, 2]


@pytest.mark.parametrize("written", ["20261204", "2026-W49-5", "2026-12-04"])
def test_a_day_is_kept_in_one_way_however_it_is_written(story: Story, written: str) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", day=written)
    assert [each.day for each in seen(story, ann).interviews] == ["2026-12-04"]
    change_plan(story.database, story.alice, interview, InterviewPlan((story.bob,), written), after(hours=3))
    assert [each.day for each in seen(story, ann).interviews] == ["2026-12-04"]


def test_a_form_posted_twice_plans_and_rates_once(story: Story) -> None:
    ann = story.submitted("Ann")
    wanted = InterviewPlan((story.bob,))
    interview = plan_interview(story.database, story.alice, ann.session_id, wanted, after(hours=2), form="f")
    with pytest.raises(AlreadyDoneError):
        plan_interview(story.database, story.alice, ann.session_id, wanted, after(hours=2), form="f")
    assert record_ratings(story.database, story.bob, interview, points(4), after(hours=3), form="g") == len(
        COMPETENCIES
    )
    with pytest.raises(AlreadyDoneError):
        record_ratings(story.database, story.bob, interview, points(4), after(hours=3), form="g")


def test_the_contact_for_adjustments_neither_plans_nor_rates(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob")
    with story.database.writing() as db:
        db.add(OpeningMemberRecord(opening_id=story.opening, user_id=story.bob, part=MemberPart.ADJUSTMENTS))
    for use in (
        lambda: rate(story, interview, "bob", 4),
        lambda: call_off(story.database, story.bob, interview, after(hours=3)),
        lambda: plan_interview(story.database, story.bob, ann.session_id, InterviewPlan((story.dana,)), after(hours=3)),
    ):
        with pytest.raises(RefusedError, match="records no stage, rating or decision"):
            use()


def test_who_knows_of_requests_cannot_be_named(story: Story) -> None:
    ann = story.invite("Ann")
    with story.database.writing() as db:
        db.add(FormerContactRecord(opening_id=story.opening, user_id=story.bob, until=after(hours=2)))
    ask_adjustment(story.database, ann.invitation_id, AdjustmentKind.CALL, "After four.", after(hours=1))
    assert [each.name for each in seen(story, ann).possible] == ["Alice", "Dana"]
    with pytest.raises(InvalidInputError):
        plan(story, ann, "bob")


def test_a_plan_changes_but_keeps_whoever_has_rated(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")

    def change(*people: str, day: str = "") -> None:
        named = tuple(story.people[each].id for each in people)
        change_plan(story.database, story.alice, interview, InterviewPlan(named, day), after(hours=3))

    change("dana", "alice", day="2026-12-05")
    (found,) = seen(story, ann).interviews
    assert ([each.name for each in found.interviewers], found.day) == (["Alice", "Dana"], "2026-12-05")
    rate(story, interview, "dana", 4)
    with pytest.raises(RefusedError, match="Whoever has rated stays"):
        change("alice")
    with pytest.raises(RefusedError, match="cannot be called off"):
        call_off(story.database, story.alice, interview, after(hours=4))
    set_parts(story.database, story.opening, story.dana, [], after(hours=4))
    change("dana", "bob")
    with pytest.raises(NotFoundError):
        change_plan(story.database, story.alice, "nothing", InterviewPlan((story.bob,)), after(hours=4))
    with pytest.raises(NotFoundError):
        change_plan(story.database, story.charlie, interview, InterviewPlan((story.bob,)), after(hours=4))


def test_what_is_called_off_waits_for_nobody(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob")
    call_off(story.database, story.alice, interview, after(hours=3))
    assert list_own_interviews(story.database, story.bob) == ()
    assert seen(story, ann).interviews[0].called_off_at == after(hours=3)
    with pytest.raises(NotFoundError):
        rate(story, interview, "bob", 4)
    with pytest.raises(RefusedError, match="called off"):
        call_off(story.database, story.alice, interview, after(hours=4))
    closed = get_closed_interview(story.database, story.bob, interview)
    assert (closed.candidate, closed.withdrawn) == ("Ann", False)
    for other in (story.dana, story.charlie):
        with pytest.raises(NotFoundError):
            get_closed_interview(story.database, other, interview)
    with pytest.raises(NotFoundError):
        get_closed_interview(story.database, story.bob, "nothing")
    with pytest.raises(NotFoundError):
        get_closed_interview(story.database, story.bob, plan(story, ann, "bob", hours=4))


def test_what_waits_stands_first_by_day(story: Story) -> None:
    ann, kim, lou = (story.submitted(name) for name in ("Ann", "Kim", "Lou"))
    assert not interviews_somebody(story.database, story.dana)
    done = plan(story, ann, "dana", day="2026-12-01")
    plan(story, kim, "dana")
    plan(story, lou, "dana", day="2026-12-09")
    rate(story, done, "dana", 3)
    found = list_own_interviews(story.database, story.dana)
    assert [(each.candidate, each.waits) for each in found] == [("Lou", True), ("Kim", True), ("Ann", False)]
    assert interviews_somebody(story.database, story.dana)
    assert not interviews_somebody(story.database, story.bob)
    let_interview(story, "bob")
    assert interviews_somebody(story.database, story.bob)


def test_who_withdrew_waits_for_nobody(story: Story) -> None:
    ann = story.begun("Ann")
    first, second = plan(story, ann, "bob", "dana"), plan(story, ann, "alice")
    rate(story, first, "bob", 3)
    withdraw_own(story.database, ann.invitation_id, after(hours=4))
    for interview, who in ((first, "dana"), (second, "alice")):
        assert list_own_interviews(story.database, story.people[who].id) == ()
        with pytest.raises(NotFoundError):
            sheet(story, interview, who)
        with pytest.raises(NotFoundError):
            rate(story, interview, who, 4, hours=5)
    assert (seen(story, ann).owed, seen(story, ann).sight.can_ask) == ("", True)
    with pytest.raises(RefusedError, match="has withdrawn"):
        plan(story, ann, "dana", hours=5)
    with pytest.raises(RefusedError, match="has withdrawn"):
        change_plan(story.database, story.alice, second, InterviewPlan((story.bob,)), after(hours=5))
    call_off(story.database, story.alice, second, after(hours=5))


def test_the_openings_rule_holds_only_where_scores_may_put_in_order(story: Story) -> None:
    ann = story.submitted("Ann")
    with story.database.writing() as db:
        opening = db.get_one(OpeningRecord, story.opening)
        opening.combination = Combination.INTERVIEW_TWICE
        db.add(opening)
    assert seen(story, ann).combination is Combination.APART
    switch_on(story.database, story.opening)
    found = seen(story, ann)
    assert found.combination is Combination.INTERVIEW_TWICE
    assert found.overall is not None
    assert seen(story, story.invite("Kim")).overall is None


def test_a_manager_learns_who_stands_at_the_interview_of_those_released(story: Story) -> None:
    ann, kim, lou = (story.submitted(name) for name in ("Ann", "Kim", "Lou"))
    for each in (ann, kim):
        release_candidate(story.database, story.alice, each.session_id, after(hours=2))
    people = [each.session_id for each in (ann, kim, lou)]
    step = Decision(DecisionStage.INTERVIEW)
    move_candidates(story.database, story.alice, story.opening, people, step, after(hours=2))
    assert [each.candidate for each in list_at_interview(story.database, story.dana)] == ["Ann", "Kim"]
    interview = plan(story, ann, "dana")
    assert [each.candidate for each in list_at_interview(story.database, story.dana)] == ["Kim"]
    call_off(story.database, story.alice, interview, after(hours=3))
    assert len(list_at_interview(story.database, story.dana)) == 2
    assert list_at_interview(story.database, story.alice) == ()
    with story.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, kim.session_id)
        session.submitted_at = None
        db.add(session)
    assert [each.candidate for each in list_at_interview(story.database, story.dana)] == ["Ann"]


def test_one_can_interview_before_anything_is_handed_in(story: Story) -> None:
    ann = story.invite("Ann")
    interview = plan(story, ann, "bob")
    assert sheet(story, interview, "bob").score is None
    rate(story, interview, "bob", 3)


@pytest.mark.usefixtures("quick_passwords")
def test_the_migration_leaves_candidates_as_they_were(empty_url: str) -> None:
    upgrade_database(empty_url)
    database = Database(empty_url)
    story = tell_story(database)
    ann = story.submitted("Ann")
    rate(story, plan(story, ann, "bob"), "bob", 4)
    before = rows(database, "assessment_session")
    database.close()
    downgrade_database(empty_url, "0020")
    assert rows(database, "assessment_session") == before
    assert "interview_rating" not in tables(database)
    database.close()
    upgrade_database(empty_url)
    rate(story, plan(story, ann, "bob"), "bob", 2)
    assert {each["rating"] for each in rows(database, "interview_rating")} == {2}
    database.close()


def test_all_of_it_goes_with_the_candidate(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")
    rate(story, interview, "bob", 4, note=SECRET)
    rate(story, interview, "dana", 4)
    read(story, ann, "dana")
    assert delete_expired(story.database, after(days=400)) == 1
    assert SECRET not in everything_stored(story.database)
    assert ann.session_id not in everything_stored(story.database)
