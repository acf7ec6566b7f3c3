"""The end of somebody's time: what is still taken, what comes late, and who hands in."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from eiassess.domain.sessions import HandedInBy, SessionState
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    ItemResponseRecord,
    OpeningRecord,
)
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.sitting import deadlines
from eiassess.services.sitting.answers import (
    NotSittingError,
    TimeOverError,
    get_sitting,
    record_consent,
    record_practice,
    record_practice_answer,
)
from eiassess.services.sitting.deadlines import hand_in_due, list_failed_hand_ins
from eiassess.services.sitting.handing_in import submit_session
from eiassess.services.sitting.late import late_answers
from eiassess.services.sitting.showings import record_showing
from tests.hiring_story import NOON, VARIED, Invited, Story, after, rows, standard_form

SCENARIOS = standard_form().form.scenarios
FIRST, LAST = SCENARIOS[0], SCENARIOS[-1]
THREES = dict.fromkeys(FIRST.option_ids, 3)
END = after(hours=5)
ENOUGH = 11
"""Two thirds of the form's 16 scenarios, rounded up."""


def settings(story: Story, **changed: object) -> None:
    """Change the opening, as its settings do."""
    with story.database.writing() as db:
        opening = db.get_one(OpeningRecord, story.opening)
        for name, value in changed.items():
            setattr(opening, name, value)
        db.add(opening)


def give(story: Story, session_id: str, *, factor: float = 1.0, ends_at: datetime | None = None) -> None:
    """Give somebody times, as the contact for adjustments does."""
    with story.database.writing() as db:
        db.add(AdjustmentRecord(session_id=session_id, factor=factor, ends_at=ends_at, given_at=NOON))


def late(seconds: float) -> datetime:
    return END + timedelta(seconds=seconds)


def state(casey: Invited) -> tuple[SessionState, HandedInBy | None, datetime | None]:
    sitting = get_sitting(casey.database, casey.invitation_id)
    return sitting.state, sitting.handed_in_by, sitting.submitted_at


@pytest.fixture
def ending(story: Story) -> Story:
    settings(story, deadline_at=END)
    return story


class TestTheEnd:
    def test_the_openings_deadline_goes_before_the_day_that_a_link_names(self, ending: Story) -> None:
        casey = ending.invite()
        assert get_sitting(casey.database, casey.invitation_id).times.ends_at == END
        settings(ending, deadline_at=after(days=40))
        assert get_sitting(casey.database, casey.invitation_id).times.ends_at == after(days=40)

    def test_a_limit_runs_from_the_first_scenario(self, ending: Story) -> None:
        settings(ending, time_limit_minutes=40)
        casey = ending.invite()
        assert get_sitting(casey.database, casey.invitation_id).times.ends_at == END
        record_consent(casey.database, casey.invitation_id, after(minutes=5))
        record_practice(casey.database, casey.invitation_id, after(minutes=10))
        record_practice(casey.database, casey.invitation_id, after(minutes=30))
        assert get_sitting(casey.database, casey.invitation_id).times.ends_at == after(minutes=50)

    def test_a_persons_own_times_move_the_limit_and_the_deadline(self, ending: Story) -> None:
        settings(ending, time_limit_minutes=40)
        casey = ending.begun()
        give(ending, casey.session_id, factor=1.5, ends_at=END + timedelta(hours=1))
        times = get_sitting(casey.database, casey.invitation_id).times
        assert (times.ends_at, times.own_deadline) == (after(minutes=60), END + timedelta(minutes=80))

    def test_whoever_has_no_link_yet_has_no_time(self, story: Story) -> None:
        casey = story.invite()
        with story.database.writing() as db:
            db.connection().exec_driver_sql("DELETE FROM invitation")
            assert times_of(db, db.get_one(AssessmentSessionRecord, casey.session_id)).ends_at == NOON


