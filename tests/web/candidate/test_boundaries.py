"""What holds for every page of the candidate's way."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.web.shell.access import Permission, permission_of
from eiassess.web.shell.context import Installation
from eiassess.web.shell.security import HEADERS
from tests.hiring_story import standard_form
from tests.web.people import Casey, begin, hand_in, hire_staff, make_casey, press, rate, save, sign_in

PAGES = ("/sit", "/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review", "/sit/done", "/sit/no-link")


def all_answers(client: FlaskClient, casey: Casey) -> list:  # type: ignore[type-arg]  # Flask's test responses
    """Every kind of answer that a candidate can get, refusals included."""
    answers = [client.get(casey.link), client.get("/i/unknown"), press(client, "/sit/notice")]
    begin(client, casey)
    stale = client.get("/sit/scenario/1").text
    answers += [client.get(page) for page in PAGES]
    answers += [
        press(client, "/sit/practice", go="save"),
        rate(client, 1, {"a": 1}),
        rate(client, 1, {"a": 2}, page=stale),
    ]
    answers += [save(client, 2, {"a": 1}, 0), save(client, 2, {"a": 2}, 0), save(client, 2, {"a": 9}, 1)]
    answers += [
        client.post("/sit/scenario/1", data={"rating-a": "1"}),
        client.post("/sit/submit"),
        client.get("/sit/x"),
    ]
    answers += [hand_in(client), client.get("/sit/done"), client.put("/sit")]
    return answers


def test_every_answer_has_the_headers_and_is_not_kept(client: FlaskClient, casey: Casey) -> None:
    answers = all_answers(client, casey)
    assert {answer.status_code for answer in answers} >= {200, 303, 400, 404, 405, 409, 410}
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert HEADERS.items() <= dict(answer.headers).items()
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_no_page_has_scripts_or_styles_of_its_own(client: FlaskClient, casey: Casey) -> None:
    for answer in all_answers(client, casey):
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert "<script>" not in answer.text
        assert " onclick" not in answer.text


def test_no_page_knows_the_key(client: FlaskClient, casey: Casey) -> None:
    pages = "".join(answer.text for answer in all_answers(client, casey))
    pages += "".join(client.get(f"/sit/scenario/{number}").text for number in range(1, 17))
    key = standard_form().key
    for options in key.credits.values():
        for each in options.values():
            assert each.rationale not in pages
            assert f">{each.value}<" not in pages
    model = standard_form().bank.model
    assert not any(competency.close_to_key in pages for competency in model.competencies.values())


def test_no_page_holds_the_token(client: FlaskClient, casey: Casey) -> None:
    for answer in all_answers(client, casey):
        assert casey.token not in answer.text
        assert casey.token not in str(answer.headers)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/sit/no-link"])
def test_without_a_link_one_is_told_how_to_get_in(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.location) == (303, "/sit/no-link")
    assert "Please open your invitation link" in client.get("/sit/no-link").text


def test_each_route_asks_for_what_it_needs(app: Flask) -> None:
    asked = {
        rule.endpoint: permission_of(app, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("candidate.")
    }
    public = {"candidate.follow_link", "candidate.no_link", "candidate.try_out"}
    assert {name for name, permission in asked.items() if permission is Permission.PUBLIC} == public
    assert {permission for name, permission in asked.items() if name not in public} == {Permission.CANDIDATE}


def test_get_changes_nothing_and_post_needs_the_token(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    for page in ("/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/submit"):
        assert client.post(page, data={"agree": "y", "rating-a": "1", "revision": "0"}).status_code == 400
    assert client.get("/sit/submit").status_code == 405


def staff_pages(app: Flask) -> list[str]:
    return [
        rule.rule
        for rule in app.url_map.iter_rules()
        if permission_of(app, rule.endpoint) in {Permission.RECRUIT, Permission.MANAGE_HIRING}
        and "GET" in (rule.methods or ())
        and not rule.arguments
    ]


def test_a_candidate_reaches_no_staff_page(app: Flask, client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert staff_pages(app)
    for page in staff_pages(app):
        answer = client.get(page)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


def test_the_candidates_cookie_opens_no_staff_session(app: Flask, client: FlaskClient, sitting: Casey) -> None:
    del sitting
    cookie = client.get_cookie("eiassess-candidate")
    assert cookie is not None
    swapped = app.test_client()
    swapped.set_cookie("eiassess-staff", cookie.value)
    assert all(swapped.get(page).status_code == 303 for page in staff_pages(app))


def test_staff_reach_no_candidates_page(app: Flask, client: FlaskClient, installation: Installation) -> None:
    casey = make_casey(installation)
    hire_staff(installation, "alice", Role.RECRUITER, casey.opening_id)
    sign_in(client, "alice")
    assert client.get("/sit/scenario/1").location == "/sit/no-link"
    cookie = client.get_cookie("eiassess-staff")
    assert cookie is not None
    swapped = app.test_client()
    swapped.set_cookie("eiassess-candidate", cookie.value)
    assert swapped.get("/sit/scenario/1").location == "/sit/no-link"


def test_a_foreign_host_is_refused(client: FlaskClient, casey: Casey) -> None:
    assert client.get(casey.link, headers={"Host": "evil.example"}).status_code == 400
