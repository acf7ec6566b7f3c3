"""Study 7: how often items without differential functioning are classed as having some, and with some are found."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.graded_answers import GRADED, Items, draw_items, draw_scores
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.psychometrics import DifClass, ItemDif, differential_item_functioning

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

ITEMS = 24
REPLICATES = 400
CASES = (
    # reference, focal, how far the focal group's mean lies below, shift of the one item with DIF (in theta)
    (300, 200, 0.0, 0.0),
    (300, 200, 0.5, 0.0),
    (1000, 1000, 0.0, 0.0),
    (1000, 1000, 0.5, 0.0),
    (1000, 1000, 1.0, 0.0),
    (5000, 5000, 1.0, 0.0),
    (300, 200, 0.0, 0.5),
    (1000, 1000, 0.0, 0.5),
    (1000, 1000, 0.5, 0.5),
    (1000, 1000, 0.5, 1.0),
)
METHODS = ("Mantel-Haenszel", "SMD", "ordinal logistic")


def run(seed: int, effort: float) -> Tables:
    """Class items without DIF, and one item with DIF among others without, purified as the product does."""
    generator = np.random.default_rng(seed)
    found = [_case(generator, case, replicates(REPLICATES, effort, 1)) for case in CASES]
    return {
        "false": [row for row, _ in found],
        "found": [row for _, row in found if row is not None],
    }


def _case(generator: Generator, case: tuple[int, int, float, float], times: int) -> tuple[Row, Row | None]:
    n_reference, n_focal, impact, shift = case
    clean: list[list[tuple[bool, ...]]] = []
    planted: list[tuple[bool, ...]] = []
    for _ in range(times):
        items = draw_items(generator, GRADED, ITEMS)
        analysis = _analysed(generator, items, case)
        verdicts = [_verdict(item) for item in analysis]
        clean.append(verdicts[1:] if shift else verdicts)
        planted.append(verdicts[0])
    row: Row = {
        "reference, focal": f"{n_reference}, {n_focal}",
        "focal mean": 0.0 - impact,
        "DIF elsewhere": "one item" if shift else "none",
    }
    flags = np.array(clean)
    false = row | {f"{name}, %": percent(flags[:, :, column]) for column, name in enumerate(_columns())}
    false["any item of a test after Benjamini-Hochberg, %"] = percent(flags[:, :, -1].any(axis=1))
    if not shift:
        return false, None
    hits = np.array(planted)
    named: Row = {
        "reference, focal": row["reference, focal"],
        "focal mean": row["focal mean"],
        "shift of the item, in theta": shift,
    }
    return false, named | {f"{name}, %": percent(hits[:, column]) for column, name in enumerate(_columns())}


def _columns() -> list[str]:
    return [
        *(f"{method} {which}" for method in METHODS for which in ("B or C", "C")),
        "p after Benjamini-Hochberg < .05",
    ]


def _analysed(generator: Generator, items: Items, case: tuple[int, int, float, float]) -> tuple[ItemDif, ...]:
    n_reference, n_focal, impact, shift = case
    harder = Items(items.model, items.a, items.d - shift * np.where(np.arange(ITEMS) == 0, items.a, 0.0)[:, None])
    scores = np.vstack(
        [
            draw_scores(generator, items, generator.standard_normal(n_reference)),
            draw_scores(generator, harder, generator.standard_normal(n_focal) - impact),
        ]
    )
    group = np.repeat([0, 1], [n_reference, n_focal])
    return differential_item_functioning(scores, group, purify=True, cut=2.0).items


def _verdict(item: ItemDif) -> tuple[bool, ...]:
    classes = [
        None if each is None else each.dif_class
        for each in (item.mantel_haenszel, item.standardised_difference, item.ordinal_logistic)
    ]
    flags = [flag for each in classes for flag in (each in {DifClass.B, DifClass.C}, each is DifClass.C)]
    return (*flags, item.p_adjusted is not None and item.p_adjusted < 0.05)  # noqa: PLR2004 - the usual level


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the share of items without DIF that are classed B or C."""
    columns = ["Mantel-Haenszel B or C, %", "SMD B or C, %", "any item of a test after Benjamini-Hochberg, %"]
    rows = [
        (
            f"{row['reference, focal']}; mean {row['focal mean']}; {row['DIF elsewhere']}",
            [number(row, column) for column in columns],
        )
        for row in tables["false"]
    ]
    return dot_chart(
        "Items without DIF that are called otherwise",
        Axis(0, 70, (0, 5, 20, 40, 60), "% of items; of tests"),
        ("class B or C, Mantel-Haenszel", "class B or C, SMD", "a test with any item significant"),
        rows,
        level=5,
    )


STUDY = Study("dif-classes", 107, run, draw)
