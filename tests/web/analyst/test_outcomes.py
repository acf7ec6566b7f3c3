"""GET /analysis/forms/<digest>/outcomes."""

import re

from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.outcomes import study
from tests.web.pages import check_page


def test_with_nobody_in_the_study_it_says_what_brings_people(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 0)
    page = avery.get(f"/analysis/forms/{digest}/outcomes").text
    assert "Nobody real is in the study yet" in page
    assert f"/analysis/forms/{digest}/outcomes" in avery.get(f"/analysis/forms/{digest}").text
    check_page(page)


def test_too_few_are_said_to_be_too_few_and_nothing_is_shown(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 29)
    page = avery.get(f"/analysis/forms/{digest}/outcomes").text
    assert "Too few to say anything: 29 rated, and nothing is shown below 30" in page
    assert "it takes 194" in page
    assert "Correlation" not in page
    assert "Who does well" not in page
    check_page(page)


def test_from_thirty_on_the_observed_figure_comes_first(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 60)
    address = f"/analysis/forms/{digest}/outcomes"
    page = avery.get(address).text
    assert "Between score and rated work there is a correlation of" in page
    assert "in 60 people" in page
    assert "60, of whom 60 are rated" in page
    assert "Only people who were hired are in it; who left before their work was rated is missing." in page
    assert "Highest third" in page
    assert "Corrected for" not in page
    check_page(page)
    corrected = avery.get(f"{address}?sd=15").text
    assert corrected.index("Correlation as observed") < corrected.index("Corrected for an applicants&#39; SD of 15")
    check_page(corrected)
    for wrong in ("x", "0", "101", "nan"):
        answer = avery.get(f"{address}?sd={wrong}")
        assert answer.status_code == 400
        assert "a number above 0, at most 100" in answer.text
        assert f'value="{wrong}"' in answer.text
        check_page(answer.text)


def test_what_was_found_here_leads_to_what_hiring_is_worth(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 60)
    link = re.search(r'href="(/worth\?[^"]+)"', avery.get(f"/analysis/forms/{digest}/outcomes").text)
    assert link
    page = avery.get(link[1].replace("&amp;", "&")).text
    assert re.search(r'name="n"[^>]*value="60"', page)
    assert "Take what was found here: Small form A, 60 people" in page
    check_page(page)
    figures = {"hired": "10", "of_100": "50", "years": "2", "spread": "10000", "cost": "50"}
    what_if = avery.get("/worth", query_string=figures).text
    assert "A study of people hired here found a validity" in what_if
    assert "no study has yet shown" not in what_if
    check_page(what_if)


def test_simulated_people_are_apart_and_lead_nowhere(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 40, simulated=True, slope=0)
    study(installation.database, 5, simulated=True, engine="two")
    page = avery.get(f"/analysis/forms/{digest}/outcomes?people=simulated").text
    assert "SIMULATED" in page
    assert "It is not shown that scores foretell anything." in page
    assert "5, scored with another key or engine" in page
    assert "/worth?r" not in page
    assert "Nobody real is in the study yet" in avery.get(f"/analysis/forms/{digest}/outcomes").text
    assert "Take what was found here" not in avery.get("/worth").text
    check_page(page)


def test_people_who_are_all_rated_alike_give_a_reason(avery: FlaskClient, installation: Installation) -> None:
    digest = study(installation.database, 31, slope=0)
    with installation.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE work_rating SET rating = 3")
    page = avery.get(f"/analysis/forms/{digest}/outcomes").text
    assert "Nothing can be estimated: a correlation with something that never varies has no value." in page
    check_page(page)
