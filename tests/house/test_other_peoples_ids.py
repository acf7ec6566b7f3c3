"""What is another opening's does not exist: in every part of every address, and in every field that takes an id.

The addresses are those of the url map, so a route that comes anew is asked without being named here; one with a part
of a new kind fails until it is said whose that is. Alice recruits for the one opening and charlie for the other, dana
manages the one and erin the other, and vera has every role in the one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import pytest
from argon2 import PasswordHasher
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from eiassess.domain.job_states import JobState
from eiassess.domain.mail_kinds import HANDED_IN
from eiassess.domain.openings import MemberPart
from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.domain.roles import Role
from eiassess.people_lists.reading import text_sheets
from eiassess.persistence.tables import JobRecord, SavedViewRecord, UserRecord, WhatIfRecord, WhatIfWeightRecord
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.hiring.invitation_lists import stage_list
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.own_reminders import REMIND_JOB
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.identifiers import new_id
from eiassess.services.interviews.planning import InterviewPlan, plan_interview
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.own_page.questions import ask_people
from eiassess.services.people import passwords
from eiassess.services.people.accounts import add_user
from eiassess.services.sharing.links import make_link
from eiassess.web.shell.access import Permission, permission_of
from tests.hiring_story import LINKS, NOON, PASSWORD, after, rows
from tests.house.conftest import House, sign_in
from tests.house.kept import Kept
from tests.house.reading import words_in
from tests.house.test_routes import ROWS

NOBODYS = "of-nobody-at-all"
NO_IDS = frozenset({"digest", "scenario_id", "kind", "action", "number", "token", "filename"})
"""Parts of addresses that name content, or are secret themselves: other tests guess those."""
OFFICE = frozenset({"panel_id", "expert_id", "published_id"})
"""Of the analysts' office, which is one for all openings; who is no analyst is turned away, see test_routes."""
OF_ALL = frozenset({Permission.ANALYSE, Permission.ADMINISTER})
"""Who may do this may do it for all openings and accounts; who may not is turned away, see test_routes."""
VISITORS = ("alice", "dana", "erin", "vera")


@dataclass(frozen=True)
class Openings:
    """What belongs to the one opening and to the other, by the names of parts of addresses."""

    house: House
    own: Mapping[str, str]
    other: Mapping[str, str]
    kept: Kept


def belongings(house: House, recruiter: str, opening: str, interviewer: str) -> dict[str, str]:
    """Fill an opening with one of everything."""
    story, database = house.story, house.story.database
    done, begun = (
        story.submitted(f"Done-{opening[:4]}", opening=opening),
        story.begun(f"Has-{opening[:4]}", opening=opening),
    )
    release_candidate(database, recruiter, done.session_id, after(hours=2))
    make_link(database, LINKS, recruiter, opening, [done.session_id], NOON, days=30)
    ask_adjustment(database, begun.invitation_id, AdjustmentKind.CALL, "After four.", after(hours=1))
    ask_people(database, begun.invitation_id, QuestionKind.EXPLAIN, "Why?", after(hours=1))
    found = {"opening_id": opening, "session_id": done.session_id, "user_id": interviewer}
    found["interview_id"] = plan_interview(
        database, recruiter, done.session_id, InterviewPlan((interviewer,)), after(hours=2)
    )
    sheets = text_sheets("Name;E-mail\nKari;kari@example.org\nOla;ola@")
    found["list_id"] = stage_list(database, recruiter, opening, sheets, "pasted", NOON)
    view, what_if = new_id(), new_id()
    with database.writing() as db:
        order = MailOrder("Done", "done@example.org", opening_id=opening, session_id=done.session_id)
        found["mail_id"] = queue_mail(db, HANDED_IN, order, NOON)
        for kind, name in (("made up", "job_id"), (REMIND_JOB, "reminder_id")):
            job = JobRecord(id=new_id(), kind=kind, opening_id=opening, due_at=after(days=9), created_at=NOON)
            job.given, job.state = f'{{"planned_for": "{NOON.isoformat()}"}}', JobState.WAITING
            db.add(job)
            found[name] = job.id
        db.add(SavedViewRecord(id=view, user_id=recruiter, opening_id=opening, name="V", address="", saved_at=NOON))
        db.add(WhatIfRecord(id=what_if, opening_id=opening, name="W", reason="R", kept_by=recruiter, kept_at=NOON))
        db.flush()
        db.add(WhatIfWeightRecord(what_if_id=what_if, competency="recovery", weight=1))
    found |= {"view_id": view, "what_if_id": what_if}
    found["browser_id"] = next(
        each["id_hash"] for each in rows(database, "web_session") if each["user_id"] == recruiter
    )
    found["link_id"] = rows(database, "share_link")[-1]["id"]
    found["question_id"] = next(
        each["id"] for each in rows(database, "candidate_question") if each["session_id"] == begun.session_id
    )
    found["request_id"] = next(
        each["id"] for each in rows(database, "adjustment_request") if each["session_id"] == begun.session_id
    )
    return found


