"""/openings/<id>/invite: one person, a pasted list, a file."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from eiassess.people_lists.reading import MAX_FILE_BYTES, MAX_PASTED_LETTERS, file_sheets, read_people
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import sign_in, token_in
from tests.web.staff import Office

LIST = "Name;E-mail;Phone;Town\nKari Nordmann;kari@example.org;4791234567;Oslo\nOla;ola@;;\nLiv;liv;;\n"


@pytest.fixture
def alice(client: FlaskClient, office: Office) -> FlaskClient:
    del office
    sign_in(client, "alice")
    return client


def invite_address(office: Office, way: str = "") -> str:
    return f"/openings/{office.empty_opening}/invite{way}"


def paste(client: FlaskClient, office: Office, text: str = LIST) -> str:
    """Paste a list and return the address of its page."""
    answer = client.post(invite_address(office, "/pasted"), data=token(client, office) | {"text": text})
    assert answer.status_code == 303, answer.text
    return answer.location


def token(client: FlaskClient, office: Office) -> dict[str, str]:
    return {"csrf_token": token_in(client.get(invite_address(office)).text)}


def test_the_page_offers_three_ways_and_has_its_place(alice: FlaskClient, office: Office) -> None:
    page = alice.get(invite_address(office)).text
    assert f'href="{invite_address(office)}"' in alice.get(f"/openings/{office.empty_opening}").text
    assert page.count("<form") == 5  # with that for signing out and that for names
    assert "At most 10,000 rows and 5 MB." in page
    assert "Lists that wait" not in page
    check_page(page)


def test_a_pasted_list_is_shown_before_anybody_is_invited(alice: FlaskClient, office: Office) -> None:
    address = paste(alice, office)
    page = alice.get(address).text
    assert "Nobody is invited yet. Of 3 rows: 1 good, 2 refused." in page
    assert "lines 3 and 4 (2 rows), column E-mail: &#39;ola@&#39;, &#39;liv&#39; is not an e-mail address" in page
    assert "Columns that are not used: Town." in page
    assert "4791234567" in page
    assert "Invite 1 person" in page
    check_page(page)
    assert f'href="{address}"' in alice.get(invite_address(office)).text


def test_confirming_invites_once_and_leaves_what_was_refused(
    alice: FlaskClient, office: Office, tmp_path: Path
) -> None:
    address = paste(alice, office)
    for _ in range(2):
        assert alice.post(f"{address}/confirm", data=token(alice, office)).status_code == 303
        page = alice.get(address).text
        assert "1 person invited on" in page
        assert "Kari Nordmann" not in page
        check_page(page)
    assert alice.get(f"/openings/{office.empty_opening}").text.count("Kari Nordmann") > 0
    answer = alice.get(f"{address}/refused.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=refused-rows.xlsx"
    (tmp_path / "mend.xlsx").write_bytes(answer.data)
    assert [each.name for each in read_people(file_sheets(tmp_path / "mend.xlsx")).people] == ["Ola", "Liv"]
    again = upload(alice, office, "refused-rows.xlsx", answer.data)
    assert "Of 2 rows: 0 good, 2 refused" in alice.get(again.location).text


def upload(client: FlaskClient, office: Office, name: str, data: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN201
    field = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token(client, office)["csrf_token"]}\r\n'
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = field.encode() + head.encode() + data + b"\r\n--x--\r\n"
    return client.post(invite_address(office, "/upload"), data=body, content_type="multipart/form-data; boundary=x")


def test_a_file_is_read_and_called_by_its_name(alice: FlaskClient, office: Office) -> None:
    answer = upload(alice, office, "People <b>.csv", LIST.encode())
    page = alice.get(answer.location).text
    assert "People &lt;b&gt;.csv" in page
    check_page(page)
    broken = upload(alice, office, "people.xlsx", b"PK\x03\x04nothing")
    assert broken.status_code == 400
    assert "people.xlsx: is no .xlsx workbook" in broken.text
    check_page(broken.text)


@pytest.mark.parametrize(
    ("n_bytes", "status", "said"),
    [
        (MAX_FILE_BYTES, 303, ""),
        (MAX_FILE_BYTES + 1, 400, "people.csv: is larger than 5,000,000 bytes"),
        (MAX_FILE_BYTES + 200_000, 413, "larger than we accept"),
    ],
)
def test_a_file_has_a_limit(alice: FlaskClient, office: Office, n_bytes: int, status: int, said: str) -> None:
    head = LIST.encode() + b"Per;per@example.org;;"
    answer = upload(alice, office, "people.csv", head + b"x" * (n_bytes - len(head)))
    assert (answer.status_code, said in answer.text) == (status, True)


def test_no_file_and_no_text_are_told(alice: FlaskClient, office: Office) -> None:
    none = alice.post(invite_address(office, "/upload"), data=token(alice, office))
    assert (none.status_code, 'href="#file">Choose a file.' in none.text) == (400, True)
    empty = alice.post(invite_address(office, "/pasted"), data=token(alice, office) | {"text": " "})
    assert (empty.status_code, 'href="#text">Paste a list' in empty.text) == (400, True)
    for page in (none, empty):
        check_page(page.text)


def test_pasted_text_has_a_limit_and_is_not_lost(alice: FlaskClient, office: Office) -> None:
    head = "Name;E-mail\nKari;kari@example.org\nOla;"
    fits = head + "ø" * (MAX_PASTED_LETTERS - len(head))
    paste(alice, office, fits)
    answer = alice.post(invite_address(office, "/pasted"), data=token(alice, office) | {"text": fits + "ø"})
    assert (answer.status_code, "more than 300,000 letters" in answer.text) == (400, True)
    assert "Ola;øøø" in answer.text


def chosen(**columns: str) -> dict[str, str]:
    return dict.fromkeys(("email", "name", "first_name", "last_name", "phone"), "") | columns


def test_columns_are_asked_for_where_the_header_is_not_known(alice: FlaskClient, office: Office) -> None:
    address = paste(alice, office, "Wer;Kontakt;Ort\nKari;kari@example.org;Oslo\n")
    assert alice.get(address).location == f"{address}/columns"
    page = alice.get(f"{address}/columns").text
    assert "Line 1: &#39;wer | kontakt | ort&#39;" not in page
    assert "no column is recognised as the one with the e-mail addresses" in page
    check_page(page)
    asked = alice.post(f"{address}/columns", data=token(alice, office) | chosen(phone="C"))
    assert (asked.status_code, asked.text.count("Choose the column with the")) == (400, 4)
    check_page(asked.text)
    twice = alice.post(f"{address}/columns", data=token(alice, office) | chosen(email="B", name="B"))
    assert "A column can hold one thing only" in twice.text
    strange = alice.post(f"{address}/columns", data=token(alice, office) | chosen(email="Z", name="B"))
    assert strange.status_code == 400
    told = alice.post(f"{address}/columns", data=token(alice, office) | chosen(email="B", name="A"))
    assert told.location == address
    assert "Of 1 row: 1 good, 0 refused." in alice.get(address).text
    again = alice.get(f"{address}/columns").text
    assert again.count(" selected ") == 5 or again.count("selected") == 5


def test_one_person_is_invited_and_shown(alice: FlaskClient, office: Office) -> None:
    fields = token(alice, office) | {"name": "Kari", "email": "kari@example.org"}
    answer = alice.post(invite_address(office, "/person"), data=fields)
    assert answer.status_code == 303
    assert "Kari" in alice.get(answer.location).text
    again = alice.post(invite_address(office, "/person"), data=fields)
    assert again.status_code == 400
    assert "is invited to this opening until" in again.text
    assert (
        "For a new link to the same answers, choose them on the page Progress and press Send a new link" in again.text
    )
    assert "eiassess invite" not in again.text
    assert 'value="kari@example.org"' in again.text
    check_page(again.text)


def test_what_is_wrong_with_one_person_is_told_at_its_field(alice: FlaskClient, office: Office) -> None:
    empty = alice.post(invite_address(office, "/person"), data=token(alice, office))
    assert 'href="#name">Give the person' in empty.text
    bad = alice.post(invite_address(office, "/person"), data=token(alice, office) | {"name": "Kari", "email": "kari"})
    assert 'href="#email">&#39;kari&#39; is not an e-mail address' in bad.text
    for page in (empty, bad):
        assert page.status_code == 400
        check_page(page.text)


def test_who_sat_lately_is_held_back_until_it_is_said_to_count(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    nora = next(
        row for row in rows(installation.database, "candidate") if row["id"] == _candidate_of(installation, office.nora)
    )
    fields = token(alice, office) | {"name": "Nora", "email": nora["email"]}
    asked = alice.post(invite_address(office, "/person"), data=fields)
    assert asked.status_code == 409
    assert "sat the same form less than six months ago" in asked.text
    check_page(asked.text)
    address = paste(alice, office, f"Name;Mail\nNora;{nora['email']}\n")
    page = alice.get(address).text
    assert "Also invite 1 person who sat the same form" in page
    check_page(page)
    refused = alice.post(f"{address}/confirm", data=token(alice, office))
    assert (refused.status_code, "Nobody on this list can be invited" in refused.text) == (409, True)
    check_page(refused.text)
    assert alice.post(f"{address}/confirm", data=token(alice, office) | {"also_sat": "yes"}).status_code == 303
    assert "1 person invited on" in alice.get(address).text


def test_a_list_is_paged_and_its_faults_are_cut(alice: FlaskClient, office: Office) -> None:
    good = "".join(f"P{n};p{n}@example.org;\n" for n in range(120))
    bad = "".join(f"B{n};<p{n}@example.org;\n" for n in range(60))
    address = paste(alice, office, "Name;E-mail;Phone\n" + good + bad)
    page = alice.get(address).text
    assert ("Page 1 of 3" in page, "P49<" in page, "P50<" in page, "Invite 120 people" in page) == (
        True,
        True,
        False,
        True,
    )
    assert "Page 3 of 3" in alice.get(f"{address}?page=99").text
    for number in ("0", "x", "9" * 40, "٣"):
        assert alice.get(f"{address}?page={number}").status_code == 200
    check_page(page)


def test_a_list_is_thrown_away(alice: FlaskClient, office: Office) -> None:
    address = paste(alice, office)
    answer = alice.post(f"{address}/discard", data=token(alice, office))
    assert answer.location == invite_address(office)
    assert alice.get(address).status_code == 404


def test_others_find_no_list_and_no_way_in(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = paste(client, office)
    form_token = token(client, office)
    client.post("/sign-out", data=form_token)
    for who in ("charlie", "dana"):
        other = client.application.test_client()
        sign_in(other, who)
        for path in (address, f"{address}/columns", f"{address}/refused.xlsx", invite_address(office)):
            assert other.get(path).status_code == 404, (who, path)


def _candidate_of(installation: Installation, session_id: str) -> str:
    return next(
        row["candidate_id"] for row in rows(installation.database, "assessment_session") if row["id"] == session_id
    )
