import dataclasses

import numpy as np
import pytest

from eiassess.errors import InvalidInputError
from eiassess.scoring.person import plan as plans
from eiassess.scoring.person.cache import Cache
from eiassess.scoring.person.plan import scoring_plan
from tests.builders import make_form, make_key, make_plan, make_scenario, make_scenarios


def test_columns_follow_the_form() -> None:
    plan = make_plan(make_form(make_scenarios(2, emotions=1)))
    assert plan.columns[:5] == (
        ("recovery-1", "a"),
        ("recovery-1", "b"),
        ("recovery-1", "c"),
        ("recovery-1", "d"),
        ("composure-1", "a"),
    )
    assert plan.competencies == {"recovery": (0, 3), "composure": (1, 4), "listening": (2, 5), "emotions": (6,)}
    assert plan.styles == {"warm": (0, 1, 2), "direct": (3, 4, 5)}
    assert plan.kind.tolist() == [0] * 24 + [1] * 5


def test_vector_has_holes_where_nothing_was_rated() -> None:
    plan = make_plan(make_form([make_scenario("one"), make_scenario("two")]))
    vector = plan.vector({"one": {"a": 3, "d": 6}, "unheard-of": {"a": 1}})
    assert np.array_equal(vector, [3, np.nan, np.nan, 6, *[np.nan] * 4], equal_nan=True)


def test_a_key_that_lacks_an_option_is_named() -> None:
    form = make_form()
    key = make_key(form)
    lacking = dataclasses.replace(key, credits={**key.credits, "recovery-1": {}}, digest="lacking")
    with pytest.raises(InvalidInputError, match=r"'theory-1' has no value for option recovery-1\.a of form 'form-a'"):
        scoring_plan(form, lacking)


def test_plans_are_kept_and_the_longest_unused_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "_PLANS", Cache(2))
    forms = [make_form(id=f"form-{i}") for i in range(3)]
    first = make_plan(forms[0])
    assert make_plan(forms[0]) is first
    for form in forms:
        make_plan(form)
    assert make_plan(forms[0]) is not first
