from dataclasses import replace

import pytest
from scipy import stats

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import Interval, PersonScore, ScoreEstimate
from eiassess.domain.versions import VersionLink
from eiassess.scoring.comparing import Apart, ScoreBasis, ScoreDifference, apart, compare_people
from eiassess.scoring.person.engine import ENGINE
from tests.builders import make_form


def estimate(score: float, sem: float | None, df: int = 8) -> ScoreEstimate:
    return ScoreEstimate(score, sem, None, Interval(38, 62), 16, df)


def person(overall: ScoreEstimate | None, **competencies: ScoreEstimate) -> PersonScore:
    return PersonScore(
        overall=overall,
        competencies=competencies,
        styles={},
        scenarios={},
        distance=None,
        strengths=(),
        weaknesses=(),
        not_scored=(),
        n_ratings=66,
        n_unanswered=0,
        random_like=False,
    )


def test_overall_scores_differ_by_welchs_degrees_of_freedom() -> None:
    (found,) = compare_people({"a": person(estimate(90, 3)), "b": person(estimate(75, 3))}, [OVERALL])
    assert found.difference == 15
    assert found.standard_error == pytest.approx(18**0.5)
    assert found.p_adjusted == pytest.approx(2 * stats.t.sf(15 / 18**0.5, 16))
    assert found.is_larger_than_error


def test_competencies_differ_by_the_smaller_degrees_of_freedom() -> None:
    first, second = person(None, recovery=estimate(90, 3, df=8)), person(None, recovery=estimate(75, 3, df=6))
    (found,) = compare_people({"a": first, "b": second}, ["recovery"])
    assert found.p_adjusted == pytest.approx(2 * stats.t.sf(15 / 18**0.5, 6))


def test_what_is_on_display_together_is_adjusted_together() -> None:
    people = {
        name: person(estimate(score, 3), recovery=estimate(70, 3))
        for name, score in zip("abc", (90, 80, 70), strict=True)
    }
    alone = compare_people({name: people[name] for name in "ac"}, [OVERALL])[0].p_adjusted
    together = compare_people(people, [OVERALL, "recovery"])
    assert len(together) == 6
    by_names = {(each.first, each.second, each.part): each.p_adjusted for each in together}
    assert by_names["a", "c", OVERALL] == pytest.approx(6 * alone)


@pytest.mark.parametrize("missing", [None, estimate(70, None)])
def test_nobody_is_compared_without_a_score_and_its_error(missing: ScoreEstimate | None) -> None:
    assert compare_people({"a": person(estimate(90, 3)), "b": person(missing)}, [OVERALL, "recovery"]) == ()


def test_two_scores_without_any_error_differ_if_they_are_not_the_same() -> None:
    people = {"a": person(estimate(100, 0)), "b": person(estimate(99, 0)), "c": person(estimate(99, 0))}
    assert [each.p_adjusted for each in compare_people(people, [OVERALL])] == [0, 0, 1]


def test_scores_compare_under_one_key_on_one_form_by_engines_with_the_same_points() -> None:
    form = make_form()
    basis = ScoreBasis(form, "k1", f"{ENGINE} (EIAssess 0.3)")
    assert apart(basis, replace(basis, engine="house-scale-1 (EIAssess 0.1)")) == ()
    assert apart(basis, replace(basis, engine="house-scale-0")) == (Apart.ENGINE,)
    assert apart(basis, replace(basis, key_digest="k2")) == (Apart.KEY,)
    other = replace(form, digest="f" * 64)
    assert apart(basis, replace(basis, form=other)) == (Apart.FORM,)
    assert apart(basis, ScoreBasis(other, "k2", "house-scale-0")) == (Apart.FORM, Apart.KEY, Apart.ENGINE)


@pytest.mark.parametrize(("p", "larger"), [(0.0499, True), (0.05, False)])
def test_a_difference_is_larger_than_its_error_below_one_in_twenty(p: float, *, larger: bool) -> None:
    assert ScoreDifference("a", "b", OVERALL, 10.0, 4.0, p).is_larger_than_error is larger


def test_linked_forms_compare_in_the_same_formats_only() -> None:
    rated = make_form()
    link = (VersionLink(rated.digest, "Only the title changed.", "Avery Stone"),)
    others = (make_form(id="form-b"), make_form(id="form-b", format=ResponseFormat.PICK_BEST))
    linked = [replace(form, comparable_with=link) for form in others]
    bases = [ScoreBasis(form, "k1", ENGINE) for form in linked]
    now = ScoreBasis(rated, "k1", ENGINE)
    assert [apart(now, basis) for basis in bases] == [(), (Apart.FORM,)]
    assert [apart(basis, now) for basis in bases] == [(), (Apart.FORM,)]
