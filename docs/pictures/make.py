"""Takes the README's three pictures from a running demo: ``.venv/bin/python -m docs.pictures.make``."""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import Demo, launch, running_demo, sign_in

HERE = Path(__file__).parent


def main() -> None:
    """Start a demo, walk through it and photograph it."""
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, reduced_motion="reduce")
        phone.goto(demo.invitation)
        phone.get_by_role("checkbox").check()
        phone.get_by_role("button", name="Agree and continue").click()
        for fieldset in phone.locator("fieldset").all():
            fieldset.locator("label").nth(3).click()
        phone.get_by_role("button", name="See what the answer key says").click()
        phone.get_by_role("button", name="Start", exact=True).click()
        for fieldset in phone.locator("fieldset").all():
            fieldset.locator("label").nth(4).click()
        phone.get_by_role("button", name="Continue").click()
        phone.locator("fieldset").first.locator("label").nth(1).click()
        phone.locator(".save-status", has_text="Saved").wait_for()
        phone.screenshot(path=HERE / "candidate.png")

        desk = browser.new_page(viewport={"width": 1280, "height": 900})
        sign_in(desk, demo, demo.recruiter)
        desk.goto(f"{demo.opening}?sort=score&order=desc")
        desk.screenshot(path=HERE / "recruiter.png")
        _first_page_of_report(browser, demo, Path(folder) / "report.pdf")
        browser.close()


def _first_page_of_report(browser: Browser, demo: Demo, path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, demo, demo.manager)
    page.goto(demo.hiring)
    with page.expect_download() as started:
        page.locator("a[href$='.pdf']").first.click()
    started.value.save_as(path)
    command = ["pdftoppm", "-png", "-r", "110", "-singlefile", str(path), str(HERE / "manager")]
    subprocess.run(command, check=True)  # noqa: S603 - a fixed program on our own file


if __name__ == "__main__":
    main()
