"""Every role that the database allows has its permissions, and nobody else."""

from eiassess.domain.roles import Role
from eiassess.persistence.tables import UserRoleRecord
from eiassess.web.auth.views import HOME_OF_ROLE
from eiassess.web.shell.access import PERMISSIONS_OF_ROLE


def test_every_role_has_permissions_and_whoever_has_any_a_page_to_begin_on() -> None:
    assert set(PERMISSIONS_OF_ROLE) == set(Role)
    assert set(HOME_OF_ROLE) == {role for role, permissions in PERMISSIONS_OF_ROLE.items() if permissions}


def test_the_database_takes_these_roles() -> None:
    (rule,) = (each for each in UserRoleRecord.__table__.constraints if each.name == "ck_user_role")  # type: ignore[attr-defined]
    assert str(rule.sqltext) == "role IN ('recruiter', 'manager', 'analyst', 'administrator')"
