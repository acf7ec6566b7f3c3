import numpy as np
import pytest
from scipy import stats

from eiassess.scoring.person.profiling import Part, named_differences


def test_clear_parts_are_named_the_clearest_first() -> None:
    parts = [Part("a", 90.0, 20.0), Part("b", 60.0, 20.0), Part("c", 80.0, 20.0), Part("d", 50.0, 20.0)]
    strengths, weaknesses = named_differences(parts, 70.0, 80.0, 0.05, 12)
    assert [each.id for each in strengths] == ["a", "c"]
    assert [each.id for each in weaknesses] == ["d", "b"]
    assert weaknesses[0].difference == -20


def test_within_error_there_is_no_profile() -> None:
    parts = [Part("a", 78.0, 20.0), Part("b", 62.0, 20.0)]
    assert named_differences(parts, 70.0, 40.0, 1.0, 8) == ((), ())


def test_the_only_part_is_not_compared_with_itself() -> None:
    assert named_differences([Part("all", 80.0, 40.0)], 80.0, 40.0, 0.1, 8) == ((), ())


def test_few_people_without_a_profile_get_a_label() -> None:
    """Eight parts, all truly equal: naming without Holm would label about a third of these people."""
    generator = np.random.default_rng(4)
    variance, weight, labelled = 0.2, 16.0, 0
    for _ in range(1000):
        scores = generator.normal(75, 50 * np.sqrt(variance / weight), 8)
        parts = [Part(str(i), score, weight) for i, score in enumerate(scores)]
        estimated = variance * generator.chisquare(24) / 24
        labelled += any(named_differences(parts, float(scores.mean()), 8 * weight, estimated, 24))
    assert labelled / 1000 < 0.08


@pytest.mark.parametrize(("p", "named"), [(0.0499, True), (0.0501, False)])
def test_a_part_is_named_below_one_in_twenty(p: float, *, named: bool) -> None:
    """Two parts of equal weight: each lies off the mean by t times ``25 sqrt(4 v / e)``, and Holm doubles p."""
    weight, variance, df = 20.0, 0.05, 12
    off = float(stats.t.isf(p / 4, df)) * 0.5 * 50 * np.sqrt(variance * 2 / weight)
    strengths, weaknesses = named_differences(
        [Part("a", 70 + off, weight), Part("b", 70 - off, weight)], 70.0, 2 * weight, variance, df
    )
    assert [each.id for each in (*strengths, *weaknesses)] == (["a", "b"] if named else [])