@pytest.fixture(scope="module")
def openings(house: House) -> Iterator[Openings]:
    story, database = house.story, house.story.database
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        roles = (Role.MANAGER, Role.ANALYST, Role.ADMINISTRATOR)
        vera = add_user(database, "vera@example.org", "Vera", Role.RECRUITER, PASSWORD, NOON, also=roles)
        mallory = add_user(database, "mallory@example.org", "Mallory", Role.MANAGER, PASSWORD, NOON)
    assign_member(
        database, story.opening, "vera@example.org", [each for each in MemberPart if each != MemberPart.ADJUSTMENTS]
    )
    assign_member(database, story.other_opening, "mallory@example.org", [MemberPart.MANAGES])
    house.browsers["vera"] = house.app.test_client()  # type: ignore[index]  # a plain dict
    sign_in(house, "vera")
    own = belongings(house, story.alice, story.opening, vera.id)
    other = belongings(house, story.charlie, story.other_opening, mallory.id)
    assert own.keys() == other.keys()
    kept = Kept(database)
    yield Openings(house, own, other, kept)
    kept.close()


def addresses(openings: Openings, foreign: Mapping[str, str]) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Give each address with ids, one id after the other and then all taken from elsewhere, with what it asks for."""
    app = openings.house.app
    for rule in app.url_map.iter_rules():
        ids = rule.arguments - NO_IDS - OFFICE
        assert ids <= openings.own.keys(), f"{rule}: say what {ids - openings.own.keys()} belong to"
        if not ids or permission_of(app, rule.endpoint) in OF_ALL:
            continue
        fitting = {"kind": "reminder", "action": "remind", "number": "1"}
        for swapped in {frozenset({each}) for each in ids} | {frozenset(ids)}:
            values = {**fitting, **openings.own, **{each: foreign[each] for each in swapped}}
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                with app.test_request_context(base_url="https://hiring.example.org"):
                    arguments = {name: values[name] for name in rule.arguments}
                    path = app.url_map.bind("hiring.example.org").build(rule.endpoint, arguments, method)
                body = next(
                    (each.body for each in ROWS if (each.endpoint, each.method) == (rule.endpoint, method)), None
                )
                yield rule.endpoint, method, path, {name: str(value) for name, value in (body or {}).items()}


def said(answer: TestResponse, foreign: Mapping[str, str]) -> tuple[int, str | None, str]:
    """Return what an answer says without the ids that were sent."""
    text, location = (
        re.sub(r'name="(csrf_token|once)"[^>]*>', "", words_in(answer.data)),
        answer.headers.get("Location"),
    )
    for value in foreign.values():
        text, location = text.replace(value, "?"), location and location.replace(value, "?")
    return answer.status_code, location, text


@pytest.mark.parametrize("who", VISITORS)
def test_every_part_of_every_address_that_is_anothers_is_as_if_it_were_nobodys(openings: Openings, who: str) -> None:
    """All are 404, but for taking away what is not there, which leads back and takes nothing away."""
    house, asked = openings.house, 0
    nobodys = dict.fromkeys(openings.own, NOBODYS)
    before, token = house.stored(), house.token(who, "/hiring")
    for theirs, none in zip(addresses(openings, openings.other), addresses(openings, nobodys), strict=True):
        endpoint, method, path, body = theirs
        if who == "erin" and endpoint.startswith("manager."):
            continue  # she manages the other opening
        data = {**body, "csrf_token": token} if method == "POST" else None
        answer = house.ask(who, method, path, data=data)
        if answer.status_code != 404:
            made_up = house.ask(who, method, none[2], data=data)
            assert said(answer, openings.other) == said(made_up, nobodys), f"{method} {path} by {who}"
            assert answer.status_code in {303, 409}, f"{method} {path} by {who}"
        asked += 1
        if method == "POST" and house.stored() != before:
            pytest.fail(f"{method} {path} by {who} changed something")
    assert asked > 100


def test_what_is_ones_own_is_there(openings: Openings) -> None:
    """Whoever asks with nothing swapped gets it: the test before cannot pass since nothing is ever found."""
    house, found = openings.house, set()
    for endpoint, method, path, _ in addresses(openings, openings.own):
        if method == "GET" and "pdf" not in path and house.ask("vera", "GET", path).status_code == 200:
            found.add(endpoint)
    missing = {
        each.endpoint for each in ROWS if each.method == "GET" and each.endpoint.startswith(("recruiter.", "manager."))
    } - found
    assert missing <= {
        "recruiter.openings", "recruiter.new_opening", "recruiter.work_rating", "manager.released", "manager.report",
        "manager.follow_shared", "manager.shared", "manager.shared_candidate", "manager.shared_report",
        "recruiter.compare", "recruiter.compare_on_paper", "recruiter.invitation_list", "recruiter.list_columns",
        "recruiter.refused_rows", "recruiter.ask_decision",
    }, missing  # fmt: skip


def forms_with_ids(openings: Openings, who: str) -> Iterator[tuple[str, str, str, MultiDict[str, str], str]]:
    """Give each form of each page that holds an id of the one opening: page, method, action, fields, and which."""
    house = openings.house
    database = house.story.database
    sessions = {
        each["id"] for each in rows(database, "assessment_session") if each["opening_id"] == house.story.opening
    }
    known = {*openings.own.values(), *sessions, house.story.dana, house.story.bob}
    seen = set()
    pages = chain(
        (path for _, method, path, _ in addresses(openings, openings.own) if method == "GET" and ".pdf" not in path),
        (
            house.path(f"/openings/{{opening}}/{rest}?c={{robin}}&c={{sam}}&do=tell")
            for rest in ("decisions/ask", "download", "progress/remind")
        ),
    )
    for path in pages:
        answer = house.ask(who, "GET", path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in html.fromstring(answer.text).forms:
            fields: MultiDict[str, str] = MultiDict()
            for each in form.iter("input", "select", "textarea"):
                if each.get("name") and each.get("type") not in {"submit", "file"}:
                    value = (
                        next((one.get("value") for one in each.iter("option")), each.get("value")) or each.text or ""
                    )
                    fields.add(each.get("name"), value)
            for name in {name for name, value in fields.items(multi=True) if set(value.split()) & known}:
                action = form.get("action") or path
                key = (form.method, re.sub(r"[\w-]{20,}", "?", action), name)
                if name != "csrf_token" and key not in seen:
                    seen.add(key)
                    yield path, form.method, action, fields, name


FOREIGN = ("session_id", "user_id", "opening_id")


@pytest.mark.parametrize("who", ["alice", "vera"])
def test_an_id_in_a_form_that_is_anothers_is_as_if_it_were_nobodys(openings: Openings, who: str) -> None:
    """Every field of every page that holds an id of one's own opening is sent with one of the other's."""
    house, other = openings.house, openings.other
    theirs = [
        each["id"]
        for each in rows(house.story.database, "assessment_session")
        if each["opening_id"] == other["opening_id"]
    ]
    asked, before = set(), stored_of_the_other(openings)
    for path, method, action, fields, name in list(forms_with_ids(openings, who)):
        answers = []
        for value in (*(other[each] for each in FOREIGN), NOBODYS):
            openings.kept.restore()
            sent = fields.copy()
            sent.setlist(name, [value])
            if method == "POST":
                sent["csrf_token"] = house.token(who, "/openings")
                answer = house.ask(who, "POST", action, data=sent)
            else:
                answer = house.ask(who, "GET", action.partition("?")[0], query_string=sent)
            answers.append(said(answer, {"sent": value}))
            place = f"{method} {action} from {path}, {name}={value}"
            told = words_in(answer.data)
            assert not [each for each in (*theirs, other["opening_id"]) if each in told and each != value], place
            assert answer.status_code < 500, place
            assert stored_of_the_other(openings) == before, place
        assert len({each[0] for each in answers}) == 1, f"{method} {action}, {name}: {[each[:2] for each in answers]}"
        asked.add(name)
    openings.kept.restore()
    assert asked >= {"c", "people", "interviewers"}, asked


def stored_of_the_other(openings: Openings) -> str:
    """Return what is stored of the other opening's people."""
    database, other = openings.house.story.database, openings.other
    mails = [each for each in rows(database, "message") if each["opening_id"] == other["opening_id"]]
    steps = [each for each in rows(database, "assessment_session") if each["opening_id"] == other["opening_id"]]
    ids = {each["id"] for each in steps}
    told = [
        each for table in ("stage_move", "interview") for each in rows(database, table) if each["session_id"] in ids
    ]
    return repr((mails, steps, told))


def test_whoever_is_deactivated_is_at_the_door_everywhere(openings: Openings) -> None:
    """At once, with a browser that was signed in."""
    house = openings.house
    with house.story.database.writing() as db:
        for name in ("vera", "alice"):
            db.get_one(
                UserRecord, house.story.people[name].id if name == "alice" else openings.own["user_id"]
            ).active = False
    before = house.stored()
    for who in ("vera", "alice"):
        for _, method, path, body in addresses(openings, openings.own):
            answer = house.ask(who, method, path, data=body if method == "POST" else None)
            refused = answer.status_code in {400, 404} or answer.headers.get("Location", "").startswith("/sign-in")
            assert refused, f"{method} {path} by {who}: {answer.status_code}"
            assert answer.status_code != 200
    assert house.stored() == before
    openings.kept.restore()
