"""An expert's pages are tested on a small bank of our own."""

from tests.web.keying_office import avery, installation, panel, quick_passwords  # noqa: F401 - fixtures
