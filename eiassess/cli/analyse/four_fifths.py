"""The four-fifths rule in one column of groups: who is compared, and who cannot be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from eiassess.banks.tables.csv_records import shown
from eiassess.cli.analyse.groups import GroupColumn
from eiassess.psychometrics import (
    SMALLEST_GROUP_SHOWN,
    AdverseImpact,
    adverse_impact_by_group,
    highest_rate_group,
)

Flags = npt.NDArray[np.bool_]
FEWEST_COMPARED = 2
TOO_SMALL = f"fewer than {SMALLEST_GROUP_SHOWN} people"


@dataclass(frozen=True)
class GroupRow:
    """A group that is shown, compared where that can be done; the one selected most often is compared with itself."""

    name: str
    n: int
    selected: int
    impact: AdverseImpact | None
    is_highest: bool


@dataclass(frozen=True)
class Judgement:
    """What the rule says of a column.

    Parameters
    ----------
    column
        Its name.
    groups
        Those of at least ten.
    not_judged
        Groups of which nothing can be said, each with the reason.
    reason
        Why no group at all can be judged; empty if some can.
    """

    column: str
    groups: tuple[GroupRow, ...]
    not_judged: tuple[tuple[str, str], ...]
    reason: str

    @property
    def small(self) -> tuple[str, ...]:
        """The groups that are too small to be shown."""
        return tuple(name for name, reason in self.not_judged if reason == TOO_SMALL)


def judgement(column: GroupColumn, selected: Flags) -> Judgement:
    """Compare each group of at least ten with the one of these selected most often."""
    sizes = Counter(label for label in column.labels if label is not None)
    counts = Counter(label for label, is_chosen in zip(column.labels, selected.tolist(), strict=True) if is_chosen)
    names = sorted(sizes)
    n, chosen = [sizes[name] for name in names], [counts[name] for name in names]
    large = [place for place, size in enumerate(n) if size >= SMALLEST_GROUP_SHOWN]
    reason = _reason(names, len(large), sum(chosen[place] for place in large), int(selected.sum()))
    impacts = adverse_impact_by_group(chosen, n) if not reason else (None,) * len(names)
    best = highest_rate_group([chosen[place] for place in large], [n[place] for place in large]) if large else 0
    small = tuple((name, TOO_SMALL) for place, name in enumerate(names) if place not in large)
    return Judgement(
        column.name,
        tuple(
            GroupRow(names[place], n[place], chosen[place], impacts[place], number == best)
            for number, place in enumerate(large)
        ),
        (*small, *((names[place], reason) for place in large if reason)),
        reason,
    )


def _reason(names: list[str], n_large: int, chosen: int, chosen_of_all: int) -> str:
    if len(names) < FEWEST_COMPARED:
        return f"there is one group only, {shown(names[0])}"
    if n_large < FEWEST_COMPARED:
        return f"{'only one group has' if n_large else 'no group has'} {SMALLEST_GROUP_SHOWN} people"
    if not chosen:
        return "nobody of these groups was selected" if chosen_of_all else "nobody was selected"
    return ""


def rows_of(judged: Judgement) -> Iterator[dict[str, Any]]:
    """Describe each group; the one selected most often is compared with nobody."""
    for row in judged.groups:
        impact = row.impact
        compared = None if row.is_highest else impact
        yield {
            "group": row.name,
            "n": row.n,
            "selected": row.selected,
            "rate": row.selected / row.n,
            "impact_ratio": impact and impact.impact_ratio,
            "below_four_fifths": impact and impact.below_four_fifths,
            "z": compared and compared.z,
            "p_fisher": compared and compared.p_fisher,
            "p_mid": compared and compared.p_mid,
            "needs_exact_test": compared and compared.needs_exact_test,
            "significant": compared and compared.is_significant,
            "ratio_interval": compared and compared.ratio_interval,
            "shortfall": impact and impact.shortfall,
            "flip": [change.value for change in compared.flips] if compared else [],
        }
