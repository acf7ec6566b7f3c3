"""Alice, who recruits, and avery, who analyses."""

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.web.shell.context import Installation
from tests.web.people import hire_staff, sign_in


@pytest.fixture
def alice(client: FlaskClient, installation: Installation) -> FlaskClient:
    hire_staff(installation, "alice", Role.RECRUITER)
    sign_in(client, "alice")
    return client


@pytest.fixture
def avery(client: FlaskClient, installation: Installation) -> FlaskClient:
    hire_staff(installation, "avery", Role.ANALYST)
    sign_in(client, "avery")
    return client
