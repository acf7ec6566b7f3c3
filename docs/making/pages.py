"""Which pages are made, and by what."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.making.privacy import privacy_page
from docs.making.promises import promises_page

DOCS = Path(__file__).parents[1]
PAGES: Mapping[Path, Callable[[], str]] = {
    DOCS / "privacy.md": privacy_page,
    DOCS / "promises.md": promises_page,
}
