"""Study 15: of areas that are named as strong or weak, how many truly are, on the forms that ship.

The people are those of `other_people`, whose model is not the product's own. The same people sit the same form many
times, each time with other scenarios of the same kind; what is true of a person is the mean over all other times.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from scipy.special import stdtr

from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.other_people import (
    KINDS,
    MODERATE,
    STRONG,
    STYLE_SHARES,
    STYLES,
    Form,
    Group,
    World,
    sit,
    true_scores,
)
from docs.psychometrics.studies.population import Generator
from docs.psychometrics.studies.rule_batch import place
from docs.psychometrics.studies.shipped_forms import area_of_scenarios, columns_of
from docs.psychometrics.studies.study import Row, Study, Tables, number, replicates

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

OPENINGS, TIMES = 40, 60
RIGHT_FROM = 3.0
"""Points that the areas must truly lie apart, in the direction that was said."""
SPREADS = (0.0, 0.1, 0.2, 0.35)
"""SDs of how much more noise somebody has in one area than in the other, on the scale of the noise's logarithm."""
MIXED_FROM = 0.2
LEVELS = (0.05, 0.01)
NEAR = 85.0
"""An area from here on is near the key's pattern."""
APART = 10.0


@dataclass(frozen=True)
class Setting:
    """A form that so many people of an opening sat, in a world, with areas that differ so much."""

    form: str
    n: int
    world: World
    spread: float


