"""Interviews in the browser, for tests: planning, rating, reading."""

from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.people.accounts import find_account
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.interviews import COMPETENCIES
from tests.web.people import press, sign_in
from tests.web.staff import Office


def signed_in(app: Flask, name: str) -> FlaskClient:
    """Another browser, with somebody signed in."""
    client = app.test_client()
    sign_in(client, name)
    return client


def plan(alice: FlaskClient, installation: Installation, session_id: str, *people: str, day: str = "") -> str:
    """Plan an interview with people by name, and return its id."""
    accounts = [find_account(installation.database, f"{each}@example.org") for each in people]
    named = [each.id for each in accounts if each]
    before = {each["id"] for each in rows(installation.database, "interview")}
    address = f"/candidates/{session_id}/interviews"
    assert press(alice, address, interviewers=named, day=day).status_code == 303
    (new,) = {each["id"] for each in rows(installation.database, "interview")} - before
    return str(new)


def sheet(*ratings: object, note: str = "") -> dict[str, str]:
    """Fields of a sheet: these points in the order of the competencies, the last for all that follow."""
    given = [*ratings, *[ratings[-1]] * (len(COMPETENCIES) - len(ratings))]
    fields = {f"rating-{each}": str(one) for each, one in zip(COMPETENCIES, given, strict=True)}
    return fields | ({f"note-{COMPETENCIES[0]}": note} if note else {})


def rate(client: FlaskClient, interview: str, *ratings: object, note: str = "") -> None:
    """Give ratings."""
    answer = press(client, f"/interviews/{interview}", **sheet(*ratings, note=note))
    assert answer.status_code == 303, answer.text


def everything_of(client: FlaskClient, office: Office, session_id: str, *more: str) -> str:
    """All that somebody can open that is about a candidate or their opening, in one text."""
    paths = (
        "/openings", "/hiring", "/interviews", f"/openings/{office.opening}", f"/openings/{office.opening}/decisions",
        f"/openings/{office.opening}/progress", f"/openings/{office.opening}/compare?c={session_id}&c={office.nora}",
        f"/candidates/{session_id}", f"/candidates/{session_id}/file", f"/candidates/{session_id}/guide",
        f"/candidates/{session_id}/interviews", f"/hiring/{session_id}", *more,
    )  # fmt: skip
    return "\n".join(client.get(path).text for path in paths)
