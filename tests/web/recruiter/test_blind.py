"""POST /blind: names are hidden everywhere, and not only from the eye."""

import pytest
from flask.testing import FlaskClient

from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import Office

NAMES = ("Casey", "Zwart", "Nora", "Quizenberry", "alert(", "Söhne", "Rana", "Ilka", "Xanthe", "Sam Same")


@pytest.fixture
def blind_alice(client: FlaskClient, office: Office) -> FlaskClient:
    sign_in(client, "alice")
    answer = press(
        client, f"/openings/{office.opening}?q=quiz", "/blind", hide="yes", next=f"/openings/{office.opening}"
    )
    assert (answer.status_code, answer.location) == (303, f"/openings/{office.opening}")
    return client


def pages(office: Office) -> list[str]:
    return [
        "/openings",
        f"/openings/{office.opening}",
        f"/openings/{office.opening}?sort=name",
        f"/openings/{office.opening}/compare?c={office.casey}&c={office.hostile}",
        f"/openings/{office.opening}/compare?c={office.casey}",
        f"/openings/{office.opening}/compare?c={office.casey}&c={office.half}",
        *(f"/candidates/{each}" for each in (office.nora, office.same, office.half, office.invited, office.random)),
    ]


def test_no_page_holds_a_name(blind_alice: FlaskClient, office: Office) -> None:
    for address in pages(office):
        page = blind_alice.get(address)
        assert not [name for name in NAMES if name in page.text], address
        check_page(page.text)


def test_numbers_stand_for_names(blind_alice: FlaskClient, office: Office) -> None:
    assert "<title>Candidate 02" in blind_alice.get(f"/candidates/{office.nora}").text
    assert "Candidate 07" in blind_alice.get(f"/openings/{office.opening}").text


def test_names_neither_sort_nor_find_anybody(blind_alice: FlaskClient, office: Office) -> None:
    page = blind_alice.get(f"/openings/{office.opening}?sort=name&q=quiz").text
    assert page.count('name="c"') == 8
    assert 'name="q"' not in page
    assert "quiz" not in page
    assert page.index(office.casey) < page.index(office.nora) < page.index(office.invited)


def test_names_can_be_shown_again(blind_alice: FlaskClient, office: Office) -> None:
    press(blind_alice, "/openings", "/blind", hide="no", next="/openings")
    assert "Nora Quizenberry" in blind_alice.get(f"/candidates/{office.nora}").text


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "/sign-out", "/openings\r\nX: y", ""]
)
def test_the_way_back_leads_to_own_pages_only(client: FlaskClient, where: str) -> None:
    sign_in(client, "alice")
    assert press(client, "/openings", "/blind", hide="yes", next=where).status_code == 400


def test_every_page_names_a_way_back_that_is_taken(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    for address in [*pages(office), f"/openings/{office.opening}?q=n%26%3D&sort=score&state=submitted"]:
        html = client.get(address).text
        back = html.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")
        assert "q=" not in back
        assert press(client, address, "/blind", hide="no", next=back).status_code == 303


def test_it_takes_a_post_with_a_token(client: FlaskClient) -> None:
    sign_in(client, "alice")
    assert client.get("/blind").status_code == 405
    assert client.post("/blind", data={"hide": "yes"}).status_code == 400
