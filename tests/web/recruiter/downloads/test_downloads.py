"""Downloading scores and answers from the list: whom it is about, what comes, and who gets nothing."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlmodel import select

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.persistence.tables import UserRecord
from eiassess.services.hiring.openings import use_form
from eiassess.services.hiring.releases import release_candidate
from eiassess.web.shell.context import Installation
from tests.web.people import invite, sign_in
from tests.web.staff import HOSTILE, Office

NOT_FOUND, BAD = 404, 400


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def address(office: Office, **asked: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/openings/{office.opening}/download/file?{words}"


def id_of(installation: Installation, name: str) -> str:
    with installation.database.reading() as db:
        return db.exec(select(UserRecord.id).where(UserRecord.email == f"{name}@example.org")).one()


def n_named(html: str) -> int:
    found = re.search(r"Download scores or answers of (\d+) candidate", html)
    assert found
    return int(found.group(1))


def test_the_number_comes_first_and_then_the_file_of_the_filter(alice: FlaskClient, office: Office) -> None:
    listed = alice.get(f"/openings/{office.opening}?state=submitted").text
    assert f'formaction="/openings/{office.opening}/download"' in listed
    page = alice.get(f"/openings/{office.opening}/download?state=submitted").text
    assert "the people whom you chose or filtered" in page
    assert '<input type="hidden" name="state" value="submitted">' in page
    answer = alice.get(address(office, what="scores", format="csv", state="submitted"))
    assert answer.is_streamed
    found = rows(answer.text)
    assert len(found) == n_named(page) > 0
    assert {row["state"] for row in found} == {"handed in"}
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    named = r'attachment; filename="scores-adviser\.csv"'
    assert re.fullmatch(named, answer.headers["Content-Disposition"])
    everybody = alice.get(f"/openings/{office.opening}/download").text
    assert "This is everybody in this opening" in everybody
    assert n_named(everybody) > len(found)


def test_the_choice_is_obeyed(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}/download?c={office.casey}").text
    assert "Download 1 candidate<" in page
    assert f'<input type="hidden" name="c" value="{office.casey}">' in page
    assert "1 of them has handed in" in page
    for what in ("scores", "answers"):
        assert len(rows(alice.get(address(office, what=what, format="csv", c=office.casey)).text)) == 1


def test_nobody_is_said_and_not_drawn(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.empty_opening}/download").text
    assert "There is nobody to download" in page
    assert "<form" not in page.split("</header>")[-1]


def test_a_workbook_says_what_its_columns_mean_and_runs_no_formula(alice: FlaskClient, office: Office) -> None:
    answer = alice.get(address(office, what="scores", format="xlsx", names="yes"))
    workbook = load_workbook(io.BytesIO(answer.data))
    assert workbook.sheetnames == ["Scores", "Columns"]
    names = [cell.value for cell in next(workbook["Scores"].iter_rows())]
    assert [row[0].value for row in workbook["Columns"].iter_rows(min_row=2)] == names
    assert all(cell.data_type != "f" for row in workbook["Scores"].iter_rows() for cell in row)
    place = names.index("name") + 1
    assert HOSTILE in {cell.value for (cell,) in workbook["Scores"].iter_rows(min_col=place, max_col=place)}
    same = rows(alice.get(address(office, what="scores", format="csv", names="yes")).text)
    for row, cells in zip(same, workbook["Scores"].iter_rows(min_row=2, values_only=True), strict=True):
        assert [value or "" for value in row.values()] == ["" if cell is None else str(cell) for cell in cells]


def test_hidden_names_stand_in_no_file(alice: FlaskClient, office: Office) -> None:
    assert "name" in rows(alice.get(address(office, format="csv", names="yes")).text)[0]
    assert "name" not in rows(alice.get(address(office, format="csv")).text)[0]
    page = alice.get(f"/openings/{office.opening}/download").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    alice.post("/blind", data={"hide": "yes", "next": "/openings", "csrf_token": token.group(1)})
    assert "With names" not in alice.get(f"/openings/{office.opening}/download").text
    assert "name" not in rows(alice.get(address(office, format="csv", names="yes")).text)[0]


def test_answers_of_several_forms_ask_for_one(alice: FlaskClient, office: Office, installation: Installation) -> None:
    short_form = load_form("short", (data_folder("question_banks"),))
    use_form(installation.database, office.opening, short_form, installation.clock())
    invite(installation, office.opening, "Ida")
    page = alice.get(f"/openings/{office.opening}/download").text
    (short,) = re.findall(r'<option value="([0-9a-f]{64})">Short[^<]*\(1 candidate\)', page)
    refused = alice.get(address(office, what="answers", format="csv"))
    assert refused.status_code == BAD
    assert "answers stand in a file for each: choose" in refused.text
    assert 'id="what-answers" value="answers" checked' in refused.text
    assert len(rows(alice.get(address(office, what="answers", format="csv", form=short)).text)) == 1
    assert len(rows(alice.get(address(office, what="scores", format="csv")).text)) == n_named(page)


def test_a_manager_gets_no_file_whatever_was_released(app: Flask, office: Office, installation: Installation) -> None:
    release_candidate(installation.database, id_of(installation, "alice"), office.casey, installation.clock())
    for who in ("dana", "charlie", "avery"):
        other = app.test_client()
        sign_in(other, who)
        for path in (f"/openings/{office.opening}/download", address(office, format="csv")):
            assert other.get(path).status_code == NOT_FOUND


def test_what_nobody_offers_is_the_usual(alice: FlaskClient, office: Office) -> None:
    answer = alice.get(address(office, what="x", format="y"))
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert load_workbook(io.BytesIO(answer.data)).sheetnames[0] == "Scores"
