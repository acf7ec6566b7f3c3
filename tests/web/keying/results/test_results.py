"""/panels/<id>/results, the ratings as CSV, publishing, the key as a file."""

import csv
import io
import re
import tomllib

import pytest
from flask.testing import FlaskClient

from eiassess.services.demo.panel import simulate_panel
from eiassess.services.panels.panels import close_panel
from eiassess.services.panels.publishing import list_published, publish_key
from eiassess.services.panels.rating import submit_ratings
from tests.panel_story import REASON, PanelStory, let_people_sit, near
from tests.web.pages import check_page
from tests.web.people import START, press


def closed(panel: PanelStory, n: int = 10, turned: int = 0) -> str:
    panel.finished(n)
    if turned:
        panel.finished(turned, lambda value: 7 - near(value), first=n + 1)
    close_panel(panel.database, panel.panel, START)
    return f"/panels/{panel.panel}"


def test_an_open_panel_shows_no_results(avery: FlaskClient, panel: PanelStory) -> None:
    panel.finished(3)
    for page in ("results", "ratings.csv", "publish"):
        answer = avery.get(f"/panels/{panel.panel}/{page}")
        assert answer.status_code == 409
        assert "each expert rates alone" in answer.text


def test_results_say_how_far_experts_agree(avery: FlaskClient, panel: PanelStory) -> None:
    page = avery.get(closed(panel) + "/results").text
    assert "10 experts agree well enough on" in page
    assert "Enough experts have handed in: 10 of at least 10." in page
    assert "Falls short" not in page
    assert "Nobody has handed in this form yet" in page
    assert "Expert Number" not in page
    check_page(page)


def test_results_show_each_experts_agreement_by_number_and_who_could_not_judge(
    avery: FlaskClient, panel: PanelStory
) -> None:
    panel.finished(1, lambda value: None if near(value) > 4 else near(value), first=50)
    page = avery.get(closed(panel, 9, turned=1) + "/results").text
    numbers = re.findall(r'<th scope="row">No\. (\d+)</th>', page)
    assert numbers == [str(number) for number in range(1, 12)]
    correlations = re.findall(
        r'<td class="num">(\u2212?\.\d\d|\u2212?1\.00)</td><td class="num">\d\.\d\d</td></tr>', page
    )
    assert len(correlations) == 11
    assert sum(each.startswith("\u2212") for each in correlations) == 1, "the one who rates the other way round"
    assert "1 cannot judge" in page
    assert "Expert Number" not in page
    check_page(page)


def test_results_flag_what_falls_short_and_moves(avery: FlaskClient, panel: PanelStory) -> None:
    page = avery.get(closed(panel, 5, turned=5) + "/results").text
    assert "The experts disagree (rwg under .70)" in page
    assert "Ratings lie far apart" in page
    assert "Moved by more than a point: read its rationale again" in page
    check_page(page)


def test_comments_are_shown_without_a_name(avery: FlaskClient, panel: PanelStory) -> None:
    who = panel.begun(panel.invited(1, first=50)[0])
    panel.rate(who, comments={"a": "<b>It depends</b>"})
    submit_ratings(panel.database, who, START)
    page = avery.get(closed(panel, 2) + "/results").text
    assert "Comment: &lt;b&gt;It depends&lt;/b&gt;" in page
    assert "Expert Number" not in page


def test_with_one_expert_there_is_nothing_to_compare(avery: FlaskClient, panel: PanelStory) -> None:
    page = closed(panel, 1)
    for name, said in (("results", "There is nothing to compare yet"), ("publish", "at least two experts")):
        html = avery.get(f"{page}/{name}").text
        assert said in html
        check_page(html)


def test_the_ratings_are_a_download_without_names(avery: FlaskClient, panel: PanelStory) -> None:
    answer = avery.get(closed(panel, 2) + "/ratings.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="panel-{panel.panel}.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(lines[0]) == ["expert", "scenario", "option", "rating", "comment"]


def test_publishing_asks_for_a_reason_and_a_person(avery: FlaskClient, panel: PanelStory) -> None:
    address = closed(panel) + "/publish"
    page = avery.get(address).text
    assert 'value="Avery"' in page
    assert "provisional" not in page
    check_page(page)
    for fields, at, message in (
        ({"relevance": "", "named_person": "Ann"}, "relevance", "Give the reason."),
        ({"relevance": "Short.", "named_person": "Ann"}, "relevance", "20 to 1,500 characters; this has 6."),
        ({"relevance": REASON, "named_person": ""}, "named_person", "Name the person."),
        ({"relevance": REASON, "named_person": "x" * 201}, "named_person", "A name has 1 to 200 characters."),
    ):
        answer = press(avery, address, **fields)
        assert answer.status_code == 400
        assert re.search(rf'<a href="#{at}">[^<]*{re.escape(message)}', answer.text), message
        check_page(answer.text)
    assert list_published(panel.database) == ()


def test_a_published_key_is_listed_and_can_be_taken_along(avery: FlaskClient, panel: PanelStory) -> None:
    page = closed(panel)
    assert press(avery, f"{page}/publish", relevance=REASON, named_person="Ann Head").location == f"{page}#published"
    html = avery.get(page).text
    assert "expert-1, version 1" in html
    assert "By 10 experts" in html
    (published,) = list_published(panel.database)
    assert f"--key {published.id}" in html
    check_page(html)
    assert "Key published" in avery.get("/panels").text
    answer = avery.get(f"/keys/{published.id}.toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="expert-1.toml"'
    assert tomllib.loads(answer.text)["relevance_by"] == "Ann Head"
    assert avery.get("/keys/x.toml").status_code == 404


def test_with_few_experts_the_page_says_provisional(avery: FlaskClient, panel: PanelStory) -> None:
    page = closed(panel, 9)
    html = avery.get(f"{page}/publish").text
    assert "1 more expert is needed" in html
    assert "Publish as provisional" in html
    press(avery, f"{page}/publish", relevance=REASON, named_person="Ann Head")
    assert "Provisional: 9 of 10 experts" in avery.get(page).text


@pytest.mark.parametrize(("n", "says_little"), [(2, True), (11, False)])
def test_the_effect_counts_people_and_names_nobody(
    avery: FlaskClient, panel: PanelStory, n: int, *, says_little: bool
) -> None:
    let_people_sit(panel, n)
    page = avery.get(closed(panel, 8, turned=3) + "/results").text
    assert f"{n} people who sat this form were scored under both keys." in page
    assert "would move by more than their own error" in page
    assert ("With fewer than 10 people this says little." in page) is says_little
    assert "Casey" not in page
    check_page(page)


def test_where_the_new_key_scores_nobody_the_page_says_so(avery: FlaskClient, panel: PanelStory) -> None:
    let_people_sit(panel, 2)
    page = avery.get(closed(panel, 5, turned=5) + "/results").text  # every mean lies in the middle
    assert "None of the 2 people who handed in this form has a score under both keys." in page


def test_a_simulated_panel_and_its_key_say_so(avery: FlaskClient, panel: PanelStory) -> None:
    panel_id = simulate_panel(panel.database, panel.avery, "Made up", panel.loaded, START)
    publish_key(panel.database, panel.avery, panel_id, REASON, "Ann", START)
    for name in ("", "/results", "/publish"):
        page = avery.get(f"/panels/{panel_id}{name}").text
        assert "SIMULATED" in page
        check_page(page)
    page = avery.get(f"/panels/{panel_id}").text
    assert "Simulated: never for real people" in page
    assert "Only openings with simulated candidates can use it." in page
