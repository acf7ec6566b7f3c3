"""The order of a form's scenarios: competencies take turns, and neighbours differ in as much as can be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import Facet

NEIGHBOUR_WEIGHTS = {Facet.COMPETENCY: 100, Facet.CHANNEL: 10, Facet.TRADE: 3, Facet.STYLE: 1}
"""What it costs when two neighbours are the same in a facet."""

Places = list[tuple[int, Scenario]]
"""Scenarios in order, each with the number of its round."""


def in_good_order(scenarios: Sequence[Scenario], competencies: Sequence[str]) -> tuple[Scenario, ...]:
    """Put scenarios in an order that is always the same, whichever way they came.

    Every competency has its turn before any has its next; then scenarios change places, within a round or within a
    competency, as long as that makes fewer neighbours alike.

    Parameters
    ----------
    scenarios
        The scenarios of a form.
    competencies
        The order of the turns.
    """
    places = _rounds(scenarios, competencies)
    while (better := next(_better(places), None)) is not None:
        places = better
    return tuple(scenario for _, scenario in places)


def _rounds(scenarios: Sequence[Scenario], competencies: Sequence[str]) -> Places:
    """Deal competencies out; one with fewer scenarios than others skips rounds evenly."""
    members: Mapping[str, list[Scenario]] = defaultdict(list)
    for scenario in sorted(scenarios, key=lambda scenario: scenario.id):
        members[str(scenario.competency)].append(scenario)
    n_rounds = max(map(len, members.values()), default=0)
    places = [
        (int((number + 0.5) / len(own) * n_rounds), scenario)
        for competency in competencies
        if (own := members[competency])
        for number, scenario in enumerate(own)
    ]
    return sorted(places, key=lambda place: place[0])


def _better(places: Places) -> Iterator[Places]:
    cost = _cost(places)
    for one, other in combinations(range(len(places)), 2):
        (round_one, first), (round_other, second) = places[one], places[other]
        if round_one == round_other or first.competency == second.competency:
            swapped = list(places)
            swapped[one], swapped[other] = (round_one, second), (round_other, first)
            if _cost(swapped) < cost:
                yield swapped


def _cost(places: Places) -> int:
    return sum(
        weight
        for (_, one), (_, other) in pairwise(places)
        for facet, weight in NEIGHBOUR_WEIGHTS.items()
        if facet.of(one) is not None and facet.of(one) == facet.of(other)
    )
