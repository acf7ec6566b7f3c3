"""/panels, /panels/new, /panels/<id>, inviting, links, closing, forgetting names."""

import re
from dataclasses import replace
from datetime import timedelta
from email.headerregistry import Address
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.config import Encryption, MailServer
from eiassess.domain.mail_states import MailState
from eiassess.persistence.tables import MessageRecord
from eiassess.services.panels.experts import invite_experts
from eiassess.services.panels.panels import get_panel
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.banks.small_bank import edit
from tests.hiring_story import LINKS, rows
from tests.panel_story import PanelStory
from tests.web.pages import check_page
from tests.web.people import START, press, sign_in, token_in

LONG = "Maria del Carmen Rodríguez y Gutiérrez de la Fuente"


def test_the_list_shows_how_far_panels_are(avery: FlaskClient, panel: PanelStory) -> None:
    panel.finished(2)
    page = avery.get("/panels").text
    assert "Winter panel" in page
    assert re.search(r'class="num">2</td>\s*<td class="num">0</td>\s*<td class="num">2</td>', page)
    check_page(page)


def test_without_panels_the_page_says_what_they_are_for(avery: FlaskClient, installation: Installation) -> None:
    with installation.database.writing() as db:
        db.connection().exec_driver_sql("DELETE FROM keying_panel")
    page = avery.get("/panels").text
    assert "There is no panel yet" in page
    check_page(page)


