"""GET /candidates/<session>/guide."""

from flask.testing import FlaskClient

from eiassess.banks.anchors import anchors_of
from tests.hiring_story import standard_form
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import Office

MODEL = standard_form().bank.model


def test_the_guide_says_what_to_ask_and_what_answers_sound_like_from_5_to_1(
    client: FlaskClient, office: Office
) -> None:
    sign_in(client, "alice")
    assert f"/candidates/{office.random}/guide" in client.get(f"/candidates/{office.random}").text
    html = client.get(f"/candidates/{office.random}/guide").text
    check_page(html)
    asked = [each for each in MODEL.competencies.values() if f">{each.name}</h2>" in html]
    assert asked
    for each in asked:
        places = [html.index(words.replace('"', "&#34;")) for words in anchors_of("service-ei")[each.id]]
        assert places == sorted(places, reverse=True)
        assert each.interview[0].question.replace('"', "&#34;") in html


def test_every_competency_has_five_points_that_differ() -> None:
    anchors = anchors_of("service-ei")
    assert set(anchors) == set(MODEL.competencies)
    assert all(len(set(texts)) == 5 for texts in anchors.values())
    assert anchors_of("a company's own") == {}


def test_there_is_no_guide_before_there_are_scores_or_for_others(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    assert client.get(f"/candidates/{office.invited}/guide").status_code == 404
    assert client.get(f"/candidates/{office.elsewhere}/guide").status_code == 404
    assert f"/candidates/{office.invited}/guide" not in client.get(f"/candidates/{office.invited}").text


def test_hidden_names_stay_hidden(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    token = client.get("/openings").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/blind", data={"hide": "yes", "next": "/openings", "csrf_token": token})
    assert "Quizenberry" not in client.get(f"/candidates/{office.nora}/guide").text
