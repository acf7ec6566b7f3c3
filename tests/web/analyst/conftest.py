"""Avery, an analyst, with nobody's answers yet; a test adds whom it is about."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess.domain.roles import Role
from eiassess.web.shell.context import Installation
from tests.web.browsing import started
from tests.web.people import hire_staff, sign_in


@pytest.fixture
def avery(client: FlaskClient, installation: Installation) -> FlaskClient:
    hire_staff(installation, "avery", Role.ANALYST)
    sign_in(client, "avery")
    return client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened
