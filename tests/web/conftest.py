"""One installation for each test: a real SQLite database, a clock that can be moved, casey with a link."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.config import Settings
from eiassess.persistence.migrations import upgrade_database
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.web.people import Casey, Clock, begin, make_casey


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database to copy: migrating once is quicker than for every test."""
    path = tmp_path_factory.mktemp("database") / "fresh.sqlite"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installation(tmp_path: Path, fresh_database: Path, clock: Clock) -> Iterator[Installation]:
    path = Path(shutil.copy(fresh_database, tmp_path / "eiassess.sqlite"))
    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{path}",
        base_url="http://localhost",
        bank_folders=(),
        contact="help@example.org",
    )
    database, renderer = Database(settings.database_url), PdfRenderer()
    yield Installation(settings, database, clock, renderer, secret_key="only for tests")
    renderer.close()
    database.close()


@pytest.fixture
def app(installation: Installation) -> Flask:
    return create_app(installation)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def other_device(app: Flask) -> FlaskClient:
    """Another browser."""
    return app.test_client()


@pytest.fixture
def casey(installation: Installation) -> Casey:
    return make_casey(installation)


@pytest.fixture
def sitting(client: FlaskClient, casey: Casey) -> Casey:
    """Casey, in the midst of the scenarios."""
    begin(client, casey)
    return casey
