"""A whole item analysis: alpha, alpha without each item, corrected item-total, frequencies. Peer: pandas, pingouin."""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eiassess import psychometrics
from tests.benchmarks.data import CATEGORIES, save_scores
from tests.benchmarks.timing import Turns, answer, in_turn, median_seconds, our_side

PEER_SCRIPT = Path(__file__).with_name("peer_items.py")
AGREEMENT = 1e-8


@dataclass(frozen=True)
class ItemsCase:
    """An item analysis by both sides; the second ratio is to pandas with the covariances taken only once."""

    persons: int
    turns: Turns
    tuned_seconds: float
    largest_difference: float
    same_counts: bool

    @property
    def agrees(self) -> bool:
        return self.same_counts and self.largest_difference <= AGREEMENT


def analyse(scores: np.ndarray) -> dict[str, list]:
    """Analyse the items."""
    moments = psychometrics.item_moments(scores)
    return {
        "alpha": [psychometrics.coefficient_alpha(moments).value],
        "alpha_if_deleted": list(psychometrics.alpha_if_deleted(moments)),
        "corrected_item_total": list(psychometrics.corrected_item_total(moments)),
        "counts": psychometrics.option_frequencies(scores, CATEGORIES).counts.tolist(),
    }


def compare_items(peer_python: Path, persons: int, turns: int) -> ItemsCase:
    """Let both sides analyse the same scores."""
    with tempfile.TemporaryDirectory() as folder:
        scores, _ = save_scores(Path(folder), persons)
        result = in_turn(our_side("items", scores), [peer_python, PEER_SCRIPT, scores, CATEGORIES], turns)
    ours, peer = result.ours[0]["found"], result.peer[0]["found"]
    return ItemsCase(
        persons=persons,
        turns=result,
        tuned_seconds=float(np.median([turn["tuned_seconds"] for turn in result.peer])),
        largest_difference=_largest_difference(ours, peer),
        same_counts=ours["counts"] == peer["counts"],
    )


def _largest_difference(ours: Mapping[str, list], peer: Mapping[str, list]) -> float:
    names = ("alpha", "alpha_if_deleted", "corrected_item_total")
    return max(float(np.max(np.abs(np.subtract(ours[name], peer[name])))) for name in names)


def _measure(path: str) -> None:
    scores = np.load(path)
    answer(seconds=median_seconds(lambda: analyse(scores), 7), found=analyse(scores))


if __name__ == "__main__":
    _measure(*sys.argv[1:])
