"""The whole way without any script: links and buttons only, as they stand on the pages."""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.candidate.test_review import score_of
from tests.web.people import Casey


class FormReader(HTMLParser):
    """Reads the first form of a page as a browser would send it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = self.action or given["action"]
        elif tag == "button":
            self.buttons.append(given.get("value", ""))
        elif tag == "input" and given["type"] == "radio":
            self.choices.setdefault(given["name"], []).append(given["value"])
            if "checked" in given:
                self.fields[given["name"]] = given["value"]
        elif tag == "input" and given["type"] == "hidden":
            self.fields.setdefault(given["name"], given["value"])


def test_casey_sits_the_whole_assessment(client: FlaskClient, casey: Casey, installation: Installation) -> None:
    page = client.get(casey.link, follow_redirects=True)
    form = FormReader(page.text)
    page = client.post(form.action, data=form.fields | {"agree": "y"}, follow_redirects=True)
    for go in ("save", "continue"):
        form = FormReader(page.text)
        assert go in form.buttons
        page = client.post(form.action, data=form.fields | {"go": go}, follow_redirects=True)
    for number in range(1, 17):
        assert page.request.path == f"/sit/scenario/{number}"
        form = FormReader(page.text)
        given = {name: values[(number + place) % 6] for place, (name, values) in enumerate(form.choices.items())}
        page = client.post(form.action, data=form.fields | given | {"go": "continue"}, follow_redirects=True)
    assert page.request.path == "/sit/review"
    assert "All 16 scenarios are complete." in page.text
    link = re.findall(r'href="(/sit/scenario/\d+)"', page.text)[6]
    form = FormReader(client.get(link).text)
    assert set(form.fields) >= set(form.choices), "what was given is there"
    form = FormReader(client.get("/sit/review").text)
    page = client.post(form.action, data=form.fields, follow_redirects=True)
    assert page.request.path == "/sit/done"
    assert score_of(installation, casey).score.overall is not None
