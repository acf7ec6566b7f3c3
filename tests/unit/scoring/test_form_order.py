"""Competencies take turns, and neighbours differ."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from eiassess.domain.scenarios import Scenario
from eiassess.scoring.assembling.ordering import in_good_order
from tests.assembling import COMPETENCIES, make_members


def alike(scenarios: Sequence[Scenario], field: str) -> int:
    return sum(getattr(one, field) == getattr(other, field) for one, other in pairwise(scenarios))


def test_every_competency_has_its_turn_before_any_has_its_next() -> None:
    ordered = in_good_order(make_members(3), COMPETENCIES)
    for start in (0, 8, 16):
        assert {each.competency for each in ordered[start : start + 8]} == set(COMPETENCIES)


def test_neighbours_differ_in_competency_and_channel() -> None:
    ordered = in_good_order(make_members(3), COMPETENCIES)
    assert alike(ordered, "competency") == alike(ordered, "channel") == 0
    assert alike(ordered, "trade") == 0


def test_the_order_does_not_hang_on_how_they_came() -> None:
    members = make_members(3)
    shuffled = random.Random(1).sample(members, len(members))  # noqa: S311 - a test's order
    assert in_good_order(shuffled, COMPETENCIES) == in_good_order(members, COMPETENCIES)
    assert sorted(each.id for each in in_good_order(members, COMPETENCIES)) == sorted(each.id for each in members)


def test_fewer_of_a_competency_are_dealt_out_evenly() -> None:
    members = [*make_members(4, COMPETENCIES[:1]), *make_members(2, COMPETENCIES[1:2])]
    ordered = in_good_order(members, COMPETENCIES)
    assert alike(ordered, "competency") <= 2
    assert {each.competency for each in ordered[:3]} == {each.competency for each in ordered[3:]}


def test_what_cannot_differ_stays_alike() -> None:
    same = [replace(each, channel="phone", style=None) for each in make_members(2, COMPETENCIES[:1])]
    assert len(in_good_order(same, COMPETENCIES)) == 2
    assert in_good_order([], COMPETENCIES) == ()
