"""Study 6: the rule for telling people apart on the forms that ship, beside the former one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from scipy.special import ndtr, ndtri

from docs.psychometrics.studies.choice_pages import choice_pages
from docs.psychometrics.studies.figures import Axis, line_chart
from docs.psychometrics.studies.other_people import (
    KINDS,
    MODERATE,
    STRONG,
    STYLE_SHARES,
    STYLES,
    UNEVEN,
    Form,
    Group,
    World,
    sit,
    true_scores,
)
from docs.psychometrics.studies.population import Generator
from docs.psychometrics.studies.rule_batch import Placed, former_verdicts, page_verdicts, place
from docs.psychometrics.studies.shipped_forms import NAMES, area_of_scenarios, columns_of, plan_of
from docs.psychometrics.studies.study import Cell, Row, Study, Tables, number, replicates
from eiassess import psychometrics
from eiassess.psychometrics import AnswerSheets, Measured

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

OPENINGS = 1_000
PEOPLE_AT_ONCE = 12_000
USUAL, EXTREME, MIDDLING, GENEROUS, STRICT = range(len(STYLES))
ATTENTIVE, ERRATIC, LOW_AREA, CARELESS = (
    list(KINDS).index(k) for k in ("attentive", "erratic", "low in one area", "careless")
)
MISSING = 3
PROMISED = 5.0
NOBODY = np.zeros(1, dtype=np.bool_)
BANDS = (50, 65, 75, 85, 93, 100)


@dataclass(frozen=True)
class Page:
    """People who stand on a page in every opening: their true scores, styles and kinds.

    ``asks`` is ``any`` (everybody is alike in everything), ``overall`` (alike in the overall score only), or
    ``power`` (the first is better); ``profile``: all have one uneven profile; ``missing``: the first left scenarios.
    """

    name: str
    scores: tuple[float, ...]
    styles: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    asks: str = "any"
    profile: bool = False
    missing: bool = False


def _alike(level: float, k: int = 2) -> Page:
    return Page(f"{k} alike at {level:g}", (level,) * k)


def _apart(points: float, k: int = 2) -> Page:
    return Page(f"{k}", (80 + points / 2, *(80 - points / 2,) * (k - 1)), asks="power")


ALIKE = (_alike(65), _alike(80), _alike(90), _alike(80, 6), _alike(90, 6))
ODD = (
    Page("2, one erratic", (80, 80), kinds=(ERRATIC, ATTENTIVE)),
    Page("2, both erratic", (80, 80), kinds=(ERRATIC, ERRATIC)),
    Page("6, one erratic", (80,) * 6, kinds=(ERRATIC, *(ATTENTIVE,) * 5)),
    Page("2, the same uneven profile", (80, 80), profile=True),
    Page("2, one low in one area (overall)", (75, 75), kinds=(LOW_AREA, ATTENTIVE), asks="overall"),
)
STYLED = (
    Page("2, extreme and middling use of the scale", (80, 80), styles=(EXTREME, MIDDLING)),
    Page("2, generous and strict use of the scale", (80, 80), styles=(GENEROUS, STRICT)),
    Page("2, one careless in two runs of 4 pages", (80, 80), kinds=(CARELESS, ATTENTIVE)),
    Page("6, one careless in two runs of 4 pages", (80,) * 6, kinds=(CARELESS, *(ATTENTIVE,) * 5)),
    Page("2, one with 3 scenarios missing", (80, 80), missing=True),
)
POWER = tuple(_apart(points) for points in (4, 8, 12, 16, 20, 25))
POWER_OF_SIX = tuple(_apart(points, 6) for points in (12, 16, 20))


@dataclass(frozen=True)
class Setting:
    """Openings of ``n`` people who sat a form; ``length`` lengthens it."""

    form: str
    n: int
    world: World
    pages: tuple[Page, ...]
    length: int = 0


SETTINGS = (
    *(Setting("standard-a", 39, MODERATE, each) for each in (ALIKE, ODD, STYLED, (*POWER, *POWER_OF_SIX))),
    *(Setting("standard-a", 39, STRONG, each) for each in (ALIKE, ODD, STYLED, POWER)),
    *(Setting("screening", 39, MODERATE, each) for each in (ALIKE, ODD, STYLED, POWER)),
    *(Setting("standard-b", 39, MODERATE, each) for each in (ALIKE, ODD, POWER)),
    *(Setting("standard-a", 10, MODERATE, each) for each in ((*ALIKE[:3],), ALIKE[3:4], ODD[:2], ODD[2:3], POWER[1:5])),
    *(Setting("standard-a", 20, MODERATE, each) for each in (ALIKE[:4], ODD[:3], POWER)),
    *(Setting("standard-a", 100, MODERATE, each) for each in (ALIKE, ODD, POWER)),
)
LONGER = tuple(Setting("standard-a", 39, MODERATE, POWER[1:4], length) for length in (32, 40, 48))


@dataclass(frozen=True, eq=False)
class Crowd:
    """Openings of people: who they are, what the rule makes of them, and what they truly score."""

    placed: Placed
    sheets: AnswerSheets
    true: Array
    kind: Labels
    former_page: Mapping[str, tuple[Flags, Flags]] = field(default_factory=dict)


def run(seed: int, effort: float) -> Tables:
    """Look how often the rule is wrong, and how often it is right, on every form."""
    generator = np.random.default_rng(seed)
    tables: Tables = {"equal": [], "power": [], "coverage": [], "marks": [], "higher": []}
    for setting in SETTINGS:
        _of_setting(generator, setting, effort, tables)
    choice_equal, choice_power = choice_pages(generator, replicates(300, effort))
    tables["equal"] += choice_equal
    tables["power"] += choice_power
    tables["eighty"] = list(_eighty(tables["power"]))
    tables["linked"] = [_linked(generator, replicates(OPENINGS, effort), same) for same in ("true score", "skill")]
    longer: Tables = {"equal": [], "power": [], "coverage": [], "marks": [], "higher": []}
    for setting in LONGER:
        _of_setting(generator, setting, effort, longer)
    tables["forms"] = _forms()
    tables["above"] = above(tables["equal"])
    tables["longer"] = _longer([*tables["power"], *longer["power"]])
    return tables


def above(rows: Sequence[Row]) -> list[Row]:
    """List the cells above the 5 % that the rule aims at, the highest first."""
    column = "any false statement, %"
    wanted = ("form", "people", "dependence", "page", column, "±")
    high = [row for row in rows if (number(row, column) or 0) > PROMISED]
    high.sort(key=lambda row: -(number(row, column) or 0))
    return [{name: row[name] for name in wanted} for row in high]


def _forms() -> list[Row]:
    """Say which forms these are."""
    plans = [plan_of(name) for name in NAMES]
    return [
        {
            "form": name,
            "digest": plan.form.digest[:12],
            "scenarios": plan.competency.size,
            "answers rated, picked or placed": int(plan.decisions.sum()),
        }
        for name, plan in zip(NAMES, plans, strict=True)
    ]


def _form(setting: Setting) -> Form:
    columns = columns_of(setting.form, setting.length)
    return Form(columns, area_of_scenarios(setting.form, columns)[:, 0] > 0)


_FORMS: dict[tuple[str, int], Form] = {}


def _form_of(setting: Setting) -> Form:
    return _FORMS.setdefault((setting.form, setting.length), _form(setting))


def _of_setting(generator: Generator, setting: Setting, effort: float, tables: Tables) -> None:
    """Simulate a setting in portions, and put what was found into the tables."""
    openings = replicates(OPENINGS, effort)
    each = max(2, PEOPLE_AT_ONCE // setting.n)
    sizes = [min(each, openings - start) for start in range(0, openings, each)]
    crowds = [_crowd(generator, setting, size, effort) for size in sizes]
    places = _places(setting.pages)
    for page, members in zip(setting.pages, places, strict=True):
        _add_page(tables, setting, page, members, crowds)
    if setting.pages[0] is ALIKE[0] and setting.n > MINIMUM_OF_TRUE_ORDER:
        tables["coverage"] += _coverage(setting, crowds)
        tables["higher"].append(_higher(setting, crowds))
    if setting.pages is STYLED:
        tables["marks"] += _marks(setting, crowds)


MINIMUM_OF_TRUE_ORDER = 30


def _places(pages: Sequence[Page]) -> list[Labels]:
    ends = np.cumsum([0, *(len(page.scores) for page in pages)])
    return [np.arange(start, end) for start, end in pairwise(ends)]


def _crowd(generator: Generator, setting: Setting, openings: int, effort: float, noise: Array | None = None) -> Crowd:
    form, shape = _form_of(setting), (openings, setting.n)
    style = generator.choice(len(STYLES), size=shape, p=STYLE_SHARES)
    kind = generator.choice((ATTENTIVE, ERRATIC, CARELESS), size=shape, p=(0.88, 0.08, 0.04))
    true = np.clip(generator.normal(78, 9, size=shape), 55, 94)
    profile = np.zeros((*shape, form.columns.of_competency.shape[1]))
    counted = np.ones((*shape, form.columns.competency.size), dtype=np.bool_)
    for page, members in zip(setting.pages, _places(setting.pages), strict=True):
        k = members.size
        one = generator.choice(len(STYLES), size=(openings, 1), p=STYLE_SHARES)
        style[:, members] = page.styles or (USUAL if page.kinds else one)
        kind[:, members] = page.kinds or ATTENTIVE
        true[:, members] = page.scores
        if page.profile:
            uneven = generator.standard_normal((openings, 1, profile.shape[2])) * UNEVEN
            profile[:, members] = np.repeat(uneven, k, axis=1)
        if page.missing:
            left = generator.random((openings, counted.shape[2])).argsort(axis=1) >= MISSING
            counted[:, members[0]] = left
    style[kind != ATTENTIVE] = USUAL
    truth = true_scores(form, setting.world, 7, effort)
    found, reached = truth.noise(true.ravel(), style.ravel(), kind.ravel())
    group = Group(found if noise is None else noise, style.ravel(), kind.ravel(), profile.reshape(-1, profile.shape[2]))
    sat = sit(generator, form, group, setting.world, openings)
    sheets = sat.sheets(form.columns, counted.reshape(-1, counted.shape[2]))
    placed = place(sheets, sat.order, openings, area_of_scenarios(setting.form, form.columns))
    former = {} if setting.length else _former(setting, sheets, openings)
    return Crowd(placed, sheets, reached.reshape(shape), kind, former)


def _former(setting: Setting, sheets: AnswerSheets, openings: int) -> dict[str, tuple[Flags, Flags]]:
    return {
        f"{page}": former_verdicts(sheets, openings, members)
        for page, members in zip(setting.pages, _places(setting.pages), strict=True)
        if not page.missing
    }


def _add_page(tables: Tables, setting: Setting, page: Page, members: Labels, crowds: Sequence[Crowd]) -> None:
    found = [page_verdicts(crowd.placed, members) for crowd in crowds]
    overall, areas = (np.concatenate([getattr(each, name) for each in found]) for name in ("overall", "areas"))
    former = [crowd.former_page.get(f"{page}") for crowd in crowds]
    known = [each for each in former if each is not None]
    head: Row = {
        "form": setting.form,
        "people": setting.n,
        "dependence": setting.world.name,
    }
    if page.asks == "power":
        tables["power"].append(_power_row(head, setting, page, overall, areas, known))
        return
    wrong: Flags = np.asarray(overall.any(axis=1))
    if page.asks == "any":
        wrong = wrong | np.asarray(areas.any(axis=(1, 2)))
    before = None
    if known:
        before = np.concatenate([each[1].any(axis=1) if page.asks == "overall" else each[0] for each in known])
    compared = np.concatenate([crowd.placed.compared[:, members] for crowd in crowds])
    tables["equal"].append({**head, "page": page.name, **false_cells(wrong, before, ~compared)})
    if CARELESS in page.kinds:
        heedless = [page_verdicts(replace(crowd.placed, uneven=NOBODY), members).any for crowd in crowds]
        cells = false_cells(np.concatenate(heedless), None, np.zeros(1))
        tables["equal"].append({**head, "page": f"{page.name}, the mark not heeded", **cells})


def false_cells(wrong: Flags, before: Flags | None, left: Array) -> Row:
    """Lay out how often a page is wrong, with the simulation's standard error."""
    return {
        "any false statement, %": share(wrong),
        "±": share_error(wrong),
        "the former rule, %": None if before is None else share(before),
        "not compared, % of people": share(left),
    }


