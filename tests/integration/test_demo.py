"""The demo's story: forty simulated people, the same opening at the second start, fresh sign-ins at each."""

from collections import Counter
from datetime import timedelta
from functools import cache

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.deciding import TELLING, DecisionStage
from eiassess.domain.progress import Stage
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services import Database
from eiassess.services.deciding.overview import get_decisions
from eiassess.services.demo import opening as demo
from eiassess.services.demo.names import NAMES
from eiassess.services.demo.opening import MANAGER, RECRUITER, DemoAccess, prepare_demo
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.hiring.openings import OpeningSummary, list_openings
from eiassess.services.interviews.rating import get_sheet
from eiassess.services.interviews.waiting import list_at_interview, list_own_interviews
from eiassess.services.links import LinkClosedError
from eiassess.services.outcomes.asking import ask_for_ratings
from eiassess.services.outcomes.study import update_study
from eiassess.services.outcomes.switching import get_outcomes
from eiassess.services.outcomes.validity import get_form_outcomes
from eiassess.services.panels.results import get_panel_results
from eiassess.services.people.accounts import find_account, find_user_record
from eiassess.services.progress.overview import ProgressQuery, get_progress
from eiassess.services.progress.reminder_plans import list_reminded, list_reminders
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.for_managers import list_released
from eiassess.services.sharing.links import list_links
from eiassess.services.sharing.reading import find_shared, get_shared_list
from eiassess.services.sitting.answers import record_consent
from eiassess.services.sitting.deadlines import hand_in_due
from eiassess.services.sitting.handing_in import submit_session
from tests.hiring_story import LINKS, NOON, after, rows


@cache
def demo_form() -> LoadedForm:
    return load_form("standard-a", (data_folder("question_banks"),))


@cache
def parallel_form() -> LoadedForm:
    return load_form("standard-b", (data_folder("question_banks"),))


@cache
def short_form() -> LoadedForm:
    return load_form("short", (data_folder("question_banks"),))


def of(database: Database, opening_id: str) -> OpeningSummary:
    return next(each for each in list_openings(database) if each.id == opening_id)


@pytest.mark.usefixtures("quick_passwords")
def test_the_demo_tells_the_whole_story(database: Database) -> None:
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    recruiter, manager = find_account(database, RECRUITER[0]), find_account(database, MANAGER[0])
    assert recruiter
    assert manager
    found = list_candidates(database, recruiter.id, access.opening_id)
    simulated = [row for row in found.candidates if row.simulated]
    (visitor,) = (row for row in found.candidates if not row.simulated)
    assert found.simulated
    assert len(simulated) == 40
    assert [row.state for row in simulated].count(SessionState.SUBMITTED) == 39
    assert [row.n_answered for row in simulated if row.state == SessionState.STARTED] == [
        len(demo_form().form.scenarios) // 2
    ]
    assert [row.flagged for row in simulated].count(True) == 1
    assert [row.name for row in simulated if row.not_compared] == [NAMES[demo.UNEVEN]]
    assert (visitor.session_id, visitor.state) == (access.invitation.session_id, SessionState.INVITED)
    scores = [row.overall.score for row in simulated if row.overall]
    assert len(scores) >= 38
    assert max(scores) - min(scores) > 20
    assert all(row.submitted_at is None or row.submitted_at < NOON for row in simulated)
    (released,) = list_released(database, manager.id)
    assert len(released.candidates) == 5
    assert all(candidate.simulated for candidate in released.candidates)
    own = list_own_interviews(database, manager.id)
    assert [each.waits for each in own] == [True, True, False, False]
    sheets = [get_sheet(database, manager.id, each.interview_id) for each in own[:2]]
    assert [each.score is not None for each in sheets] == [True, False], "of one not released, the bank's order"
    assert len(list_at_interview(database, manager.id)) == 2
    _check_second_start(database, access)


def _check_second_start(database: Database, first: DemoAccess) -> None:
    again = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), after(hours=1))
    assert again.opening_id == first.opening_id
    assert again.invitation.session_id == first.invitation.session_id
    assert (again.recruiter[1], again.manager[1]) != (first.recruiter[1], first.manager[1])
    assert again.panel_id == first.panel_id
    results = get_panel_results(database, again.panel_id)
    assert (results.simulated, results.n_experts) == (True, 10)
    assert results.effect is not None
    assert results.effect.n_people == 39
    assert (again.running_id, len(list_openings(database))) == (first.running_id, 4)
    for email, password in (again.recruiter, again.manager, again.analyst, again.administrator):
        user = find_user_record(database, email=email)
        assert user
        assert PasswordHasher().verify(user.password, password)
    with pytest.raises(LinkClosedError):
        open_invitation(database, first.invitation.token)
    invitation = open_invitation(database, again.invitation.token)
    record_consent(database, invitation, after(hours=1))
    submit_session(database, invitation, after(hours=2))
    third = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), after(hours=3))
    assert third.invitation.session_id != first.invitation.session_id
    assert of(database, first.opening_id).n_candidates == 42


@pytest.mark.usefixtures("quick_passwords")
def test_a_start_that_was_cut_short_is_made_good(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the patch has to go before the check
        patched.setattr(demo, "_release_some", killed)
        prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), after(minutes=1))
    recruiter = find_account(database, RECRUITER[0])
    assert recruiter
    opening = of(database, access.opening_id)
    assert (opening.n_candidates, opening.n_submitted) == (41, 39)
    assert len(list_openings(database, recruiter.id)) == 4


@pytest.mark.usefixtures("quick_passwords")
def test_the_study_has_a_made_up_round_and_no_real_people(database: Database) -> None:
    opening_id = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON).opening_id
    digest = next(each["form_digest"] for each in rows(database, "opening") if each["id"] == opening_id)
    made_up = get_form_outcomes(database, digest, simulated=True)
    assert made_up.n_rated == 36
    assert made_up.validity
    assert get_form_outcomes(database, digest, simulated=False).n_people == 0


@pytest.mark.usefixtures("quick_passwords")
def test_an_opening_asks_of_those_hired_and_its_form_has_too_few_to_say_anything(database: Database) -> None:
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    recruiter = find_account(database, RECRUITER[0])
    assert recruiter
    hired = get_outcomes(database, recruiter.id, access.asking_id, 90).hired
    assert Counter((each.asked, each.rated, each.asked_from <= NOON) for each in hired) == {
        (True, True, True): 6, (True, False, True): 3, (False, False, False): 2,
    }  # fmt: skip
    assert all(each.in_study for each in hired)
    digest = next(each["form_digest"] for each in rows(database, "opening") if each["id"] == access.asking_id)
    found = get_form_outcomes(database, digest, simulated=True)
    assert (found.n_people, found.n_rated, found.validity) == (11, 6, None)
    assert "it takes 30" in found.why_not
    mails = [row for row in rows(database, "message") if row["opening_id"] == access.asking_id]
    assert Counter((row["kind"], row["state"]) for row in mails) == {
        ("kept_for_study", "sent"): 11, ("work_asked", "sent"): 1,
    }  # fmt: skip
    assert ask_again(database) == 0, "nobody is asked twice when the hour's work comes"


def ask_again(database: Database) -> int:
    with database.writing() as db:
        update_study(db, NOON)
        return ask_for_ratings(db, NOON)