class TestAnswersAtTheEnd:
    def test_what_was_on_its_way_is_taken_for_a_minute(self, ending: Story) -> None:
        casey = ending.begun()
        assert casey.save(FIRST.id, THREES, now=late(60)) == 1

    def test_an_overdue_sitting_takes_nothing_before_the_server_ends_it(self, ending: Story) -> None:
        """The sweep may come an hour later: the clock decides, not the sweep."""
        casey = ending.begun()
        with pytest.raises(TimeOverError, match="too late") as refused:
            casey.save(FIRST.id, THREES, now=late(61))
        assert (refused.value.ended_at, refused.value.given) == (END, THREES)
        assert refused.value.answers == len(THREES)
        assert rows(ending.database, "item_response") == []
        assert rows(ending.database, "scenario_showing") == []

    def test_late_answers_are_counted_once_each_and_not_kept(self, ending: Story) -> None:
        casey = ending.begun()
        casey.save(FIRST.id, THREES)
        changed = {**THREES, FIRST.option_ids[0]: 5}
        for _ in range(2):
            with pytest.raises(TimeOverError):
                casey.save(FIRST.id, changed, 1, now=late(90))
        with pytest.raises(TimeOverError):
            casey.save(LAST.id, {LAST.option_ids[0]: 2, LAST.option_ids[1]: 2}, now=late(99))
        with ending.database.reading() as db:
            assert late_answers(db, [casey.session_id]) == {casey.session_id: 3}
            assert late_answers(db, []) == {}
        assert {row["scenario_id"] for row in rows(ending.database, "late_answer")} == {FIRST.id, LAST.id}
        assert "5" not in [str(row.get("ratings")) for row in rows(ending.database, "late_answer")]

    def test_what_was_saved_in_time_and_is_sent_again_succeeds(self, ending: Story) -> None:
        casey = ending.begun()
        casey.save(FIRST.id, THREES)
        assert casey.save(FIRST.id, THREES, 0, now=late(3600)) == 1
        assert rows(ending.database, "late_answer") == []

    def test_nothing_else_is_done_after_the_end(self, ending: Story) -> None:
        casey, robin = ending.begun("Casey"), ending.invite("Robin")
        practice = standard_form().form.practice[0]
        record_showing(casey.database, casey.invitation_id, FIRST.id, late(0))
        assert rows(ending.database, "scenario_showing") == []
        with pytest.raises(TimeOverError):
            record_consent(robin.database, robin.invitation_id, late(61))
        for use_case in (record_practice, submit_session):
            with pytest.raises(TimeOverError):
                use_case(casey.database, casey.invitation_id, late(61))
        with pytest.raises(TimeOverError):
            record_practice_answer(
                casey.database, casey.invitation_id, practice.id, {practice.option_ids[0]: 2}, late(61)
            )

    def test_whoever_hands_in_with_the_last_minute_hands_in_themselves(self, ending: Story) -> None:
        casey = ending.begun()
        casey.answer_all(VARIED)
        submit_session(casey.database, casey.invitation_id, late(59))
        assert state(casey) == (SessionState.SUBMITTED, HandedInBy.CANDIDATE, late(59))