def share(happened: npt.ArrayLike) -> float:
    """Give a share in percent."""
    return round(100 * float(np.mean(np.asarray(happened, dtype=np.float64))), 1)


def share_error(happened: Flags) -> float:
    """Give the standard error of a share, in percent."""
    p = float(happened.mean())
    return round(100 * float(np.sqrt(p * (1 - p) / happened.size)), 1)


def _power_row(
    head: Row, setting: Setting, page: Page, overall: Array, areas: Array, former: Sequence[tuple[Flags, Flags]]
) -> Row:
    of_first = slice(0, len(page.scores) - 1)
    before = np.concatenate([each[1] for each in former])[:, of_first] if former else None
    length: Cell = setting.length or columns_of(setting.form).competency.size
    return {
        **head,
        "scenarios": length,
        "on the page": len(page.scores),
        "points apart": page.scores[0] - page.scores[1],
        "called, overall, %": share(overall[:, of_first]),
        "called, an area, %": share(areas[:, of_first]),
        "former rule, overall, %": None if before is None else share(before),
    }


def _eighty(rows: Sequence[Row]) -> Iterator[Row]:
    """Say how many points it takes for 80 %, between the simulated ones on the normal's scale."""
    for key in dict.fromkeys((r["form"], r["people"], r["dependence"], r["scenarios"], r["on the page"]) for r in rows):
        mine = [r for r in rows if (r["form"], r["people"], r["dependence"], r["scenarios"], r["on the page"]) == key]
        yield {
            "form": key[0],
            "people": key[1],
            "dependence": key[2],
            "on the page": key[4],
            "points for 80 %": points_for(mine, "called, overall, %"),
            "former rule, points for 80 %": points_for(mine, "former rule, overall, %"),
        }


