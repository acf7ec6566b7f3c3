"""The G-study of a form."""

from dataclasses import replace

import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.generalizing import g_study
from eiassess.scoring.differences.in_general import gap_needed
from eiassess.scoring.person.engine import score_answers
from tests.unit.scoring.differences.people import FORM, KEY, NOW, people, without

PEOPLE = people(31)
ESTIMATE = estimate_errors(FORM, KEY, PEOPLE, made_at=NOW)


def test_it_is_of_those_who_answered_everything() -> None:
    found = g_study(FORM, KEY, [*PEOPLE, without(PEOPLE[0], "recovery-1")], ESTIMATE)
    assert found is not None
    assert (found.n_people, found.n_scenarios) == (31, 16)
    scores = [score_answers(FORM, KEY, person.answers) for person in PEOPLE]
    cells = np.array([[score.scenarios[name] for name in FORM.scenario_ids] for score in scores])
    expected = psychometrics.variance_components(cells)
    assert found.components.persons == pytest.approx(expected.persons)
    assert found.components.interaction == pytest.approx(expected.interaction)
    assert found.coefficient == pytest.approx(expected.coefficient(16))
    assert found.needed == {each: expected.scenarios_needed(each) for each in (0.8, 0.9)}
    overall = [score.overall.score for score in scores if score.overall]
    assert found.median == pytest.approx(np.median(overall))
    assert found.gap == pytest.approx(gap_needed(ESTIMATE, float(np.median(overall))))


def test_it_needs_thirty_people() -> None:
    assert g_study(FORM, KEY, PEOPLE[:29], ESTIMATE) is None
    assert g_study(FORM, KEY, [], ESTIMATE) is None
    assert g_study(FORM, KEY, PEOPLE[:30], ESTIMATE) is not None


def test_of_one_scenario_nothing_is_said() -> None:
    one = replace(FORM, digest="one", scenarios=FORM.scenarios[:1])
    estimate = estimate_errors(one, KEY, PEOPLE, made_at=NOW)
    assert g_study(one, KEY, PEOPLE, estimate) is None


def test_people_who_all_answer_the_same_have_nothing_to_generalise() -> None:
    same = [replace(PEOPLE[0], id=f"same-{number}") for number in range(30)]
    found = g_study(FORM, KEY, same, ESTIMATE)
    assert found is None or found.components.persons == pytest.approx(0, abs=1e-9)