SETTINGS = (
    *(Setting(form, 39, world, each) for form in ("standard-a", "standard-b", "screening")
      for world in (MODERATE, STRONG) for each in SPREADS),
    *(Setting("standard-a", 10, MODERATE, each) for each in SPREADS),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Found:
    """What was found, shape (times, people): the first area less the second, p, the lower score, what is true."""

    apart: Array
    p: Array
    p_own: Array
    lower: Array
    truth: Array


def observed(generator: Generator, setting: Setting, openings: int, times: int, effort: float) -> Found:
    """Let the same people sit a form many times."""
    columns = columns_of(setting.form)
    area_of = area_of_scenarios(setting.form, columns)
    form = _form(setting.form)
    group = _people(generator, setting, form, openings, effort)
    rows = [_once(generator, setting, form, group, openings, area_of) for _ in range(times)]
    apart, p, p_own, lower = (np.array(each) for each in zip(*rows, strict=True))
    known = ~np.isnan(apart)
    with np.errstate(invalid="ignore"):
        others = (np.nansum(apart, axis=0) - np.nan_to_num(apart)) / (known.sum(axis=0) - known)
    return Found(apart, p, p_own, lower, others)


_FORMS: dict[str, Form] = {}


def _form(name: str) -> Form:
    columns = columns_of(name)
    return _FORMS.setdefault(name, Form(columns, area_of_scenarios(name, columns)[:, 0] > 0))


def _people(generator: Generator, setting: Setting, form: Form, openings: int, effort: float) -> Group:
    n = openings * setting.n
    style = generator.choice(len(STYLES), size=n, p=STYLE_SHARES)
    kind = generator.choice(
        len(KINDS), size=n, p=[{"attentive": 0.92, "erratic": 0.08}.get(name, 0.0) for name in KINDS]
    )
    style[kind > 0] = 0
    score = np.clip(generator.normal(78, 9, size=n), 55, 94)
    noise, _ = true_scores(form, setting.world, 7, effort).noise(score, style, kind)
    first = np.array(
        [form.first_area[form.columns.competency == each].all() for each in range(form.columns.of_competency.shape[1])]
    )
    shift = setting.spread * generator.standard_normal(n)
    return Group(noise, style, kind, shift[:, None] * np.where(first, -0.5, 0.5))


def _once(
    generator: Generator, setting: Setting, form: Form, group: Group, openings: int, area_of: Array
) -> tuple[Array, Array, Array, Array]:
    sat = sit(generator, form, group, setting.world, openings)
    placed = place(sat.sheets(form.columns), sat.order, openings, area_of)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = placed.areas[..., 0] - placed.areas[..., 1]
        own = (placed.area_sems**2).sum(axis=2)
        shrunk = own * placed.intervals[0] / placed.own
        p, p_own = (
            np.where(placed.uneven, 1.0, 2 * stdtr(df, -np.abs(apart) / np.sqrt(variance)))
            for variance, df in ((shrunk, placed.intervals[1]), (own, placed.area_df))
        )
    return apart.ravel(), p.ravel(), p_own.ravel(), placed.areas.min(axis=2).ravel()


def run(seed: int, effort: float) -> Tables:
    """Look how many people get a label, and of how many it is true."""
    generator = np.random.default_rng(seed)
    tables: Tables = {"named": [], "mixed": []}
    even: dict[tuple[str, int, str], Found] = {}
    for setting in SETTINGS:
        found = observed(generator, setting, replicates(OPENINGS, effort), replicates(TIMES, effort, 4), effort)
        tables["named"].append(_named(setting, found))
        place_of = (setting.form, setting.n, setting.world.name)
        even.setdefault(place_of, found)
        if setting.spread >= MIXED_FROM:
            tables["mixed"] += _mixed(setting, even[place_of], found)
    return tables


def _head(setting: Setting) -> Row:
    return {
        "form": setting.form,
        "people": setting.n,
        "dependence": setting.world.name,
        "SD of profile": setting.spread,
    }


def _right(found: Found) -> Flags:
    return np.asarray(np.sign(found.apart) * found.truth >= RIGHT_FROM)


def _named(setting: Setting, found: Found) -> Row:
    true = np.abs(found.truth)
    row = _head(setting) | {"areas truly apart, SD in points": round(float(np.nanstd(found.truth)), 1)}
    for words, p in (("own error", found.p_own), ("shrunken error", found.p)):
        row[f"named, {words}, %"] = _share(p < LEVELS[0])
        row[f"right, {words}, %"] = _share(_right(found)[p < LEVELS[0]])
    row["named of those 10 points apart, %"] = _share((found.p < LEVELS[0])[true >= APART])
    return row


def _mixed(setting: Setting, even: Found, found: Found) -> list[Row]:
    """Mix as many people whose areas are even with those whose areas are not."""
    rows = []
    for level in LEVELS:
        p, right = (np.concatenate([a, b], axis=1) for a, b in ((even.p, found.p), (_right(even), _right(found))))
        lower = np.concatenate([even.lower, found.lower], axis=1)
        named = p < level
        share, error = _clustered(named, right)
        weak, _ = _clustered(named & (lower < NEAR), right)
        near, _ = _clustered(named & (lower >= NEAR), right)
        rows.append(
            _head(setting)
            | {
                "p below": level,
                "named, %": _share(named),
                "right, %": share,
                "±": error,
                f"right, lower area below {NEAR:.0f}, %": weak,
                f"right, lower area from {NEAR:.0f}, %": near,
            }
        )
    return rows


def _clustered(named: Flags, right: Flags) -> tuple[float | None, float | None]:
    """Give the share of labels that are right, and its standard error over people."""
    n, hits = named.sum(axis=0), (named & right).sum(axis=0)
    if not n.sum():
        return None, None
    share = hits.sum() / n.sum()
    error = np.sqrt(((hits - share * n) ** 2).sum()) / n.sum()
    return round(100 * float(share), 1), round(100 * float(error), 1)


def _share(happened: npt.ArrayLike) -> float | None:
    values = np.asarray(happened, dtype=np.float64)
    return round(100 * float(values.mean()), 1) if values.size else None


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw of how many labels the areas truly lie so."""
    rows = [
        (
            f"{row['form']}, {row['dependence']}, SD {row['SD of profile']}",
            [number(row, "right, own error, %"), number(row, "right, shrunken error, %")],
        )
        for row in tables["named"]
        if row["people"] == SETTINGS[0].n
    ]
    return dot_chart(
        "How often an area that is named is truly one",
        Axis(0, 100, (0, 25, 50, 75, 100), "% of labels that are right"),
        ("own error", "shrunken error"),
        rows,
        level=50,
    )


STUDY = Study("area-labels", 115, run, draw)
