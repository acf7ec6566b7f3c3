"""Words of an analyst's pages that no page of the other tests needs."""

import pytest

from eiassess.domain.keys import KeyingMethod, KeyProvenance, ScoringKey
from eiassess.domain.scores import Interval
from eiassess.psychometrics import Weakness
from eiassess.scoring.samples.estimates import Estimate
from eiassess.scoring.samples.scenarios import FormFigures, ScenarioFigures
from eiassess.scoring.samples.weak_scenarios import WeakReason
from eiassess.services.statistics.forms import FormStatistics
from eiassess.services.statistics.samples import Sample
from eiassess.web.analyst.presenters.form import present_form
from eiassess.web.analyst.presenters.pictures import frequency_picture, line_picture
from eiassess.web.analyst.presenters.reasons import reasons_in_words
from eiassess.web.analyst.presenters.words import correlation, duration, key_in_words, people_in_words
from tests.builders import make_form, make_key, make_scenario
from tests.sittings import small_form

MEAN = Estimate(97.2, Interval(96, 98), 40)


def figures_with(*reasons: WeakReason, name: str = "late-repair") -> ScenarioFigures:
    item_total = Estimate(0.12, Interval(-0.2, 0.4), 40)
    return ScenarioFigures(name, 0, MEAN, 3.0, item_total, 0.61, None, 0, tuple(reasons))


@pytest.mark.parametrize("weakness", list(Weakness))
def test_every_weakness_has_words_and_says_when_it_could_be_chance(weakness: Weakness) -> None:
    (sure,) = reasons_in_words(figures_with(WeakReason(weakness.value, is_clear=True)), None)
    (perhaps,) = reasons_in_words(figures_with(WeakReason(weakness.value, is_clear=False)), None)
    assert perhaps == f"{sure} This could be chance."
    (unknown,) = reasons_in_words(figures_with(WeakReason(weakness.value, is_clear=None)), None)
    assert unknown == sure


LOW = Weakness.LOW_DISCRIMINATION.value


@pytest.mark.parametrize(
    ("clear", "words"),
    [
        ([], "None of 3 scenarios is weak in 40 people."),
        ([True], "1 of 3 scenarios is weak in 40 people; by more than chance."),
        ([False], "1 of 3 scenarios is weak in 40 people; it could be chance."),
        ([True, True], "2 of 3 scenarios are weak in 40 people; all by more than chance."),
        ([True, False], "2 of 3 scenarios are weak in 40 people; 1 of them by more than chance."),
        ([False, False], "2 of 3 scenarios are weak in 40 people; all could be chance."),
    ],
)
def test_the_first_sentence_counts_what_is_sure(clear: list[bool], words: str) -> None:
    scenarios = [make_scenario(f"s{number}") for number in range(3)]
    form = make_form(scenarios)
    found = [figures_with(WeakReason(LOW, is_clear=each), name=f"s{n}") for n, each in enumerate(clear)]
    found += [figures_with(name=f"s{number}") for number in range(len(clear), 3)]
    sample = Sample(form, make_key(form), small_form().bank, simulated=False, people=(), n_other=0)
    figures = FormFigures(40, 40, 40, None, None, None, judged=True, scenarios=tuple(found), not_estimable=())
    assert present_form(FormStatistics(sample, figures, irritants=())).lead == words


def test_a_key_says_who_stands_behind_it() -> None:
    key = make_key(method=KeyingMethod.EXPERT, experts=1)
    assert key_in_words(key) == "theory-1, version 1 (expert, 1 expert)"
    made = KeyProvenance(
        "p", "2026-11-01", "2026-11-02", "2026-11-03", 0.9, None, simulated=True, previous="", to_review=()
    )
    key = ScoringKey(**{**vars(key), "provisional": True, "provenance": made})
    assert key_in_words(key) == "theory-1, version 1 (expert, 1 expert), provisional, SIMULATED"


def test_numbers_are_written_as_the_field_writes_them() -> None:
    assert [correlation(each) for each in (0.315, -0.042, 1.0, None, -0.001)] == [".32", "-.04", "1.00", "-", ".00"]
    assert [duration(each) for each in (125.4, 42, None)] == ["2 min 05 s", "42 s", "-"]
    assert [people_in_words(n, simulated=n > 1) for n in (1, 2)] == ["1 person", "2 simulated people"]


def test_pictures_stay_on_their_line() -> None:
    picture = line_picture(0.5, Interval(-3, 3), -1, 1, (0,))
    assert (picture.dot, picture.low, picture.high, picture.levels) == (95, 5, 125, (65,))
    bars = frequency_picture((0, 2, 4), 1.0)
    assert [(bar.x, bar.height) for bar in bars.bars] == [(0, 0), (11, 11), (22, 22)]
    assert (bars.width, bars.key) == (31, 15.5)
    assert {bar.height for bar in frequency_picture((0, 0), None).bars} == {0}
