"""One person's costly work leaves room for everybody else's."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from eiassess.domain.roles import Role
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import Installation
from eiassess.web.shell.costly import AT_ONCE, is_costly
from tests.web.people import hire_staff, open_job, sign_in


@pytest.fixture
def staff(app: Flask, installation: Installation) -> dict[str, FlaskClient]:
    """Alice and bob, in an application with a file that comes in pieces and a view that fails."""

    def pieces() -> Iterator[str]:
        yield "first"
        yield "last"

    @is_costly
    def file() -> ResponseReturnValue:
        return Response(pieces())

    @is_costly
    def failing() -> ResponseReturnValue:
        raise RuntimeError

    for view in (file, failing):
        app.add_url_rule(f"/{view.__name__}", view.__name__, requires(Permission.RECRUIT)(view))
    opening = open_job(installation)
    found = {}
    for name in ("alice", "bob"):
        hire_staff(installation, name, Role.RECRUITER, opening)
        found[name] = app.test_client()
        sign_in(found[name], name)
    return found


def test_the_file_after_so_many_that_still_come_is_refused_and_other_people_have_theirs(
    staff: dict[str, FlaskClient],
) -> None:
    coming = [staff["alice"].get("/file") for _ in range(AT_ONCE)]
    assert [answer.status_code for answer in coming] == [200] * AT_ONCE
    refused = staff["alice"].get("/file")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "20")
    assert "are still being made" in refused.text
    assert staff["bob"].get("/file", buffered=True).text == "firstlast"
    assert staff["alice"].get("/openings").status_code == 200, "pages are no costly work"
    assert coming[0].text == "firstlast"
    coming[0].close()
    assert staff["alice"].get("/file", buffered=True).status_code == 200
    coming[1].close()


def test_what_fails_or_is_left_gives_its_place_back(staff: dict[str, FlaskClient]) -> None:
    for _ in range(AT_ONCE + 1):
        assert staff["alice"].get("/failing").status_code == 500
        staff["alice"].get("/file").close()
    assert staff["alice"].get("/file", buffered=True).status_code == 200


def test_all_that_makes_a_file_a_report_or_a_table_of_everybody_is_counted(app: Flask) -> None:
    costly = {name for name, view in app.view_functions.items() if getattr(view, "is_costly", False)}
    files = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith((".pdf", ".csv", ".xlsx", "/file"))
        and rule.endpoint.startswith(("recruiter.", "manager.", "keying."))
    } - {"recruiter.file"}
    uploads = {name for name, view in app.view_functions.items() if hasattr(view, "max_form_bytes")}
    tables = {"recruiter.compare", "analyst.form", "analyst.keys"}
    assert files | tables | {"recruiter.upload_list", "recruiter.paste_list"} <= costly
    assert uploads - costly <= {"recruiter.decide", "recruiter.do_for_many"}, "many ids, and little work"
