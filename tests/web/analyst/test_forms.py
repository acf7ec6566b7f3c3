"""GET /analysis."""

from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.web.shell.context import Installation
from tests.sittings import drawn, sat_by
from tests.web.pages import check_page
from tests.web.people import hire_staff, sign_in


def test_before_any_opening_the_page_says_what_it_is_for(avery: FlaskClient) -> None:
    page = avery.get("/analysis").text
    assert "No form is in use yet" in page
    check_page(page)


def test_every_form_in_use_has_its_key_and_its_people(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(3))
    sat_by(installation.database, drawn(2), simulated=True)
    page = avery.get("/analysis").text
    for words in ("Small form A", "small-a, version 1", "theory-1, version 1", f"/analysis/forms/{digest}"):
        assert words in page
    assert f"/analysis/forms/{digest}?people=simulated" in page
    assert "Nora" not in page
    assert "example.org</" not in page
    check_page(page)


def test_an_analyst_comes_here_first_and_recruiters_do_not(
    avery: FlaskClient, other_device: FlaskClient, installation: Installation
) -> None:
    assert avery.get("/").headers["Location"] == "/analysis"
    assert avery.get("/openings").status_code == 404
    assert other_device.get("/analysis").status_code == 303
    hire_staff(installation, "alice", Role.RECRUITER)
    sign_in(other_device, "alice")
    assert other_device.get("/analysis").status_code == 404