def test_a_panel_is_made_for_a_form_of_the_search_path(avery: FlaskClient, installation: Installation) -> None:
    page = avery.get("/panels/new").text
    assert "(small, 4 scenarios)" in page
    check_page(page)
    answer = press(avery, "/panels/new", title="Spring panel", form="small-a")
    assert answer.status_code == 303
    made = avery.get(answer.location).text
    assert "Nobody is invited yet" in made
    assert "10 more experts are needed" in made
    assert "9.6 %" in made
    check_page(made)
    assert [row["simulated"] for row in rows(installation.database, "keying_panel")] == [0, 0]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "", "form": "small-a"}, "Give the panel a name."),
        ({"title": "x" * 201, "form": "small-a"}, "A name has 1 to 200 characters."),
        ({"title": "Panel", "form": "/etc/passwd.toml"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(avery: FlaskClient, fields: dict[str, str], message: str) -> None:
    answer = press(avery, "/panels/new", **fields)
    assert answer.status_code == 400
    assert message in answer.text
    assert "<title>Error: " in answer.text
    check_page(answer.text)


def test_a_form_that_cannot_be_used_is_named(avery: FlaskClient, tmp_path: Path) -> None:
    edit(tmp_path / "banks" / "small", "keys/theory-1.toml", 'method = "THEORY"', 'method = "GUESS"')
    answer = press(avery, "/panels/new", title="Panel", form="small-a")
    assert answer.status_code == 400
    assert "keys/theory-1.toml" in answer.text


def test_a_refusal_stands_at_the_field_that_it_is_about(avery: FlaskClient) -> None:
    answer = press(avery, "/panels/new", title="x" * 201, form="small-a")
    assert '<a href="#title">A name has 1 to 200 characters.</a>' in answer.text


def test_without_a_form_the_page_says_so(avery: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "banks" / "small" / "forms" / "small-a.toml").unlink()
    page = avery.get("/panels/new").text
    assert "There is no form to choose" in page
    check_page(page)


def test_links_are_shown_once_and_open(avery: FlaskClient, panel: PanelStory, app: Flask) -> None:
    address = f"/panels/{panel.panel}/invite"
    check_page(avery.get(address).text)
    page = press(avery, address, people=f"Zoë Lindqvist <zoe@example.org>\n\n{LONG} <maria@example.org>\r\n").text
    links = re.findall(r"http://localhost(/e/[\w-]+)", page)
    assert len(links) == 2
    check_page(page)
    assert app.test_client().get(links[0]).location == "/rate"
    progress = avery.get(f"/panels/{panel.panel}").text
    assert LONG in progress
    assert links[0] not in progress
    check_page(progress)
    again = press(avery, address, people="Zoë <zoe@example.org>")
    assert again.status_code == 400
    assert "zoe@example.org is invited to this panel already." in again.text


def test_where_a_server_mails_links_nobody_is_shown_one(installation: Installation, panel: PanelStory) -> None:
    server = MailServer("127.0.0.1", 25, Encryption.NEVER, Address("Hiring", "jobs", "example.org"))
    settings = replace(installation.settings, mail=server)
    avery = create_app(replace(installation, settings=settings)).test_client()
    sign_in(avery, "avery")
    address = f"/panels/{panel.panel}"
    asked = avery.get(f"{address}/invite").text
    check_page(asked)
    assert "by mail" in asked
    answer = press(avery, f"{address}/invite", people="Zoë <zoe@example.org>\nAda <ada@example.org>")
    assert answer.location == f"{address}?mailed=2"
    page = avery.get(answer.location).text
    check_page(page)
    assert "2 mails with links are on the way." in page
    assert "/e/" not in answer.text + page
    with panel.database.writing() as db:
        to_ada = db.exec(select(MessageRecord).where(MessageRecord.recipient_name == "Ada")).one()
        to_ada.state, to_ada.created_at = MailState.BOUNCED, to_ada.created_at - timedelta(hours=1)
    assert avery.get(address).text.count("Mail not delivered") == 1
    (ada,) = (each.id for each in get_panel(panel.database, panel.panel).experts if each.name == "Ada")
    answer = press(avery, address, f"{address}/experts/{ada}/replace")
    assert "1 mail with a link is on the way." in avery.get(answer.location).text
    assert "Mail not delivered" not in avery.get(address).text


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("", "Name at least one expert."),
        ("Zoë <zoe@example.org>\nnonsense", "Line 2: &#39;nonsense&#39; is not understood"),
        ("Zoë <nowhere>", "is not an e-mail address"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nobody_invited(
    avery: FlaskClient, panel: PanelStory, people: str, message: str
) -> None:
    answer = press(avery, f"/panels/{panel.panel}/invite", people=people)
    assert answer.status_code == 400
    assert message in answer.text
    assert rows(panel.database, "panel_expert") == []
    check_page(answer.text)


def test_hostile_names_are_text(avery: FlaskClient, panel: PanelStory) -> None:
    invite_experts(panel.database, LINKS, panel.panel, [('"><script>alert(1)</script>', "x@example.org")], START)
    page = avery.get(f"/panels/{panel.panel}").text
    assert "<script>alert" not in page
    check_page(page)


def test_a_link_is_replaced_and_withdrawn(avery: FlaskClient, panel: PanelStory, app: Flask) -> None:
    (link,) = panel.invited(1)
    page, expert = f"/panels/{panel.panel}", f"/panels/{panel.panel}/experts/{link.expert_id}"
    answer = press(avery, page, f"{expert}/replace")
    (new,) = re.findall(r"http://localhost(/e/[\w-]+)", answer.text)
    assert app.test_client().get(f"/e/{link.token}").status_code == 410
    assert app.test_client().get(new).status_code == 303
    assert press(avery, page, f"{expert}/withdraw").location == page
    assert app.test_client().get(new).status_code == 410
    assert "Link withdrawn" in avery.get(page).text
    assert press(avery, page, f"/panels/{panel.panel}/experts/x/replace").status_code == 404


def test_closing_and_opening_again(avery: FlaskClient, panel: PanelStory) -> None:
    panel.finished(1)
    page = f"/panels/{panel.panel}"
    assert "See the results" not in avery.get(page).text
    assert press(avery, page, f"{page}/close").location == page
    closed = avery.get(page).text
    assert "Closed on Mon 23 Nov 2026 with 1 expert who handed in." in closed
    assert "See the results" in closed
    check_page(closed)
    assert press(avery, page, f"{page}/invite", people="A <a@example.org>").status_code == 409
    assert press(avery, page, f"{page}/open").location == page
    assert "Close the panel" in avery.get(page).text


def test_forgetting_names_is_asked_for(avery: FlaskClient, panel: PanelStory) -> None:
    panel.finished(2)
    page, forget = f"/panels/{panel.panel}", f"/panels/{panel.panel}/forget"
    assert press(avery, forget, sure="y").status_code == 409  # open
    press(avery, page, f"{page}/close")
    check_page(avery.get(forget).text)
    answer = press(avery, forget)
    assert answer.status_code == 400
    assert "Tick the box if you are sure." in answer.text
    assert press(avery, forget, sure="y").location == page
    assert [each.name for each in get_panel(panel.database, panel.panel).experts] == ["Expert 1", "Expert 2"]
    after = avery.get(page).text
    assert "Forget the names" not in after
    assert "@example.org" not in after
    check_page(after)
    token = token_in(after)
    assert avery.post(f"{page}/open", data={"csrf_token": token}).status_code == 409


def test_others_find_nothing_here(avery: FlaskClient, app: Flask, panel: PanelStory) -> None:
    del avery
    alice = app.test_client()
    sign_in(alice, "alice")
    for address in ("/panels", "/panels/new", f"/panels/{panel.panel}", f"/panels/{panel.panel}/results"):
        assert alice.get(address).status_code == 404
        assert app.test_client().get(address).location.startswith("/sign-in")
