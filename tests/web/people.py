"""Who the web tests are about, and the small builders that they share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape

from flask.testing import FlaskClient
from sqlmodel import Session, select

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.roles import Role
from eiassess.domain.scenarios import Scenario
from eiassess.persistence.tables import ItemResponseRecord
from eiassess.services import Database
from eiassess.services.hiring.invitations import IssuedInvitation, invite_candidate
from eiassess.services.hiring.openings import add_opening, assign_member
from eiassess.services.people.accounts import Account, add_user
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, standard_form

START = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves only when a test moves it."""

    time: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass(frozen=True)
class Casey:
    """The candidate, with the link that was sent."""

    opening_id: str
    session_id: str
    token: str
    form: AssessmentForm

    @property
    def link(self) -> str:
        return f"/i/{self.token}"


def open_job(installation: Installation, title: str = "Customer service adviser") -> str:
    """An opening on the standard form."""
    return add_opening(installation.database, title, standard_form(), installation.clock())


def invite(
    installation: Installation, opening_id: str, name: str = "Casey Moreau", *, email: str = "", simulated: bool = False
) -> IssuedInvitation:
    email = email or f"{re.sub('[^a-z]', '', name.lower()) or 'candidate'}@example.org"
    now = installation.clock()
    return invite_candidate(
        installation.database, installation.links, opening_id, name, email, now, simulated=simulated
    )


def make_casey_on(installation: Installation, form: str) -> Casey:
    """Casey, invited to a form of the bank that we ship."""
    loaded = load_form(form, (data_folder("question_banks"),))
    opening_id = add_opening(installation.database, "Customer service adviser", loaded, installation.clock())
    issued = invite(installation, opening_id)
    return Casey(opening_id, issued.session_id, issued.token, loaded.form)


def make_casey(installation: Installation, name: str = "Casey Moreau", *, simulated: bool = False) -> Casey:
    opening_id = open_job(installation)
    issued = invite(installation, opening_id, name, simulated=simulated)
    return Casey(opening_id, issued.session_id, issued.token, standard_form().form)


def hire_staff(installation: Installation, name: str, role: Role, *openings: str) -> Account:
    """Somebody who can sign in as ``name@example.org`` and works on the openings."""
    email = f"{name.lower()}@example.org"
    account = add_user(installation.database, email, name.capitalize(), role, PASSWORD, installation.clock())
    for opening_id in openings:
        assign_member(installation.database, opening_id, email)
    return account


def first_scenario() -> Scenario:
    """The scenario of the first page, whichever the bank's authors put there."""
    return standard_form().form.scenarios[0]


def first_option(option_id: str) -> str:
    """The text of an option on the first page."""
    return next(option.text for option in first_scenario().options if option.id == option_id)


def rated(rating: int) -> str:
    """A rating in words on the first page."""
    scale = standard_form().form.scale_of(first_scenario())
    return f"{rating}, {scale.labels[rating - scale.minimum].lower()}"


def token_in(html: str) -> str:
    """The page's protection against forged requests."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
    assert found, "the page has no form"
    return found[1]


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"the page has no hidden field {name}"
    return found[1]


def sign_in(client: FlaskClient, name: str) -> None:
    page = client.get("/sign-in").text
    answer = client.post(
        "/sign-in", data={"email": f"{name.lower()}@example.org", "password": PASSWORD, "csrf_token": token_in(page)}
    )
    assert answer.status_code == 302, answer.text


def press(client: FlaskClient, page: str, to: str | None = None, **fields: object):  # noqa: ANN201 - Flask's test response
    """Press a button of a page: send its token and the fields."""
    html = client.get(page).text
    return client.post(to or page, data={"csrf_token": token_in(html), **fields})


def begin(client: FlaskClient, casey: Casey) -> None:
    """Open the link, agree, leave the practice."""
    client.get(casey.link)
    press(client, "/sit/notice", agree="y")
    press(client, "/sit/practice", go="continue")


def hand_in(client: FlaskClient):  # noqa: ANN201 - Flask's test response
    """Hand in, with what is missing if something is."""
    answer = press(client, "/sit/review", to="/sit/submit")
    if answer.location == "/sit/hand-in":
        named = unescape(hidden(client.get("/sit/hand-in").text, "gaps"))
        answer = press(client, "/sit/review", to="/sit/submit", gaps=named)
    return answer


def rate(client: FlaskClient, number: int, ratings: dict[str, int], *, go: str = "save", page: str | None = None):  # noqa: ANN201 - Flask's test response
    """Post the page of a scenario as a browser without scripts does; ``page`` was opened earlier."""
    address = f"/sit/scenario/{number}"
    html = page or client.get(address).text
    names = ("csrf_token", "revision", "shown", "sitting")
    data = {name: hidden(html, name) for name in names} | {"go": go}
    return client.post(address, data=data | {f"rating-{option}": str(rating) for option, rating in ratings.items()})


def save(client: FlaskClient, number: int, ratings: dict[str, int], revision: int, token: str = "", /, **more: object):  # noqa: ANN201 - Flask's test response
    """Save as the script does."""
    token = token or token_in(client.get("/sit/review").text)
    return client.post(
        f"/sit/scenario/{number}/save",
        json={"ratings": ratings, "revision": revision, **more},
        headers={"X-CSRFToken": token},
    )


@contextmanager
def looking_into(database: Database) -> Iterator[Session]:
    """Look at what is stored, past all services."""
    with database.reading() as db:
        yield db


def stored(installation: Installation, casey: Casey, number: int) -> ItemResponseRecord | None:
    """What the database has for one scenario of the candidate."""
    scenario_id = casey.form.scenario_ids[number - 1]
    query = select(ItemResponseRecord).where(
        ItemResponseRecord.session_id == casey.session_id, ItemResponseRecord.scenario_id == scenario_id
    )
    with looking_into(installation.database) as db:
        record = db.exec(query).first()
        if record is not None:
            db.expunge(record)
        return record
