"""The web application with everybody who comes to it, made once: no test here may change what is stored."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess._resources import data_folder
from eiassess.config import Settings
from eiassess.domain.digests import digest_of
from eiassess.domain.mail_kinds import HANDED_IN
from eiassess.domain.openings import MemberPart
from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.domain.roles import Role
from eiassess.people_lists.reading import text_sheets
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.demo.panel import simulate_panel
from eiassess.services.hiring.invitation_lists import stage_list
from eiassess.services.hiring.openings import add_opening, assign_member
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.interviews.planning import InterviewPlan, plan_interview
from eiassess.services.jobs.queueing import queue_job
from eiassess.services.links import LinkMaker, LinkPurpose
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.own_page.questions import ask_people
from eiassess.services.panels.experts import invite_experts
from eiassess.services.panels.panels import add_panel
from eiassess.services.panels.publishing import publish_key
from eiassess.services.panels.rating import agree_to_rate, open_expert_link
from eiassess.services.people import passwords
from eiassess.services.people.accounts import add_user, find_account
from eiassess.services.people.inviting_staff import NewPerson, invite_person
from eiassess.services.people.resetting import ask_new_password, mail_asked_resets
from eiassess.services.sharing.links import make_link
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from eiassess.web.shell.static_files import read_static_files
from tests.fairness_story import ask_in
from tests.hiring_story import LINKS, NOON, PASSWORD, Invited, Story, after, rows, standard_form, tables, tell_story

HOST = "https://hiring.example.org"
SECRET = "a secret of the house, long enough to be one"


class Paper:
    """A renderer for tests that are not about paper."""

    def missing_from(self, _text: str) -> str:
        return ""

    def render(self, _report: object) -> bytes:
        return b"%PDF-1.7 a report"


@dataclass(frozen=True)
class House:
    """The application, the people's browsers, and the names of what there is."""

    app: Flask
    story: Story
    casey: Invited
    browsers: Mapping[str, FlaskClient]
    names: Mapping[str, str]

    def path(self, pattern: str) -> str:
        """Fill in the names that stand in an address."""
        return pattern.format(**self.names)

    def ask(self, who: str, method: str, path: str, **what: Any) -> TestResponse:
        address = {"REMOTE_ADDR": f"10.0.0.{list(self.browsers).index(who)}"}  # tries to sign in are counted by it
        return self.browsers[who].open(
            path, method=method, base_url=HOST, buffered=True, environ_overrides=address, **what
        )

    def token(self, who: str, path: str) -> str:
        """Return the token against forged requests of the browser session that a path belongs to; "" without one."""
        own = {"/sit": ("/sit/review",), "/rat": ("/rate/scenario/1",)}
        pages = own.get(path[:4]) or ("/sign-in", "/openings", "/hiring", "/analysis")
        for page in pages:
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(who, "GET", page).text)
            if found:
                return found[1]
        return ""

    def stored(self) -> Mapping[str, str]:
        """Return a digest of every table but those that looking fills: sessions, first showings, visits, the audit."""
        return {
            name: digest_of(json.dumps(rows(self.story.database, name), default=str, sort_keys=True))
            for name in tables(self.story.database)
            if name
            not in {"web_session", "scenario_showing", "manager_visit", "shared_view", "audit_entry", "audit_head"}
        }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), sqlite_template) as made:
        yield made


