"""Staff's pages are tested in an office that is made once."""

from collections.abc import Iterator

import pytest

from tests.sign_in_provider import SignInHost, provider_of_sign_in
from tests.web.people import Clock
from tests.web.staff import installation, office  # noqa: F401 - fixtures


@pytest.fixture
def host(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignInHost]:
    """A provider of sign-in, whose clock is the test's."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with provider_of_sign_in(clock) as running:
        yield running
