"""Scenarios that a group answers differently from the largest at equal standing, where there are people enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    SMALLEST_ASSESSABLE_GROUP,
    SMALLEST_ASSESSABLE_SAMPLE,
    differential_item_functioning,
)
from eiassess.scoring.samples.fairness.people import FairnessPerson

DIF_CUTS = tuple(range(10, 100, 10))
"""Where a scenario's score begins the next of ten ordered classes, in points; the lowest is open below.

Classes ten points wide add 10^2 / 12 to a score's variance (Sheppard, 1898), 3 % of what simulated people have on
the forms that ship (SD 16). Fixed, so that a class means the same in every sample.
"""
DIF_RIGHT = 8.0
"""The class that counts as right for Mantel-Haenszel: 80 points and more, as 66 % of those simulated scores."""
TOO_FEW_FOR_DIF = (
    f"Not assessable: it takes {SMALLEST_ASSESSABLE_GROUP} people in the smaller group and "
    f"{SMALLEST_ASSESSABLE_SAMPLE} in both who answered every scenario"
)


@dataclass(frozen=True)
class GroupDif:
    """Scenarios that a group answers differently from the largest at equal standing.

    ``large`` and ``not_classed`` name scenarios; ``why_not`` says why nothing is known, and is empty otherwise.
    """

    category: str
    reference: str
    large: tuple[str, ...]
    not_classed: tuple[str, ...]
    why_not: str


def group_dif(question: str, reference: str, focal: str, counted: Sequence[FairnessPerson]) -> GroupDif:
    """Look for scenarios that a group answers differently from the largest."""
    both = [each for each in counted if each.answers.get(question) in {focal, reference}]
    names = sorted({name for person in both for name in person.scenarios})
    complete = [each for each in both if len(each.scenarios) == len(names)]
    member = np.array([person.answers[question] == focal for person in complete], dtype=np.float64)
    n_focal = int(member.sum())
    # The error's own words would give the sizes of groups, which may be small.
    if min(n_focal, member.size - n_focal) < SMALLEST_ASSESSABLE_GROUP or member.size < SMALLEST_ASSESSABLE_SAMPLE:
        return GroupDif(focal, reference, (), (), TOO_FEW_FOR_DIF)
    scores = np.array([[person.scenarios[name] for name in names] for person in complete])
    classes = np.digitize(scores, DIF_CUTS).astype(np.float64)
    try:
        items = differential_item_functioning(classes, member, purify=True, cut=DIF_RIGHT).items
    except NotEstimableError as reason:
        return GroupDif(focal, reference, (), (), f"Not assessable: {reason}")
    large, unknown = (
        tuple(name for name, item in zip(names, items, strict=True) if item.is_large is kind) for kind in (True, None)
    )
    return GroupDif(focal, reference, large, unknown, "")
