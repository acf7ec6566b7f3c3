"""Staff's pages are tested in an office that is made once."""

from tests.web.staff import installation, office  # noqa: F401 - fixtures
