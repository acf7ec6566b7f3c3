"""GET /analysis/forms/<digest>/scenarios/<id>."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.scenarios import ResponseOption, Scenario
from eiassess.services.statistics.forms import ScenarioStatistics, scenario_statistics
from eiassess.services.statistics.samples import Sample
from eiassess.web.analyst.presenters.scenario import present_scenario
from eiassess.web.analyst.presenters.words import option_labels
from eiassess.web.shell.context import Installation
from tests.builders import make_key, make_scenario
from tests.sittings import drawn, sat_by, small_form
from tests.unit.scoring.samples import form_of, written
from tests.web.pages import check_page


def test_options_stand_with_counts_means_and_curves(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(50))
    page = avery.get(f"/analysis/forms/{digest}/scenarios/late-bus").text
    assert re.search(r"Mean score \d+ \(95 % \d+ to \d+\) in 50 of 50 people", page)
    assert 'id="curves"' in page
    assert 'id="curves-small"' in page
    assert "worried" in page
    assert "Before: lost-key" in page
    assert "Next: cold-soup" in page
    assert "(time known of 50)" in page
    counts = [int(each) for each in re.findall(r'<td class="num">(\d+)</td>', page)]
    assert sum(counts) >= 5 * 50
    check_page(page)


def test_a_weak_scenario_says_why(avery: FlaskClient, installation: Installation) -> None:
    people = [{**each, "lost-key": {o: 7 - v for o, v in each["lost-key"].items()}} for each in drawn(60)]
    digest = sat_by(installation.database, people)
    page = avery.get(f"/analysis/forms/{digest}/scenarios/lost-key").text
    assert "something speaks against this scenario" in page
    assert 'aria-label="What speaks against it"' in page


@pytest.mark.parametrize("n", [1, 5])
def test_few_people_have_no_curves_and_the_page_says_why(
    avery: FlaskClient, installation: Installation, n: int
) -> None:
    digest = sat_by(installation.database, drawn(n))
    page = avery.get(f"/analysis/forms/{digest}/scenarios/late-bus").text
    assert f"curves by fifths of the score need 25 scored people; there are {n}" in page
    assert "<svg xmlns" not in page
    assert "nan" not in page
    check_page(page)


def test_nobody_and_nothing(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, [])
    page = avery.get(f"/analysis/forms/{digest}/scenarios/late-bus").text
    assert "Nobody real has handed in" in page
    check_page(page)
    assert avery.get(f"/analysis/forms/{digest}/scenarios/no-such").status_code == 404


def statistics_of(chosen: ResponseFormat, rows: list[list[int | None]]) -> ScenarioStatistics:
    """A form of one format whose people answered all scenarios alike."""
    form = form_of(chosen, n=5, options=len(rows[0]))
    people = tuple(written(form, *([row] * 5 for row in rows)))
    return scenario_statistics(Sample(form, make_key(form), small_form().bank, False, people, 0), "s1")  # noqa: FBT003


@pytest.mark.parametrize(
    ("chosen", "rows", "heads", "mean_head", "tick"),
    [
        (
            ResponseFormat.PICK_BEST_AND_WORST,
            [[1, -1, None], [-1, 1, None], [None, 1, -1]] * 10,
            ("worst", "neither", "best"),
            "Best less worst",
            "all best",
        ),
        (
            ResponseFormat.PICK_BEST,
            [[1, None, None], [None, 1, None], [None, None, 1]] * 10,
            ("not picked", "picked"),
            "Share picked",
            "75 %",
        ),
        (ResponseFormat.RANK, [[1, 2, 3], [3, 2, 1], [2, 1, 3]] * 10, ("1", "2", "3"), "Mean place", "place 3"),
    ],
)
def test_choices_have_words_of_their_own(
    chosen: ResponseFormat, rows: list[list[int | None]], heads: tuple[str, ...], mean_head: str, tick: str
) -> None:
    page = present_scenario(statistics_of(chosen, rows))
    assert (page.heads, page.mean_head, page.rated) == (heads, mean_head, False)
    assert page.chart is not None
    assert tick in page.chart
    assert "key" not in page.chart
    assert all(line.picture.key is None for line in page.lines)
    assert {line.agreement for line in page.lines} == {"-"}


def test_long_option_ids_are_numbered() -> None:
    texts = tuple(ResponseOption(name, "Said.") for name in ("apologise", "b"))
    made = Scenario(**{**vars(make_scenario()), "options": texts})
    assert option_labels(made) == {"apologise": "1", "b": "2"}
    assert option_labels(make_scenario(options=2)) == {"a": "a", "b": "b"}
