from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from eiassess.services import Database
from eiassess.services.outcomes.switching import switch_on
from eiassess.services.people import passwords
from tests.databases import free_port
from tests.hiring_story import Invited, Story, tell_story
from tests.mail_host import MailHost, running


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash cheaply where a test is about something else."""
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def story(quick_passwords: None, database: Database) -> Story:
    del quick_passwords
    return tell_story(database)


@pytest.fixture
def asking(story: Story) -> Story:
    """The story with an opening that asks, 90 days later, how those work who were hired."""
    switch_on(story.database, story.alice, story.opening, 90)
    return story


@pytest.fixture
def casey(story: Story) -> Invited:
    return story.begun()


@pytest.fixture
def unused() -> int:
    """A port that nothing listens on."""
    return free_port()


@pytest.fixture
def host() -> Iterator[MailHost]:
    """A mail server that takes everything."""
    with running(MailHost()) as served:
        yield served
