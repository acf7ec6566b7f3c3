"""An office whose people sign in by a provider, and the way there and back as a browser goes it."""

import urllib.request
from dataclasses import replace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess.services.people.identities import give_identity
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.sign_in_provider import SignInHost


class _StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_details: Any) -> None:
        return None


def with_provider(installation: Installation, host: SignInHost, **more: Any) -> Installation:
    """The installation, which knows the provider."""
    return replace(installation, settings=replace(installation.settings, provider=host.settings(**more)))


def staff_browser(installation: Installation, host: SignInHost, **more: Any) -> FlaskClient:
    return create_app(with_provider(installation, host, **more)).test_client()


def know(installation: Installation, host: SignInHost, who: str = "alice", subject: str = "") -> None:
    """Connect an account with the person whom the provider signs in."""
    now, database = installation.clock(), installation.database
    give_identity(database, f"{who}@example.org", host.issuer, subject or host.subject, now)


def leave(client: FlaskClient, address: str = "/sign-in/provider") -> str:
    """Go to the provider; return where it sends the browser back to."""
    there = client.get(address)
    assert there.status_code == 303, there.text
    try:
        urllib.request.build_opener(_StaysHere).open(there.location, timeout=10)
    except HTTPError as sent_on:
        back = sent_on.headers["Location"]
        sent_on.close()
    parts = urlsplit(back)
    assert parts.netloc == "localhost"
    return f"{parts.path}?{parts.query}"


def sign_in_there(client: FlaskClient, address: str = "/sign-in/provider") -> TestResponse:
    """Go to the provider, be signed in there, and come back."""
    return client.get(leave(client, address))


def is_in(client: FlaskClient) -> bool:
    return client.get("/openings").status_code == 200
