"""Pages of accounts are tested in an office with an administrator."""

from tests.web.staff_people import alice, grace, staff  # noqa: F401 - fixtures
