import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.mixed import Mixed, invite_to_mixed, make_mixed
from tests.web.people import Casey, begin


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """A form that asks in every way."""
    return make_mixed(tmp_path_factory.mktemp("banks"))


@pytest.fixture
def mixed_casey(installation: Installation, mixed: Mixed) -> Casey:
    """Casey, invited to the mixed form."""
    return invite_to_mixed(installation, mixed)


@pytest.fixture
def mixed_sitting(client: FlaskClient, mixed_casey: Casey) -> Casey:
    """Casey, in the midst of the mixed form."""
    begin(client, mixed_casey)
    return mixed_casey
