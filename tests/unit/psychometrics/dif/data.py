"""Data that the tests of DIF share."""

import json
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[3] / "reference" / "cases"


FOLDER = Path(__file__).parents[3] / "reference"


DATA = np.genfromtxt(FOLDER / "scenario_scores.csv", delimiter=",", names=True, missing_values="NA")


SCORES = np.column_stack([DATA[name] for name in DATA.dtype.names if name[0] == "s"])


GROUP = DATA["group"]


REFERENCE = json.loads((FOLDER / "scenario_scores.reference.json").read_text(encoding="utf-8"))


# R's UCBAdmissions (Bickel, Hammel & O'Connell 1975), a row a department: admitted and rejected men, then women.
ADMISSIONS = np.array(
    [
        [512, 313, 89, 19],
        [353, 207, 17, 8],
        [120, 205, 202, 391],
        [138, 279, 131, 244],
        [53, 138, 94, 299],
        [22, 351, 24, 317],
    ]
)


# Randall (1989), R's ordinal::wine: bitterness 1-5 of wines, cold or warm, without or with contact.
WINE = np.array([[4, 9, 5, 0, 0], [1, 7, 8, 2, 0], [0, 5, 8, 3, 2], [0, 1, 5, 7, 5]], dtype=float)


UNHURRIED = settings(deadline=None)  # a busy machine is no failure


seeds = st.integers(0, 2**32 - 1)


def admissions() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    people = ADMISSIONS.ravel()
    right, group = np.tile([1.0, 0.0, 1.0, 0.0], 6), np.tile([0, 0, 1, 1], 6)
    return np.repeat(right, people), np.repeat(group, people), np.repeat(np.repeat(np.arange(6.0), 4), people)


def case(name: str) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Scores, group and R's figures of 0/1 items (dif01) or of items of 0 to 4."""
    file, focal = {"dif01": ("dif-right-wrong.csv", "F"), "dif_graded": ("dif-graded.csv", "foc")}[name]
    lines = [line.split(",") for line in (CASES / file).read_text(encoding="utf-8").splitlines()[1:]]
    right = json.loads((CASES / "right.json").read_text(encoding="utf-8"))
    scores = np.array([line[:-1] for line in lines], dtype=float)
    return scores, np.array([line[-1] == focal for line in lines]), right[name]


def people(seed: int, n: int = 300, categories: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    group, matching = generator.integers(0, 2, n), generator.integers(0, 9, n).astype(float)
    scores = np.clip(np.round(matching / 3 + generator.normal(0, 1, n)), 0, categories - 1)
    return scores, group, matching


def whole_test(seed: int, n: int, items: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    scores = np.round(2 + generator.normal(size=(n, 1)) + generator.normal(size=(n, items)))
    return np.clip(scores, 0, 4), np.arange(n) % 2
