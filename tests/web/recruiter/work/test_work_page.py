"""An opening's background work: what a worker made of it, and trying again what it gave up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from eiassess.errors import RefusedError
from eiassess.services.hiring.own_reminders import REMIND_JOB
from eiassess.services.jobs.queueing import queue_job
from eiassess.services.jobs.working import PAUSES, JobClaim, claim_job, tell_progress
from eiassess.web.recruiter.work.presenters import KINDS
from eiassess.web.shell.context import Installation
from eiassess.worker.handlers import HANDLERS, Handler
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import PASSWORD, rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.pages import check_page
from tests.web.people import Clock, sign_in, token_in
from tests.web.staff import Office

LONG = "The_list_that_it_was_to_read_" + "is_not_there_" * 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def ask(installation: Installation, opening: str, **what: object) -> str:
    with installation.database.writing() as db:
        return queue_job(db, REMIND_JOB, installation.clock(), opening_id=opening, **what) or ""  # type: ignore[arg-type]  # named by the caller


def worked(installation: Installation, handler: Handler) -> None:
    """Let a worker do what is due."""
    work_off(WorkPlace(installation.database, installation.clock, handlers={**HANDLERS, REMIND_JOB: handler}))


def fails(*_: object) -> str:
    message = f"Nothing was sent to <Kari>: {LONG}"
    raise RefusedError(message)


def give_up(installation: Installation, clock: Clock, opening: str) -> str:
    """Ask for work that fails until its tries are used up."""
    job = ask(installation, opening)
    for pause in (*PAUSES, timedelta()):
        worked(installation, fails)
        clock.time += pause
    return job


def held(installation: Installation, opening: str) -> JobClaim:
    """Begin a piece of work and stand at 40 of 300."""
    ask(installation, opening)
    claim = claim_job(installation.database, installation.clock())
    assert claim
    with installation.database.writing() as db:
        tell_progress(db, claim, 40, 300, installation.clock())
    return claim


def test_every_kind_of_work_has_its_words() -> None:
    assert set(KINDS) == set(HANDLERS)


def test_without_any_it_says_what_it_is_for(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/work").text
    assert "Work appears here" in page
    check_page(page)
    mail = client.get(f"/openings/{office.opening}/mail").text
    assert f'href="/openings/{office.opening}/work">Background work</a>' in mail


def test_work_stands_with_state_progress_and_reason(
    client: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    ask(installation, office.opening)
    worked(installation, lambda *_: "Sent to 3 people")
    give_up(installation, clock, office.opening)
    held(installation, office.opening)
    ask(installation, office.opening, due_at=clock() + timedelta(days=1))
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/work").text
    assert "1 given up, 1 running, 1 waiting, 1 done." in page
    assert "Sent to 3 people." in page
    assert "40 of 300 done" in page
    assert "Tried 5 times, and not again by itself. The last time: Nothing was sent to &lt;Kari&gt;" in page
    assert page.count("Try it again") == 1
    check_page(page)
    assert "Background work (1 given up)" in client.get(f"/openings/{office.opening}/mail").text


def test_between_two_tries_the_page_says_why(client: FlaskClient, office: Office, installation: Installation) -> None:
    ask(installation, office.opening)
    worked(installation, fails)
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/work").text
    assert "It is tried again. The last time: Nothing was sent" in page
    assert "Try it again" not in page


def test_a_failure_that_runs_again_still_has_its_reason_and_it_is_hidden_with_names(
    client: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    ask(installation, office.opening)
    worked(installation, fails)
    clock.time += PAUSES[0]
    assert claim_job(installation.database, clock())
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/work"
    page = client.get(address).text
    assert "It is being tried again. The last time: Nothing was sent" in page
    client.post("/blind", data={"hide": "yes", "csrf_token": token_in(page)})
    page = client.get(address).text
    assert "The last time: The reason is hidden while names are." in page
    assert "Kari" not in page


def test_two_clicks_put_it_back_once(
    client: FlaskClient, other_device: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    job, done = give_up(installation, clock, office.opening), list[str]()
    address = f"/openings/{office.opening}/work"

    def do(_database: object, claim: JobClaim, _clock: object) -> str:
        done.append(claim.id)
        return "Sent to 2 people"

    for browser in (client, other_device):
        sign_in(browser, "alice")
    tokens = [(browser, token_in(browser.get(address).text)) for browser in (client, other_device)]
    for browser, token in tokens:
        answer = browser.post(f"{address}/{job}/retry", data={"csrf_token": token}, follow_redirects=True)
        assert "1 waiting." in answer.text
        assert "Try it again" not in answer.text
    worked(installation, do)
    client.post(f"{address}/{job}/retry", data={"csrf_token": tokens[0][1]})
    worked(installation, do)
    assert done == [job]
    assert "Sent to 2 people." in client.get(address).text


def test_only_its_recruiters_try_it_again_and_only_by_a_form(
    client: FlaskClient, other_device: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    job = give_up(installation, clock, office.opening)
    sign_in(client, "charlie")
    token = token_in(client.get("/openings").text)
    for opening in (office.opening, office.other_opening):
        assert client.post(f"/openings/{opening}/work/{job}/retry", data={"csrf_token": token}).status_code == 404
    sign_in(other_device, "alice")
    assert other_device.post(f"/openings/{office.opening}/work/{job}/retry").status_code == 400
    assert other_device.get(f"/openings/{office.opening}/work/{job}/retry").status_code == 405
    assert rows(installation.database, "job")[0]["state"] == "failed"


def test_many_are_paged_and_an_odd_page_leads_back(
    client: FlaskClient, office: Office, installation: Installation
) -> None:
    for _ in range(51):
        ask(installation, office.opening)
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/work"
    first, last, beyond = (client.get(f"{address}?page={page}").text for page in ("-1", "2", "9" * 30))
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "Page 2 of 2" in last
    assert 'rel="next"' not in last
    assert "Nothing stands on this page" in beyond
    for page in (first, last, beyond):
        check_page(page)


def test_it_works_in_a_narrow_browser_without_scripts(
    browser: Browser, app: Flask, office: Office, installation: Installation, clock: Clock
) -> None:
    give_up(installation, clock, office.opening)
    held(installation, office.opening)
    with opened(browser, app) as context:
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/openings")
        page.goto(f"/openings/{office.opening}/mail")
        page.get_by_role("link", name="Background work (1 given up)").click()
        check_everywhere(page, "Background work")
        page.set_viewport_size({"width": 320, "height": 800})
        page.get_by_role("button", name="Try it again").click()
        expect(page.get_by_role("button", name="Try it again")).to_have_count(0)
        expect(page.locator("main")).to_contain_text("1 running, 1 waiting.")
