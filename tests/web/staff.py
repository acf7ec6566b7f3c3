"""The office that the staff's pages are tested in: made once, copied for every test.

Alice recruits and bob beside her, dana manages; charlie recruits for another opening, and erin manages that
one. Avery is an analyst.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from eiassess.config import Settings
from eiassess.domain.roles import Role
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.hiring.invitations import IssuedInvitation, open_invitation
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import submit_session
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form
from tests.web.people import Clock, hire_staff, invite, open_job

HOSTILE = "<script>alert('x')</script> \"Ann\" & Söhne"


@dataclass(frozen=True)
class Office:
    """Who is in the office: openings, and candidates' sessions by what they are about."""

    database: Path
    opening: str
    other_opening: str
    empty_opening: str
    casey: str
    nora: str
    hostile: str
    random: str
    same: str
    half: str
    invited: str
    gap: str
    elsewhere: str


def sit(
    installation: Installation,
    issued: IssuedInvitation,
    *,
    noise: float,
    seed: int = 1,
    pages: int = 16,
    pace: int = 60,
    skipped: int = -1,
) -> None:
    """Rate the first pages near the key, with noise in rating points; a negative noise gives one rating throughout.

    ``pace`` is in seconds a page; the last is done now. The page numbered ``skipped`` stays empty.
    """
    database, now = installation.database, installation.clock() - timedelta(seconds=pages * pace)
    invitation = open_invitation(database, issued.token)
    record_consent(database, invitation, now)
    record_practice(database, invitation, now)
    loaded, generator = standard_form(), np.random.default_rng(seed)
    for number, scenario in enumerate(loaded.form.scenarios[:pages]):
        ratings = {}
        for option in scenario.option_ids:
            tendency = loaded.key.credits[scenario.id][option].value + noise * generator.standard_normal()
            ratings[option] = 4 if noise < 0 else int(np.clip(np.rint(tendency), 1, 6))
        now += timedelta(seconds=pace)
        if number == skipped:
            continue
        save_response(database, invitation, scenario.id, ratings, 0, now)
    if pages == len(loaded.form.scenarios):
        submit_session(database, invitation, now)


def make_office(installation: Installation, path: Path) -> Office:
    opening, other, empty = (open_job(installation, title) for title in ("Adviser", "Team lead", "Nobody yet"))
    hire_staff(installation, "alice", Role.RECRUITER, opening, empty)
    hire_staff(installation, "bob", Role.RECRUITER, opening)
    hire_staff(installation, "charlie", Role.RECRUITER, other)
    hire_staff(installation, "dana", Role.MANAGER, opening)
    hire_staff(installation, "erin", Role.MANAGER, other)
    hire_staff(installation, "frank", Role.RECRUITER)
    hire_staff(installation, "grace", Role.ADMINISTRATOR)
    hire_staff(installation, "avery", Role.ANALYST)
    people = {
        "casey": ("Casey Zwart", 0.7, 16),
        "nora": ("Nora Quizenberry", 1.6, 16),
        "hostile": (HOSTILE, 1.0, 16),
        "random": ("Rana Fast", 40.0, 16),
        "same": ("Sam Same", -1.0, 16),
        "half": ("Ilka Half", 1.0, 8),
    }
    sessions = {}
    for seed, (who, (name, noise, pages)) in enumerate(people.items()):
        issued = invite(installation, opening, name)
        sit(installation, issued, noise=noise, seed=seed, pages=pages, pace=3 if who == "random" else 60)
        sessions[who] = issued.session_id
    elsewhere = invite(installation, other, "Zoe Elsewhere")
    sit(installation, elsewhere, noise=1.0)
    invited = invite(installation, opening, "Xanthe Invited").session_id
    # a namesake, who left out one of two scenarios of a competency
    gap = invite(installation, opening, "Rana Fast", email="rana@example.org")
    sit(installation, gap, noise=1.0, seed=9, skipped=3)
    with (
        installation.database.writing() as db
    ):  # their receipts came long ago: each test asks for the mails it is about
        db.connection().exec_driver_sql("DELETE FROM message")
    return Office(
        path, opening, other, empty, invited=invited, gap=gap.session_id, elsewhere=elsewhere.session_id, **sessions
    )


def install(path: Path, clock: Clock) -> Installation:
    settings = Settings(path.parent, f"sqlite:///{path}", "http://localhost", (), "help@example.org")
    return Installation(settings, Database(settings.database_url), clock, PdfRenderer(), secret_key="only for tests")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, fresh_database: Path) -> Office:
    path = Path(shutil.copy(fresh_database, tmp_path_factory.mktemp("office") / "office.sqlite"))
    made = install(path, Clock())
    try:
        return make_office(made, path)
    finally:
        made.database.close()  # the last connection takes the write-ahead log with it, so one file can be copied


@pytest.fixture
def installation(tmp_path: Path, office: Office, clock: Clock) -> Iterator[Installation]:
    made = install(Path(shutil.copy(office.database, tmp_path / "eiassess.sqlite")), clock)
    yield made
    made.renderer.close()
    made.database.close()