def points_for(rows: Sequence[Row], column: str, asked: float = 80.0) -> float | None:
    """Interpolate the points at which a share is called; nothing outside what was simulated."""
    points = [(number(row, "points apart") or 0.0, number(row, column)) for row in rows]
    for (low, first), (high, second) in pairwise(points):
        if first is not None and second is not None and first < asked <= second:
            a, b, c = ndtri(np.clip(np.array([first, second, asked]), 0.1, 99.9) / 100)
            return round(float(low + (high - low) * (c - a) / (b - a)), 1)
    return None


def _longer(rows: Sequence[Row]) -> list[Row]:
    """Say what a longer form would do for two people."""
    base = [
        row
        for row in rows
        if (row["form"], row["people"], row["dependence"], row["on the page"]) == ("standard-a", 39, "moderate", 2)
    ]
    found: list[Row] = []
    for length in dict.fromkeys(row["scenarios"] for row in base):
        mine = [row for row in base if row["scenarios"] == length]
        at_12 = next(row for row in mine if row["points apart"] == 12)  # noqa: PLR2004 - the issue of power
        found.append(
            {
                "scenarios": length,
                "12 points apart are called, %": at_12["called, overall, %"],
                "points for 80 %": points_for(mine, "called, overall, %"),
            }
        )
    return found


