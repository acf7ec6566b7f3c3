"""An office with an administrator, for the pages of accounts: grace administers, alice recruits, dana manages."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.people import passwords
from eiassess.services.people.accounts import Account
from eiassess.services.people.inviting_staff import NewPerson, StaffLink, invite_person
from eiassess.web.shell.context import Installation
from tests.web.people import hire_staff, sign_in

COOKIE = "eiassess-staff"
CHOSEN = "violet engine under snow"


@dataclass(frozen=True)
class Staff:
    """Who has an account."""

    grace: Account
    alice: Account
    dana: Account


@pytest.fixture
def staff(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Staff:
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return Staff(
        hire_staff(installation, "grace", Role.ADMINISTRATOR),
        hire_staff(installation, "alice", Role.RECRUITER),
        hire_staff(installation, "dana", Role.MANAGER),
    )


@pytest.fixture
def grace(client: FlaskClient, staff: Staff) -> FlaskClient:
    """An administrator's browser."""
    del staff
    sign_in(client, "grace")
    return client


@pytest.fixture
def alice(app: Flask, staff: Staff) -> FlaskClient:
    """A recruiter's browser."""
    del staff
    browser = app.test_client()
    sign_in(browser, "alice")
    return browser


def invite_nora(installation: Installation, staff: Staff, name: str = "Nora Lind", **later: float) -> StaffLink:
    """Invite nora@example.org as recruiter and analyst."""
    person = NewPerson(name, "nora@example.org", frozenset({Role.RECRUITER, Role.ANALYST}))
    now = installation.clock() + timedelta(**later)
    return invite_person(installation.database, installation.links, staff.grace.id, person, now)


def thief_of(app: Flask, browser: FlaskClient) -> FlaskClient:
    """Another browser with a copy of the cookie."""
    cookie = browser.get_cookie(COOKIE)
    assert cookie
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    return thief


def is_out(browser: FlaskClient) -> bool:
    """Whether a browser is sent to sign in."""
    answer = browser.get("/account")
    return answer.status_code == 303 and answer.location.startswith("/sign-in")
