"""Ordinal DIF of a whole test. Peer: statsmodels' OrderedModel, extrapolated from some items' three nested fits."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eiassess.psychometrics import DifAnalysis, differential_item_functioning
from tests.benchmarks.data import save_scores
from tests.benchmarks.timing import Turns, answer, in_turn, median_seconds, our_side

PEER_SCRIPT = Path(__file__).with_name("peer_dif.py")
AGREEMENT = 1e-4
STUDIED = (0, 4)


@dataclass(frozen=True)
class DifCase:
    """Differential item functioning by both sides; the peer's seconds are those of one item times the items."""

    persons: int
    items: int
    studied: tuple[int, ...]
    turns: Turns
    largest_lr_difference: float
    largest_gain: float

    @property
    def agrees(self) -> bool:
        return self.largest_lr_difference <= AGREEMENT


def analyse(scores: np.ndarray, group: np.ndarray) -> DifAnalysis:
    """Do all three statistics of all items; the peer does one of them."""
    return differential_item_functioning(scores, group)


def compare_dif(peer_python: Path, persons: int, turns: int, studied: tuple[int, ...] = STUDIED) -> DifCase:
    """Let both sides look at the same scores, the peer at the studied items alone."""
    with tempfile.TemporaryDirectory() as folder:
        paths = save_scores(Path(folder), persons)
        result = in_turn(our_side("dif", *paths), [peer_python, PEER_SCRIPT, *paths, *studied], turns)
        items = np.load(paths[0], mmap_mode="r").shape[1]
    ours, peer = np.array(result.ours[0]["lr"])[list(studied)], np.array(result.peer[0]["lr"])
    return DifCase(
        persons=persons,
        items=items,
        studied=studied,
        turns=result,
        largest_lr_difference=float(np.abs(ours - peer).max()),
        largest_gain=float((ours - peer).max()),
    )


def likelihood_ratios(analysis: DifAnalysis) -> list[tuple[float, float]]:
    """Take uniform and total likelihood ratio of every item that has them."""
    found = (item.ordinal_logistic for item in analysis.items)
    return [(each.lr_uniform, each.lr_total) for each in found if each is not None]


def _measure(scores_path: str, group_path: str) -> None:
    scores, group = np.load(scores_path), np.load(group_path)
    seconds = median_seconds(lambda: analyse(scores, group), 5)
    answer(seconds=seconds, lr=likelihood_ratios(analyse(scores, group)))


if __name__ == "__main__":
    _measure(*sys.argv[1:])