def _coverage(setting: Setting, crowds: Sequence[Crowd]) -> list[Row]:
    """Hold drawn intervals to true scores, for attentive people by level."""
    true = np.concatenate([crowd.true for crowd in crowds])
    z, variance, df, plain = (
        np.concatenate(each)
        for each in zip(*((c.placed.z, *c.placed.intervals, c.kind == ATTENTIVE) for c in crowds), strict=True)
    )
    low, high = psychometrics.drawn_interval(Measured(z, variance, df))
    known = plain & ~np.isnan(low)
    found: list[Row] = []
    for start, end in pairwise(BANDS):
        rows = known & (true >= start) & (true < end)
        if rows.sum() < OPENINGS // 10:
            continue
        found.append(
            {
                "form": setting.form,
                "people": setting.n,
                "dependence": setting.world.name,
                "true score": f"{start} to {end}",
                "covered, %": share((low[rows] <= true[rows]) & (true[rows] <= high[rows])),
                "truth below, %": share(true[rows] < low[rows]),
                "truth above, %": share(true[rows] > high[rows]),
                "median width": round(float(np.median(high[rows] - low[rows])), 1),
            }
        )
    return found


def _marks(setting: Setting, crowds: Sequence[Crowd]) -> list[Row]:
    """Say who is marked as uneven over the sitting, and who is not compared for any reason."""
    kind = np.concatenate([crowd.kind for crowd in crowds])
    uneven = np.concatenate([crowd.placed.uneven for crowd in crowds])
    compared = np.concatenate([crowd.placed.compared for crowd in crowds])
    return [
        {
            "form": setting.form,
            "dependence": setting.world.name,
            "people who answer": name,
            "marked uneven, %": share(uneven[kind == code]),
            "not compared, for any reason, %": share(~compared[kind == code]),
        }
        for name, code in (("attentively", ATTENTIVE), ("erratically", ERRATIC), ("carelessly in runs", CARELESS))
    ]