@pytest.mark.usefixtures("quick_passwords")
def test_links_are_live_ended_and_revoked_and_one_person_is_still_to_be_told(database: Database) -> None:
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    recruiter, manager = find_account(database, RECRUITER[0]), find_account(database, MANAGER[0])
    assert recruiter
    assert manager
    shared = list_links(database, LINKS, recruiter.id, access.opening_id, NOON)
    assert [(each.is_open, each.revoked_at is not None, each.given_to, each.opened_by) for each in shared] == [
        (True, False, "", (manager.name,)),
        (True, False, manager.name, ()),
        (False, True, "", ()),
        (False, False, "", (manager.name,)),
    ]
    link = find_shared(database, manager.id, shared[0].url.rsplit("/", 1)[1], NOON)
    assert len(get_shared_list(database, manager.id, link, NOON).opening.candidates) == 5
    told = [row for row in rows(database, "message") if row["opening_id"] == access.opening_id]
    assert Counter((row["kind"], row["state"]) for row in told) == {
        (TELLING[DecisionStage.INTERVIEW].name, "sent"): 6, (TELLING[DecisionStage.OFFER].name, "sent"): 1,
    }  # fmt: skip
    untold = [row for row in get_decisions(database, recruiter.id, access.opening_id).rows if row.untold]
    assert [row.stage.id for row in untold] == [DecisionStage.NOT_TAKEN]


@pytest.mark.usefixtures("quick_passwords")
def test_the_second_opening_is_just_running(database: Database) -> None:
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    sessions = {
        row["id"]: row for row in rows(database, "assessment_session") if row["opening_id"] == access.running_id
    }
    mails = [row for row in rows(database, "message") if row["opening_id"] == access.running_id]
    opening = of(database, access.running_id)
    assert (opening.n_candidates, opening.n_submitted, opening.simulated) == (60, 19, True)
    assert Counter(row["state"] for row in sessions.values()) == {"submitted": 19, "started": 10, "invited": 31}
    assert sorted({row["handed_in_by"] for row in sessions.values() if row["handed_in_by"]}) == ["candidate", "server"]
    assert sorted({row["withdrawn_by"] for row in sessions.values() if row["withdrawn_by"]}) == [
        "candidate",
        "recruiter",
    ]
    assert Counter(row["state"] for row in mails) == {"sent": 71, "waiting": 6, "bounced": 1, "refused": 1}
    (request,) = rows(database, "adjustment_request")
    assert (request["session_id"] in sessions, request["answer"]) == (True, None)
    names = [row["name"] for row in rows(database, "candidate")]
    assert len(names) == len(set(names))
    assert hand_in_due(database, NOON).handed_in == (), "what the server could hand in is handed in"


@pytest.mark.usefixtures("quick_passwords")
def test_the_second_opening_shows_every_stage_before_a_deadline_with_a_planned_reminder(database: Database) -> None:
    access = prepare_demo(database, LINKS, demo_form(), parallel_form(), short_form(), NOON)
    recruiter = find_account(database, RECRUITER[0])
    assert recruiter
    progress = get_progress(database, recruiter.id, access.running_id, ProgressQuery(), NOON)
    assert progress.counts == {
        Stage.NOT_SENT: 6, Stage.INVITED: 15, Stage.NOT_DELIVERED: 2, Stage.OPENED: 6, Stage.STARTED: 7,
        Stage.HANDED_IN: 17, Stage.HANDED_IN_FOR_THEM: 2, Stage.EXPIRED: 3, Stage.WITHDRAWN: 2,
    }  # fmt: skip
    deadline = get_opening(database, recruiter.id, access.running_id).settings.deadline
    assert deadline
    assert (deadline.zone, deadline.local.hour) == ("Europe/Berlin", 17)
    (planned,) = list_reminders(database, recruiter.id, access.running_id)
    assert (planned.holds, deadline.at - planned.due_at) == (True, timedelta(days=3))
    assert planned.due_at > NOON
    reached = (Stage.NOT_SENT, Stage.INVITED, Stage.OPENED, Stage.STARTED)  # none whose mail was not delivered
    assert len(list_reminded(database, recruiter.id, access.running_id, NOON)) == sum(map(progress.counts.get, reached))
    with database.reading() as db:
        query = select(AssessmentSessionRecord).where(AssessmentSessionRecord.opening_id == access.running_id)
        sessions = db.exec(query).all()
        times = times_of_all(db, sessions)
        for_them = [each for each in sessions if each.handed_in_by == "server"]
        assert [each.submitted_at for each in for_them] == [times[each.id].ends_at for each in for_them]
    assert all(each.ends_at < deadline.at for each in times.values() if each.started_at)