class TestHandingInByTheServer:
    def test_what_is_saved_is_handed_in_as_of_the_end(self, ending: Story) -> None:
        casey = ending.begun()
        casey.answer_all(VARIED, ENOUGH)
        assert hand_in_due(ending.database, late(60)).handed_in == ()
        assert hand_in_due(ending.database, late(3000)).handed_in == (casey.session_id,)
        assert state(casey) == (SessionState.SUBMITTED, HandedInBy.SERVER, END)
        assert len(rows(ending.database, "score")) == 1
        assert hand_in_due(ending.database, late(4000)).handed_in == ()

    @pytest.mark.parametrize("reason", ["too little", "not wanted", "withdrawn", "in time", "by themselves"])
    def test_others_are_left_as_they_are(self, ending: Story, reason: str) -> None:
        casey = ending.begun()
        casey.answer_all(VARIED, ENOUGH - 1 if reason == "too little" else ENOUGH)
        with ending.database.writing() as db:
            session = db.get_one(AssessmentSessionRecord, casey.session_id)
            if reason == "withdrawn":
                session.withdrawn_at, session.withdrawn_by = NOON, "candidate"
            if reason == "in time":
                session.ends_at = after(days=9)
            db.add(session)
        if reason == "not wanted":
            settings(ending, hand_in_at_deadline=False)
        if reason == "by themselves":
            submit_session(casey.database, casey.invitation_id, after(hours=1))
        before = state(casey)
        assert hand_in_due(ending.database, late(3600)) == deadlines.HandInSweep((), ())
        assert state(casey) == before

    def test_a_scenario_with_a_gap_is_not_complete(self, ending: Story) -> None:
        casey = ending.begun()
        casey.answer_all(VARIED, ENOUGH - 1)
        casey.save(LAST.id, {LAST.option_ids[0]: 2})
        assert hand_in_due(ending.database, late(3600)).handed_in == ()

    def test_a_broken_sitting_stops_nobody_and_is_listed_until_it_succeeds(
        self, ending: Story, caplog: pytest.LogCaptureFixture
    ) -> None:
        people = [ending.begun(name) for name in ("Casey", "Robin", "Sam")]
        for each in people:
            each.answer_all(VARIED)
        broken = min(each.session_id for each in people)
        with ending.database.writing() as db:
            row = db.get_one(ItemResponseRecord, (broken, FIRST.id))
            kept, row.ratings = row.ratings, "{"
            db.add(row)
        for now in (late(100), late(200)):
            caplog.clear()
            swept = hand_in_due(ending.database, now)
            assert swept.failed == (broken,)
            assert f"Sitting {broken} could not be handed in" in caplog.text
            with ending.database.reading() as db:
                assert list_failed_hand_ins(db, ending.opening) == (broken,)
                assert list_failed_hand_ins(db, ending.other_opening) == ()
        assert len(rows(ending.database, "score")) == 2
        with ending.database.writing() as db:
            db.get_one(ItemResponseRecord, (broken, FIRST.id)).ratings = kept
        assert hand_in_due(ending.database, late(300)).handed_in == (broken,)
        assert rows(ending.database, "failed_hand_in") == []

    def test_a_failure_that_cannot_even_be_listed_stops_nobody(
        self, ending: Story, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_given: object) -> None:
            message = "disk full"
            raise OSError(message)

        casey = ending.begun()
        casey.answer_all(VARIED)
        monkeypatch.setattr(deadlines, "hand_in", fail)
        monkeypatch.setattr(deadlines, "upsert", fail)
        with caplog.at_level(logging.ERROR):
            assert hand_in_due(ending.database, late(100)).failed == (casey.session_id,)
        assert "is not even listed" in caplog.text

    def test_after_it_a_phone_that_was_offline_is_told_and_counted(self, ending: Story) -> None:
        casey = ending.begun()
        casey.answer_all(VARIED, ENOUGH)
        hand_in_due(ending.database, late(100))
        with pytest.raises(TimeOverError):
            casey.save(LAST.id, {LAST.option_ids[0]: 2}, now=late(7200))
        with ending.database.reading() as db:
            assert late_answers(db, [casey.session_id]) == {casey.session_id: 1}

    def test_after_ones_own_handing_in_nothing_is_late(self, ending: Story) -> None:
        casey = ending.submitted()
        with pytest.raises(NotSittingError, match="handed in already"):
            casey.save(FIRST.id, THREES, 1, now=late(7200))
        assert rows(ending.database, "late_answer") == []

    def test_never_while_a_save_is_under_way(self, ending: Story) -> None:
        """The sweep waits for it, and hands in what it left too."""
        casey = ending.begun()
        casey.answer_all(VARIED, ENOUGH)
        ratings = json.dumps(dict.fromkeys(LAST.option_ids, 4))
        saving = {"session_id": casey.session_id, "scenario_id": LAST.id, "saved_at": END}
        with ThreadPoolExecutor(1) as pool:
            with ending.database.writing() as db:
                require_open_session(db, casey.invitation_id, lock=True)
                sweeping = pool.submit(hand_in_due, ending.database, late(61))
                db.add(ItemResponseRecord(**saving, revision=1, seconds=1.0, ratings=ratings))
            assert sweeping.result(30).handed_in == (casey.session_id,)
        (score,) = rows(ending.database, "score")
        unanswered = sum(len(each.option_ids) for each in SCENARIOS[ENOUGH:-1])
        assert json.loads(score["content"])["n_unanswered"] == unanswered
