"""GET /audit and its file, and what people's deeds leave behind."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, ObjectKind, Outcome, Target
from eiassess.domain.roles import Role
from eiassess.services.auditing.looks import enter_at_once
from eiassess.services.auditing.verifying import verify_audit
from eiassess.services.own_page import codes
from eiassess.services.upkeep.promises import Promises
from eiassess.web.shell.auditing import look_book
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.pages import check_page
from tests.web.people import START, Casey, begin, hand_in, hire_staff, press, rate, sign_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened_browser:
        yield opened_browser


@pytest.fixture
def grace(client: FlaskClient, installation: Installation) -> FlaskClient:
    hire_staff(installation, "grace", Role.ADMINISTRATOR)
    sign_in(client, "grace")
    return client


@pytest.fixture
def alice(other_device: FlaskClient, installation: Installation, casey: Casey) -> FlaskClient:
    hire_staff(installation, "alice", Role.RECRUITER, casey.opening_id)
    sign_in(other_device, "alice")
    return other_device


def entries(app: Flask, installation: Installation) -> list[tuple[str, str, str]]:
    """What was entered since this was asked last: who, what and how it ended."""
    look_book(app).write(installation.clock())
    found = rows(installation.database, "audit_entry")
    seen = app.extensions.get("seen", 0)
    app.extensions["seen"] = len(found)
    return [(each["actor_kind"], each["action"], each["outcome"]) for each in found[seen:]]


def fill(installation: Installation, n: int = 120) -> None:
    """Enter looks at candidates, a minute apart, every third refused."""
    reader, candidate = "a0" * 12, "0c" * 12
    enter_at_once(
        installation.database,
        *(
            Deed(
                START + timedelta(minutes=number),
                Actor(ActorKind.ACCOUNT, reader),
                Action.READ_CANDIDATE,
                Target(ObjectKind.CANDIDATE, candidate),
                Outcome.DONE if number % 3 else Outcome.REFUSED,
            )
            for number in range(n)
        ),
    )


def numbers(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'<th scope="row" class="num">(\d+)</th>', page)]


def shown(client: FlaskClient, status: int = 200, **asked: str) -> str:
    answer = client.get("/audit", query_string=asked)
    assert answer.status_code == status
    check_page(answer.text)
    return answer.text


class TestPage:
    def test_before_anything_is_entered(self, grace: FlaskClient) -> None:
        page = shown(grace)
        assert "Nothing has been entered so far." in page
        assert "Entries appear here" in page

    def test_pages_lead_back_and_forth(self, grace: FlaskClient, installation: Installation) -> None:
        fill(installation)
        first = shown(grace)
        assert numbers(first) == list(range(120, 70, -1))
        assert "120 entries say who did what" in first
        assert "Newer entries" not in first
        second = shown(grace, before="71")
        assert numbers(second) == list(range(70, 20, -1))
        last = shown(grace, before="21")
        assert numbers(last) == list(range(20, 0, -1))
        assert "Older entries" not in last
        assert numbers(shown(grace, after="20")) == list(range(70, 20, -1))
        assert "Newer entries" not in shown(grace, after="70")
        assert numbers(shown(grace, after="120")) == []
        assert numbers(shown(grace, before="no number")) == numbers(first)

    @pytest.mark.parametrize(
        ("asked", "n"),
        [
            ({"who": "account"}, 120),
            ({"who": "worker"}, 0),
            ({"who": "a0" * 12}, 120),
            ({"who": "b0" * 12}, 0),
            ({"action": "candidate.read", "outcome": "refused"}, 40),
            ({"action": "candidate.erase"}, 0),
            ({"about": "0C" * 12}, 120),
            ({"about": "0d" * 12}, 0),
            ({"from": "2026-11-23", "to": "2026-11-23"}, 120),
            ({"from": "2026-11-24"}, 0),
            ({"to": "2026-11-22"}, 0),
        ],
    )
    def test_filters_find_what_they_say(
        self, grace: FlaskClient, installation: Installation, asked: dict[str, str], n: int
    ) -> None:
        fill(installation)
        page = shown(grace, **asked)
        assert len(numbers(page)) == min(n, 50)
        assert ("No entry fits" in page) == (n == 0)
        file = grace.get("/audit/file", query_string={**asked, "format": "jsonl"}).text
        assert sum(json.loads(line)["action"] == "candidate.read" for line in file.splitlines()) == n

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"from": "yesterday"}, "Write the day as in 2026-11-29"),
            ({"to": "31.12."}, "Write the day as in 2026-11-29"),
            ({"from": "2026-11-24", "to": "2026-11-23"}, "The last day is before the first"),
            ({"about": "Casey <b>Moreau</b>"}, "Copy the whole id"),
            ({"who": "grace"}, "Choose one of the list"),
            ({"action": "x", "outcome": "y"}, "Choose one of the list"),
        ],
    )
    def test_what_cannot_be_looked_for_is_told_at_its_field(
        self, grace: FlaskClient, installation: Installation, asked: dict[str, str], words: str
    ) -> None:
        fill(installation, 1)
        page = shown(grace, 400, **asked)
        assert page.count(words) >= 2
        assert "Error: Audit" in page
        assert grace.get("/audit/file", query_string=asked).status_code == 400

    def test_only_administrators_find_it(self, alice: FlaskClient, client: FlaskClient) -> None:
        assert alice.get("/audit").status_code == alice.get("/audit/file").status_code == 404
        assert "Audit" not in alice.get("/openings").text
        assert client.get("/audit").location.startswith("/sign-in")

    def test_people_and_openings_have_their_names_of_today(
        self, grace: FlaskClient, alice: FlaskClient, app: Flask, casey: Casey
    ) -> None:
        alice.get(f"/openings/{casey.opening_id}")
        look_book(app).write(START)
        page = shown(grace, action="candidates.read")
        assert "Alice" in page
        assert "Customer service adviser" in page
        assert "Looked at a list of candidates" in page
        assert "Casey" not in page

    def test_the_file_says_what_the_page_says(self, grace: FlaskClient, installation: Installation) -> None:
        fill(installation, 3)
        answer = grace.get("/audit/file")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
        lines = answer.text.splitlines()
        assert lines[0].startswith("number,at,actor_kind,actor_id,action")
        assert lines[1].startswith("1,2026-11-23T14:02:00.000000Z,account,")
        assert len(lines) >= 4
        parsed = [json.loads(line) for line in grace.get("/audit/file?format=jsonl").text.splitlines()]
        assert [each["number"] for each in parsed][:3] == [1, 2, 3]

    def test_in_a_browser(self, grace: FlaskClient, app: Flask, browser: Browser, installation: Installation) -> None:
        del grace
        fill(installation)
        with opened(browser, app) as context:
            page = context.new_page()
            page.goto("/sign-in")
            page.get_by_label("E-mail").fill("grace@example.org")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name="Audit").click()
            check_everywhere(page, "Audit")
            page.get_by_label("How it ended").select_option("Refused")
            page.get_by_label("From day").fill("2026-11-23")
            page.get_by_role("button", name="Show").click()
            check_everywhere(page, "Audit")
            page.goto("/audit?from=soon&about=nobody")
            check_everywhere(page, "Audit")


class TestDeeds:
    def test_signing_in_and_out(self, grace: FlaskClient, app: Flask, installation: Installation) -> None:
        assert entries(app, installation) == [("account", "sign-in", "done")]
        press(grace, "/openings", to="/sign-out")
        assert entries(app, installation) == [("account", "sign-out", "done")]
        page = grace.get("/sign-in").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        grace.post("/sign-in", data={"email": "grace@example.org", "password": "wrong", "csrf_token": token[1]})
        assert entries(app, installation) == []

    def test_looking_at_a_candidate_of_another_opening_is_refused_and_kept(
        self, alice: FlaskClient, app: Flask, installation: Installation
    ) -> None:
        entries(app, installation)
        assert alice.get(f"/candidates/{'0c' * 12}").status_code == 404
        assert alice.get("/candidates/Casey Moreau").status_code == 404
        assert alice.head("/adjustments").status_code == 200
        assert entries(app, installation) == [("account", "candidate.read", "refused")] * 2
        kept = [each["object_id"] for each in rows(installation.database, "audit_entry")[-2:]]
        assert kept == ["0c" * 12, ""]

    def test_a_file_leaves_with_its_entry_or_not_at_all(
        self, alice: FlaskClient, installation: Installation, casey: Casey
    ) -> None:
        address = f"/openings/{casey.opening_id}/download/file?format=csv"
        before = len(rows(installation.database, "audit_entry"))
        assert alice.get(address).status_code == 200
        assert len(rows(installation.database, "audit_entry")) == before + 1

        def full() -> str:
            message = "The disk is full"
            raise OSError(message)

        installation.database.secret = full
        assert alice.get(address).status_code == 500

    def test_answers_are_not_in_it_and_what_a_candidate_decides_is(
        self, client: FlaskClient, casey: Casey, app: Flask, installation: Installation
    ) -> None:
        begin(client, casey)
        assert entries(app, installation) == [("candidate", "own.consent", "done")]
        for number, scenario in enumerate(casey.form.scenarios, 1):
            rate(client, number, dict.fromkeys(scenario.option_ids, 3))
        assert entries(app, installation) == []
        hand_in(client)
        assert press(client, "/sit/experience", to="/sit/submit").status_code == 303
        assert entries(app, installation) == [("candidate", "own.hand-in", "done")]
        handed_in = rows(installation.database, "audit_entry")[-1]
        assert (handed_in["actor_id"], handed_in["object_id"]) == ("", casey.opening_id)

    def test_withdrawing(self, sitting: Casey, client: FlaskClient, app: Flask, installation: Installation) -> None:
        entries(app, installation)
        press(client, "/sit/withdraw", sure="y")
        assert entries(app, installation) == [("candidate", "own.withdraw", "done")]
        assert rows(installation.database, "audit_entry")[-1]["object_id"] == sitting.session_id

    def test_erasing_with_a_wrong_code_is_refused_and_the_chain_outlives_the_candidate(
        self,
        sitting: Casey,
        client: FlaskClient,
        app: Flask,
        installation: Installation,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(codes.secrets, "randbelow", lambda _below: 12345678)
        entries(app, installation)
        press(client, "/sit/erase", to="/sit/erase/code")
        assert [press(client, "/sit/erase", code=code).status_code for code in ("00000000", "12345678")] == [400, 200]
        found = entries(app, installation)  # what was refused changed nothing, so it was written after
        assert found == [("candidate", "own.erase", "done"), ("candidate", "own.erase", "refused")]
        assert rows(installation.database, "candidate") == []
        assert {each["object_id"] for each in rows(installation.database, "audit_entry")[-2:]} == {sitting.session_id}
        assert verify_audit(installation.database).breaks == ()
        assert "casey" not in str(rows(installation.database, "audit_entry")).lower()

    def test_what_the_program_does_by_itself(self, sitting: Casey, app: Flask, installation: Installation) -> None:
        entries(app, installation)
        Promises().keep(installation.database, START)
        assert entries(app, installation) == []
        Promises().keep(installation.database, START + timedelta(days=800))
        assert ("worker", "time.erase", "done") in entries(app, installation)
        assert rows(installation.database, "audit_entry")[-1]["object_id"] == sitting.session_id
