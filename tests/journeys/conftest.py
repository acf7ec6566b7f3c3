from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import Demo, launch, running_demo, watched_page

SIZES = {"phone": (320, 640), "desktop": (1280, 900)}


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture(scope="module")
def demo(size: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own for each size, since its one invitation can be handed in only once."""
    with running_demo(tmp_path_factory.mktemp(f"demo-{size[0]}")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    with watched_page(browser, viewport={"width": size[0], "height": size[1]}, accept_downloads=True) as opened:
        yield opened
