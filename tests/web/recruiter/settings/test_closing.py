"""An opening is closed, opened again and archived in the browser."""

import pytest
from flask.testing import FlaskClient

from eiassess.services.hiring.invitations import invite_candidate
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import Office


def test_closing_names_who_is_on_their_way_and_asks(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/close"
    page = client.get(address).text
    assert "2 people are still on their way" in page
    for name in ("Ilka Half", "Xanthe Invited"):
        assert name in page
    assert "Casey Zwart" not in page
    check_page(page)
    unsaid = press(client, address)
    assert unsaid.status_code == 400
    assert "Choose what becomes of those on their way." in unsaid.text
    check_page(unsaid.text)


def test_of_many_on_their_way_the_first_fifty_are_named(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    for n in range(52):
        invite_candidate(
            installation.database,
            installation.links,
            office.empty_opening,
            f"Nora {n}",
            f"nora{n}@example.org",
            installation.clock(),
        )
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.empty_opening}/close").text
    check_page(page)
    assert "52 people are still on their way" in page
    assert page.count('<th scope="row">') == 50
    assert "and 2 more" in page


def test_a_closed_opening_asks_for_nobody_to_invite(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}"
    assert press(client, f"{address}/close", way="finish").status_code == 303
    page = client.get(f"{address}/invite").text
    check_page(page)
    assert "This opening is closed, and takes no new invitation." in page
    assert "Invite this person" not in page


@pytest.mark.parametrize(("way", "left"), [("finish", 2), ("end", 0)])
def test_those_on_their_way_finish_or_their_links_end(client: FlaskClient, office: Office, way: str, left: int) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}"
    assert press(client, f"{address}/close", way=way).status_code == 303
    assert "Closed: nobody can be invited." in client.get(f"{address}/settings").text
    closed = client.get(f"{address}/close").text
    assert "Closed: nobody can be invited." in closed
    check_page(closed)
    assert press(client, f"{address}/settings", f"{address}/reopen").status_code == 303
    page = client.get(f"{address}/close").text
    assert ("still on their way</h2>" in page) is bool(left)


def test_a_closed_opening_is_archived_and_comes_back(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.empty_opening}"
    assert "Nobody is still on their way." in client.get(f"{address}/close").text
    assert press(client, f"{address}/settings", f"{address}/archive").status_code == 409, "it is open"
    assert press(client, f"{address}/close").status_code == 303
    assert "Nobody yet" not in client.get("/openings").text
    assert "Nobody yet" in client.get("/openings?show=closed").text
    assert press(client, f"{address}/settings", f"{address}/archive").status_code == 303
    archived = client.get("/openings?show=archived").text
    assert "Nobody yet" in archived
    check_page(archived)
    page = client.get(f"{address}/settings").text
    assert "Save the settings" not in page
    check_page(page)
    kept = press(client, f"{address}/settings", title="Other", keep_days="180", time_zone="UTC")
    assert kept.status_code == 409
    assert press(client, f"{address}/settings", f"{address}/unarchive").status_code == 303
    assert "Closed: nobody can be invited." in client.get(f"{address}/settings").text
    check_page(client.get("/openings").text)


def test_hidden_names_stay_hidden_when_closing(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    press(client, f"/openings/{office.opening}", "/blind", hide="yes")
    page = client.get(f"/openings/{office.opening}/close").text
    assert "2 people are still on their way" in page
    assert "Ilka Half" not in page
    assert "ilkahalf@example.org" not in page
