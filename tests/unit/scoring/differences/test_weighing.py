"""Weighted scores: with equal weights the overall score and its error, with others their own."""

from dataclasses import replace

import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.domain.error_estimates import NotCompared
from eiassess.errors import InvalidInputError
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.in_general import gap_needed
from eiassess.scoring.differences.measuring import measured
from eiassess.scoring.differences.placing import place_people
from eiassess.scoring.differences.weighing import WeightedScores, weighted_gap, weighted_scores
from eiassess.scoring.person.plan import scoring_plan
from tests.builders import make_key
from tests.unit.scoring.differences.people import FORM, KEY, NOW, as_the_key, mixed_form, people, without

PEOPLE = people(14)
IDS = [person.id for person in PEOPLE]
ESTIMATE = estimate_errors(FORM, KEY, PEOPLE, made_at=NOW)
COMPETENCIES = tuple(scoring_plan(FORM, KEY).competencies)


def gap_of(found: list[WeightedScores]) -> float | None:
    return weighted_gap(found, [each.score for one in found for each in one.people.values()])


def test_equal_weights_give_the_overall_score_its_interval_and_the_lists_gap() -> None:
    found = weighted_scores(FORM, KEY, PEOPLE, IDS, ESTIMATE, dict.fromkeys(COMPETENCIES, 2))
    placed = place_people(FORM, KEY, PEOPLE, ESTIMATE)
    assert found.n == ESTIMATE.n == 14
    for person in placed:
        weighed = found.people[person.id]
        assert person.interval
        assert weighed.score == pytest.approx(person.score)
        assert weighed.interval.low == pytest.approx(person.interval.low)
        assert weighed.interval.high == pytest.approx(person.interval.high)
    middle = float(np.median([each.score for each in found.people.values()]))
    assert gap_of([found]) == found.gap_near(middle) == pytest.approx(gap_needed(ESTIMATE, middle))


def test_a_competency_that_alone_counts_is_its_own_correlation_and_less_certain() -> None:
    weights = {COMPETENCIES[0]: 3, COMPETENCIES[1]: 0}
    found = weighted_scores(FORM, KEY, PEOPLE, IDS[:2], ESTIMATE, weights)
    plan = scoring_plan(FORM, KEY)
    sheets = measured(plan, PEOPLE[:1]).sheets
    rows = (plan.competency == 0)[sheets.columns.scenario]
    r = np.corrcoef(sheets.ratings[0, rows], sheets.columns.key[rows])[0, 1]
    assert list(found.people) == IDS[:2]
    first = found.people[IDS[0]]
    assert first.score == pytest.approx(50 * (1 + r))
    whole = place_people(FORM, KEY, PEOPLE[:1], ESTIMATE)[0].interval
    assert whole
    assert first.interval.high - first.interval.low > whole.high - whole.low


def test_below_ten_people_everybody_has_their_own_error() -> None:
    few = PEOPLE[:4]
    estimate = estimate_errors(FORM, KEY, few, made_at=NOW)
    found = weighted_scores(FORM, KEY, few, [each.id for each in few], estimate, dict.fromkeys(COMPETENCIES, 1))
    assert (found.n, len(found.people), gap_of([found])) == (0, 4, None)


def test_people_who_all_answer_alike_lend_nobody_anything() -> None:
    alike = [replace(PEOPLE[0], id=f"alike-{number}") for number in range(12)]
    estimate = replace(ESTIMATE, members=tuple(each.id for each in alike))
    found = weighted_scores(FORM, KEY, alike, ["alike-0"], estimate, dict.fromkeys(COMPETENCIES, 1))
    assert (found.n, gap_of([found])) == (0, None)


def test_who_agrees_completely_has_no_error_and_no_weighted_score() -> None:
    key = make_key(FORM, {scenario.id: (6, 2, 1, 4, 3)[: len(scenario.options)] for scenario in FORM.scenarios})
    sat, best = people(12, key=key), as_the_key(key=key)
    estimate = estimate_errors(FORM, key, sat, made_at=NOW)
    assert place_people(FORM, key, [best], estimate)[0].not_compared is NotCompared.AT_THE_END
    for everybody in ([*sat, best], [best]):
        found = weighted_scores(FORM, key, everybody, [best.id], estimate, dict.fromkeys(COMPETENCIES, 1))
        assert (dict(found.people), gap_of([found])) == ({}, None)


def test_nothing_counts_or_the_form_has_choices() -> None:
    with pytest.raises(InvalidInputError, match="at least one competency"):
        weighted_scores(FORM, KEY, PEOPLE, IDS, ESTIMATE, dict.fromkeys(COMPETENCIES, 0))
    form, key = mixed_form()
    with pytest.raises(InvalidInputError, match="choices"):
        weighted_scores(form, key, [], [], ESTIMATE, {COMPETENCIES[0]: 1})


def test_weights_multiply_ratings_as_repeating_them_would() -> None:
    sheets = measured(scoring_plan(FORM, KEY), PEOPLE).sheets
    weights = np.where(sheets.columns.competency == 0, 3.0, 1.0)
    chosen = psychometrics.weighted_sheets(sheets, weights)
    r, _ = psychometrics.agreement_leaving_out(chosen)
    times = weights[sheets.columns.scenario].astype(int)
    for row, ratings in enumerate(sheets.ratings):
        found = []
        for kind in sheets.columns.kinds:
            pair = [np.repeat(each[kind], times[kind]) for each in (ratings, sheets.columns.key)]
            found.append((times[kind].sum(), np.corrcoef(*pair)[0, 1]))
        assert r[row] == pytest.approx(np.average([each for _, each in found], weights=[n for n, _ in found]))


def test_of_several_forms_the_gap_is_the_larger_near_the_median_of_all() -> None:
    few, many = (
        weighted_scores(FORM, KEY, PEOPLE, ids, ESTIMATE, dict.fromkeys(COMPETENCIES[:n], 1))
        for ids, n in ((IDS[:5], 1), (IDS[5:], 4))
    )
    middle = float(np.median([each.score for found in (few, many) for each in found.people.values()]))
    assert gap_of([few, many]) == gap_of([many, few]) == few.gap_near(middle)
    unknown = replace(many, typical=None)
    assert gap_of([few, unknown]) is None
    assert gap_of([]) is None


def test_who_left_out_most_of_what_counts_has_no_weighted_score() -> None:
    of_first = [each.id for each in FORM.scenarios if each.competency == COMPETENCIES[0]]
    for left_out, has_score in ((of_first[:1], False), (of_first[:0], True)):
        short = without(PEOPLE[0], *left_out)
        found = weighted_scores(FORM, KEY, [*PEOPLE, short], [short.id], ESTIMATE, {COMPETENCIES[0]: 2})
        assert (short.id in found.people) is has_score
    short = without(PEOPLE[0], of_first[0])
    assert short.id in weighted_scores(FORM, KEY, [short], [short.id], ESTIMATE, dict.fromkeys(COMPETENCIES, 1)).people
