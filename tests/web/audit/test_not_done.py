"""What was answered before it reached its view was not done, and the audit does not say that it was."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.web.app import create_app
from eiassess.web.shell.auditing import look_book
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.people import Casey, Clock, hire_staff, press, sign_in


def entries(app: Flask, installation: Installation) -> list[tuple[str, str, str, int]]:
    """What was entered so far: what, about whom, how it ended and how many."""
    look_book(app).write(installation.clock())
    found = rows(installation.database, "audit_entry")
    return [(each["action"], each["object_id"], each["outcome"], each["count"]) for each in found]


@pytest.fixture
def alice(client: FlaskClient, installation: Installation, casey: Casey) -> FlaskClient:
    hire_staff(installation, "alice", Role.RECRUITER, casey.opening_id)
    sign_in(client, "alice")
    return client


def test_who_has_to_say_again_who_they_are_has_done_nothing(
    client: FlaskClient, app: Flask, installation: Installation, clock: Clock
) -> None:
    hire_staff(installation, "grace", Role.ADMINISTRATOR)
    dana = hire_staff(installation, "dana", Role.MANAGER)
    sign_in(client, "grace")
    clock.move(minutes=16)
    before = entries(app, installation)
    asked = press(client, "/account", f"/people/{dana.id}/deactivate")
    assert asked.location.startswith("/sign-in/again")
    assert press(client, "/account", "/account/two-steps/off").location.startswith("/sign-in/again")
    assert entries(app, installation) == before


def test_an_address_makes_no_number_up(
    alice: FlaskClient, app: Flask, installation: Installation, casey: Casey
) -> None:
    many = "&".join(f"c={number}&people={number}" for number in range(40))
    ids = "&".join(f"c={number:024x}" for number in range(40))
    opening = f"/openings/{casey.opening_id}"
    mine = f"c={casey.session_id}"
    for path in (
        f"/candidates/{casey.session_id}?{many}&{ids}",
        f"{opening}?{many}&{ids}",
        f"{opening}/decisions/ask?do=mark&{many}&{ids}&{mine}",
        f"{opening}/progress/withdraw?{many}&{ids}&{mine}",
        f"{opening}/download?{many}&{ids}&{mine}",
        f"{opening}/download/file?what=scores&format=csv&{many}&{ids}&{mine}",
    ):
        assert alice.get(path).status_code == 200, path
        assert entries(app, installation)[-1][2:] == ("done", 1), path
    assert alice.get(f"{opening}/compare?{many}&{ids}&{mine}").status_code == 400
    assert entries(app, installation)[-1] == ("candidates.compare", casey.opening_id, "refused", 1)


class TestTwoStepsNeeded:
    @pytest.fixture
    def app(self, installation: Installation) -> Flask:
        needed = replace(installation.settings, two_steps_for=frozenset({"recruiter"}))
        return create_app(replace(installation, settings=needed))

    def test_who_is_led_to_set_them_up_has_done_nothing(
        self, alice: FlaskClient, app: Flask, installation: Installation, casey: Casey
    ) -> None:
        before = entries(app, installation)
        address = f"/candidates/{casey.session_id}/release"
        assert press(alice, "/account/two-steps", address).location == "/account/two-steps"
        assert entries(app, installation) == before

    def test_what_one_may_never_do_is_refused_first(
        self, alice: FlaskClient, app: Flask, installation: Installation
    ) -> None:
        dana = hire_staff(installation, "dana", Role.MANAGER)
        assert press(alice, "/account/two-steps", f"/people/{dana.id}/deactivate").status_code == 404
        assert entries(app, installation)[-1] == ("account.switch", dana.id, "refused", 1)