@contextmanager
def open_house(folder: Path, sqlite_template: Path) -> Iterator[House]:
    """Open the house in a folder, with everybody signed in; also for the soak, which is no test."""
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'eiassess.sqlite')}"
    database = Database(url)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        story = tell_story(database)
        add_user(database, "erin@example.org", "Erin", Role.MANAGER, PASSWORD, NOON)
        add_user(database, "avery@example.org", "Avery", Role.ANALYST, PASSWORD, NOON)
        add_user(database, "grace@example.org", "Grace", Role.ADMINISTRATOR, PASSWORD, NOON)
    assign_member(database, story.other_opening, "erin@example.org")
    third = add_opening(database, "Third", standard_form(), NOON, members=["alice@example.org", "dana@example.org"])
    robin, sam, casey = story.submitted("Robin"), story.submitted("Sam"), story.begun("Casey")
    done = story.submitted("Dominique")
    release_candidate(database, story.alice, sam.session_id, after(hours=2))
    make_link(database, LinkMaker(SECRET, HOST), story.alice, story.opening, [sam.session_id], NOON, days=30)
    link = rows(database, "share_link")[0]["id"]
    maker = LinkMaker(SECRET, HOST)
    ask_new_password(database, maker, "bob@example.org", after(hours=2, minutes=30))
    mail_asked_resets(database, after(hours=2, minutes=30))
    reset = rows(database, "password_reset")[0]["id"]
    ask_in(database, story.opening)
    app = make_app(folder, database)
    interview = plan_interview(database, story.alice, robin.session_id, InterviewPlan((story.dana,)), after(hours=2))
    names = {
        "interview": interview,
        "share": link, "link_token": maker.token(LinkPurpose.SHARE, link),
        "reset_token": maker.token(LinkPurpose.RESET, reset),
        "opening": story.opening, "third": third, "dana": story.dana, "robin": robin.session_id, "sam": sam.session_id,
        "token": casey.token, "style": f"{read_static_files().digest}/app.css",
        "list": _list(story), "form": standard_form().form.digest, "scenario": standard_form().form.scenario_ids[0],
    }  # fmt: skip
    mail = MailOrder("Robin", "robin@example.org", opening_id=story.opening, session_id=robin.session_id)
    with database.writing() as db:
        names["mail"] = queue_mail(db, HANDED_IN, mail, NOON)
        names["job"] = queue_job(db, "made up", NOON, opening_id=story.opening, due_at=after(days=9)) or ""
    browsers = {name: app.test_client() for name in ("anonymous", "candidate", "finished", "expert", *people())}
    names |= _keying(database) | _invited(database)
    assign_member(database, story.opening, "erin@example.org", [MemberPart.ADJUSTMENTS])
    ask_adjustment(database, casey.invitation_id, AdjustmentKind.CALL, "After four.", after(hours=1))
    ask_people(database, casey.invitation_id, QuestionKind.EXPLAIN, "Why?", after(hours=1))
    names["question"] = rows(database, "candidate_question")[0]["id"]
    names["request"] = rows(database, "adjustment_request")[0]["id"]
    made = House(app, story, casey, browsers, names)
    for name, invited in (("candidate", casey), ("finished", done)):
        assert made.ask(name, "GET", f"/i/{invited.token}").status_code == 303
    assert made.ask("expert", "GET", made.path("/e/{expert_token}")).status_code == 303
    for name in people():
        sign_in(made, name)
    yield made
    database.close()


def _list(story: Story) -> str:
    """Keep a list aside with somebody to invite and somebody who is not to be."""
    sheets = text_sheets("Name;E-mail\nKari;kari@example.org\nOla;ola@")
    return stage_list(story.database, story.alice, story.opening, sheets, "pasted", NOON)


def _keying(database: Database) -> dict[str, str]:
    """Add an open panel with an expert who rates and one who was invited, and a closed one with a published key."""
    avery = find_account(database, "avery@example.org")
    assert avery
    panel = add_panel(database, avery.id, "Open panel", standard_form(), NOON)
    rating, invited = invite_experts(
        database, LINKS, panel, [("Xenia", "x@example.org"), ("Yuri", "y@example.org")], NOON
    )
    agree_to_rate(database, open_expert_link(database, rating.token, NOON), NOON)
    closed = simulate_panel(database, avery.id, "Closed panel", standard_form(), NOON)
    reason = "Advisers here meet upset customers every hour."
    key = publish_key(database, avery.id, closed, reason, "Avery", NOON)
    return {
        "panel": panel, "closed": closed, "key": key, "expert_token": rating.token, "invited": invited.expert_id,
    }  # fmt: skip


def _invited(database: Database) -> dict[str, str]:
    """Invite nora and olga to work here, and hire hugo, whose account may be switched off."""
    grace = find_account(database, "grace@example.org")
    assert grace
    links, roles = LinkMaker(SECRET, HOST), frozenset({Role.ANALYST})
    nora, olga = (
        invite_person(database, links, grace.id, NewPerson(name, f"{name.lower()}@example.org", roles), after(hours=2))
        for name in ("Nora", "Olga")
    )
    hugo = add_user(database, "hugo@example.org", "Hugo", Role.MANAGER, PASSWORD, NOON)
    return {"nora": nora.user_id, "olga": olga.user_id, "hugo": hugo.id, "join_token": nora.token}


def people() -> tuple[str, ...]:
    return ("alice", "charlie", "dana", "erin", "avery", "grace")


def make_app(folder: Path, database: Database) -> Flask:
    banks = (data_folder("question_banks"),)
    settings = Settings(folder, database.url, HOST, banks, "help@example.org")
    paper = cast("PdfRenderer", Paper())
    return create_app(Installation(settings, database, lambda: after(hours=3), paper, SECRET))


def sign_in(house: House, name: str) -> None:
    data = {"email": f"{name}@example.org", "password": PASSWORD, "csrf_token": house.token(name, "/sign-in")}
    answer = house.ask(name, "POST", "/sign-in", data=data)
    assert answer.status_code == 302, answer.text
