"""Takes the pictures of README and docs from a demo: ``.venv/bin/python -m docs.pictures.make``."""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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
        _first_hour(desk, demo)
        _from_list_to_decision(desk, demo)
        _showing_and_rating(desk, demo)
        _sums_of_groups(browser, demo)
        _before_an_interview(browser, demo)
        _scores_and_work(browser, demo)
        _first_page_of_report(browser, demo, Path(folder) / "report.pdf")
        browser.close()


LIST = """First name;Last name;E-mail address;Mobile;Town
Liv;Aas;liv.aas@example.org;4791234567;Moss
Omar;Said;omar.said@example.org;4798765432;Oslo
Eva;Lund;eva.lund@;4790000001;Oslo
Jan;Holm;jan.holm@example.org;4790000002;Bergen
;;per@example.org;;
Liv;Aas;LIV.AAS@example.org;4791234567;Moss
"""


def _first_hour(page: Page, demo: Demo) -> None:
    """Photograph what a recruiter's first hour meets: a new opening, a list, its mails, and who is where."""
    page.set_viewport_size({"width": 1100, "height": 760})
    page.goto(f"{demo.base}/openings/new")
    page.screenshot(path=HERE / "new-opening.png")
    page.goto(f"{demo.running}/invite")
    page.get_by_label("Names and e-mail addresses").fill(LIST)
    page.screenshot(path=HERE / "invite.png")
    page.get_by_role("button", name="Show the list").last.click()
    page.screenshot(path=HERE / "list.png")
    for name, address in (("progress", "progress"), ("mail", "mail")):
        page.goto(f"{demo.running}/{address}")
        page.screenshot(path=HERE / f"{name}.png")


def _from_list_to_decision(page: Page, demo: Demo) -> None:
    """Photograph a list in bands, the same with other weights, and a comparison of three."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{demo.opening}?sort=band")
    page.screenshot(path=HERE / "bands.png")
    page.goto(f"{demo.opening}/what-if")
    page.get_by_role("group", name="Recovery").get_by_label("0").check()
    page.wait_for_url("**weight-recovery=0**")
    page.screenshot(path=HERE / "what-if.png")
    page.goto(f"{demo.opening}?sort=band")
    for box in page.locator("tbody input[name=c]").all()[:15:7]:
        box.check()
    page.get_by_role("button", name="Compare the chosen").first.click()
    page.screenshot(path=HERE / "comparison.png")


def _showing_and_rating(page: Page, demo: Demo) -> None:
    """Photograph an opening's links, an interview that two people rated, and who was hired and waits to be rated."""
    page.set_viewport_size({"width": 1100, "height": 830})
    page.goto(f"{demo.opening}/sharing")
    page.screenshot(path=HERE / "sharing.png")
    page.goto(demo.opening)
    page.get_by_role("link", name="Nora Lindqvist").first.click()
    page.get_by_role("link", name="Interviews and ratings").click()
    page.get_by_role("button", name="Show what was rated").click()
    page.get_by_role("heading", name="Result").wait_for()
    page.goto(page.url.partition("#")[0])  # the button leads down to the ratings
    page.screenshot(path=HERE / "agreement.png")
    page.goto(demo.asking)
    page.screenshot(path=HERE / "outcomes.png")


def _scores_and_work(browser: Browser, demo: Demo) -> None:
    """Photograph what the study says of a form."""
    page = browser.new_page(viewport={"width": 1100, "height": 650})
    sign_in(page, demo, demo.analyst)
    page.get_by_role("link", name="Forms", exact=True).first.click()
    page.get_by_role("link", name="simulated people of Standard form A").first.click()
    page.get_by_role("link", name="Scores and work").first.click()
    page.get_by_role("heading", name="Who does well, by score").wait_for()
    page.screenshot(path=HERE / "scores-and-work.png")


def _sums_of_groups(browser: Browser, demo: Demo) -> None:
    """Photograph an opening's sums of voluntary answers."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    sign_in(page, demo, demo.analyst)
    page.goto(f"{demo.base}/analysis/fairness")
    page.get_by_role("link", name="Customer service adviser", exact=True).click()
    page.screenshot(path=HERE / "fairness.png")


def _before_an_interview(browser: Browser, demo: Demo) -> None:
    """Photograph who waits for a manager, and the sheet of an interview, on a phone."""
    phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    sign_in(phone, demo, demo.manager)
    phone.goto(demo.hiring)
    phone.screenshot(path=HERE / "waiting.png")
    phone.get_by_role("link", name="Interviews").first.click()
    phone.locator("main ul a, main li a, main h3 a, main a").first.click()
    phone.screenshot(path=HERE / "interview.png")


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