def _higher(setting: Setting, crowds: Sequence[Crowd]) -> Row:
    """Hold P(truly higher) to who truly is, over pairs of people who stand on no page."""
    rest = slice(sum(len(page.scores) for page in setting.pages), None)
    chances, truths = [], []
    for crowd in crowds:
        placed = crowd.placed
        u = [np.where(placed.compared, each, np.nan)[:, rest] for each in (placed.z, placed.tests[0], crowd.true)]
        n = u[0].shape[1] // 2
        tau = np.where(placed.tau_squared > 0, placed.tau_squared, np.nan)[:, None]
        w = tau / (tau + u[1])
        mean, variance = placed.mean_z[:, None] + w * (u[0] - placed.mean_z[:, None]), tau * (1 - w)
        gap = (mean[:, :n] - mean[:, n : 2 * n]) / np.sqrt(variance[:, :n] + variance[:, n : 2 * n])
        chances.append(gap.ravel())
        truths.append((u[2][:, :n] - u[2][:, n : 2 * n]).ravel())
    gap, truth = np.concatenate(chances), np.concatenate(truths)
    known = ~np.isnan(gap)
    p, right = 1 - _upper(np.abs(gap[known])), (gap[known] > 0) == (truth[known] > 0)
    sure = p >= 0.95  # noqa: PLR2004 - a usual mark
    return {
        "form": setting.form,
        "people": setting.n,
        "dependence": setting.world.name,
        "mean P, %": share(p),
        "right, %": share(right),
        "pairs with P of 95 % or more, %": share(sure),
        "of these the wrong way, %": share(~right[sure]) if sure.any() else None,
    }


def _upper(z: Array) -> Array:
    return np.asarray(ndtr(-z), dtype=np.float64)


def _linked(generator: Generator, openings: int, same: str) -> Row:
    """Compare people on standard-a with people on standard-b who have the same true score, or the same skill."""
    page = Page("2", (80.0,), kinds=(ATTENTIVE,))
    effort = openings / OPENINGS
    setting_a, setting_b = (Setting(name, 39, MODERATE, (page,), 0) for name in ("standard-a", "standard-b"))
    first = _crowd(generator, setting_a, openings, effort)
    noise = None
    if same == "skill":
        truth = true_scores(_form_of(setting_a), MODERATE, 7, effort)
        n = openings * setting_b.n
        noise = truth.noise(np.full(n, 80.0), np.zeros(n, dtype=np.intp), np.zeros(n, dtype=np.intp))[0]
    second = _crowd(generator, setting_b, openings, effort, noise)
    verdicts = page_verdicts(first.placed, np.array([0, 0]), linked=second.placed)
    return {
        "page": f"standard-a and standard-b, the same {same}",
        "any false statement, %": share(verdicts.any),
        "±": share_error(verdicts.any),
        "overall only, %": share(verdicts.overall),
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw how often a true difference of two people is called."""
    lines = []
    for form in ("standard-a", "screening"):
        rows = [
            row
            for row in tables["power"]
            if (row["form"], row["people"], row["dependence"], row["on the page"]) == (form, 39, "moderate", 2)
        ]
        for column, name in (("called, overall, %", "this rule"), ("former rule, overall, %", "former rule")):
            points = [(float(number(row, "points apart") or 0), float(number(row, column) or 0)) for row in rows]
            lines.append((f"{form}, {name}", points))
    return line_chart(
        "How often two people who truly differ are said to",
        Axis(0, 25, (4, 8, 12, 16, 20, 25), "points truly apart"),
        Axis(0, 100, (0, 20, 40, 60, 80, 100), "% of pages"),
        lines,
    )


STUDY = Study("differences", 112, run, draw)
