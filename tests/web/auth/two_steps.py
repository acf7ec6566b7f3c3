"""Somebody who signs in in two steps, with an app on their phone."""

import re
from base64 import b32decode
from html import unescape

from flask.testing import FlaskClient

from eiassess.domain.one_time_codes import code_of, step_at
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.web.people import Clock, press

PAGE, SET_UP = "/account/two-steps", "/account/two-steps/set-up"


class Phone:
    """An app that was told a secret."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret, self._clock = b32decode(secret.replace(" ", "")), clock

    def code(self, steps_ago: int = 0) -> str:
        return code_of(self._secret, step_at(self._clock()) - steps_ago)


def secret_on(html: str) -> str:
    found = re.search(r"type this into the app: <strong>([A-Z2-7 ]+)</strong>", html)
    assert found, html
    return found[1]


def begin(client: FlaskClient, clock: Clock) -> Phone:
    """Begin to set it up, as whoever is signed in."""
    assert press(client, PAGE, f"{PAGE}/begin").location == SET_UP
    return Phone(secret_on(client.get(SET_UP).text), clock)


def turn_on(client: FlaskClient, clock: Clock) -> tuple[Phone, list[str]]:
    """Set it up, and move on to the next code."""
    phone = begin(client, clock)
    page = press(client, SET_UP, code=phone.code())
    assert page.status_code == 200, page.text
    clock.move(seconds=30)
    return phone, codes_on(page.text)


def codes_on(html: str) -> list[str]:
    return re.findall(r"<code>([0-9a-z-]{29})</code>", html)


def give_password(client: FlaskClient, name: str = "alice", **more: str):  # noqa: ANN201 - Flask's test response
    return press(client, "/sign-in", email=f"{name}@example.org", password=PASSWORD, **more)


def give_code(client: FlaskClient, code: str):  # noqa: ANN201 - Flask's test response
    return press(client, "/sign-in/code", code=code)


def qr_address(installation: Installation, user_id: str) -> str:
    """What the picture says, as the service gives it."""
    from eiassess.services.people.two_steps import find_app_secret  # noqa: PLC0415 - one test alone asks

    secret = find_app_secret(installation.database, installation.secret_key, user_id)
    assert secret
    return unescape(secret.address)
