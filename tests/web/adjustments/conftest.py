"""The office, with a contact for adjustments: toni, who reads requests of the opening and has no other part."""

import pytest

from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.openings import assign_member
from eiassess.services.people.accounts import Account
from eiassess.web.shell.context import Installation
from tests.web.people import Casey, hire_staff, make_casey

LIMIT = 40


@pytest.fixture
def asked(installation: Installation) -> Casey:
    """Casey, in an opening with a limit of 40 minutes."""
    casey = make_casey(installation)
    with installation.database.writing() as db:
        opening = db.get_one(OpeningRecord, casey.opening_id)
        opening.time_limit_minutes = LIMIT
        db.add(opening)
    return casey


@pytest.fixture
def alice(installation: Installation, asked: Casey) -> Account:
    return hire_staff(installation, "alice", Role.RECRUITER, asked.opening_id)


@pytest.fixture
def toni(installation: Installation, asked: Casey) -> Account:
    account = hire_staff(installation, "toni", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, account.email, [MemberPart.ADJUSTMENTS])
    return account
