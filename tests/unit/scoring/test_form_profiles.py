"""What a form holds is counted as its candidates meet it."""

import pytest

from eiassess.domain.specifications import Facet, ScenarioStatistics
from eiassess.scoring.assembling.profiles import form_profile, largest_differences, most_shared
from tests.builders import make_form, make_scenario

ONE = make_form([make_scenario("a", style="warm"), make_scenario("b", competency="listening")])
OTHER = make_form([make_scenario("b", competency="listening"), make_scenario("c"), make_scenario("d")])


def test_words_minutes_and_counts() -> None:
    profile = form_profile(ONE, {})
    assert (profile.scenarios, profile.words) == (2, 52)
    assert profile.minutes == pytest.approx(52 / 200 + 8 * 8 / 60)
    assert profile.counts[Facet.COMPETENCY] == {"listening": 1, "recovery": 1}
    assert profile.counts[Facet.STYLE] == {"warm": 1}
    assert profile.counts[Facet.KIND] == {"responses": 2}
    assert (profile.with_statistics, profile.difficulty, profile.information) == (0, None, None)


def test_statistics_rest_on_the_scenarios_that_have_them() -> None:
    known = {"a": ScenarioStatistics(1.0, 0.25), "b": ScenarioStatistics(-2.0, 0.5), "z": ScenarioStatistics(9, 9)}
    profile = form_profile(ONE, known)
    assert (profile.with_statistics, profile.difficulty, profile.information) == (2, -0.5, 0.75)
    found = largest_differences([profile, form_profile(OTHER, known)])
    assert (found["difficulty"], found["information"]) == (1.5, 0.25)


def test_differences_are_the_largest_of_any_value() -> None:
    found = largest_differences([form_profile(ONE, {}), form_profile(OTHER, {})])
    assert found["words"] == 26
    assert found[Facet.COMPETENCY] == 1
    assert found[Facet.STYLE] == 1
    assert found[Facet.CHANNEL] == 1
    assert "difficulty" not in found


def test_scenarios_in_common() -> None:
    assert most_shared([ONE, OTHER]) == 1
    assert most_shared([ONE, OTHER, ONE]) == 2
    assert most_shared([ONE]) == 0
    assert largest_differences([form_profile(make_form([]), {})])[Facet.STYLE] == 0
