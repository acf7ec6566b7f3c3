"""Two ways to score side by side: what differs, and never which is better."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm
from eiassess.scoring.samples.key_comparison import KeyAndRule, KeyComparison, PairFigures, ScenarioDifference
from eiassess.services.statistics.forms import WaysToScore
from eiassess.web.analyst.presenters.pictures import LinePicture, line_picture
from eiassess.web.analyst.presenters.words import (
    correlation,
    correlation_interval,
    key_in_words,
    number,
    people_in_words,
    score,
    score_interval,
)

SEPARATOR = ":"
NOT_ESTIMABLE = "cannot be estimated"


@dataclass(frozen=True)
class WayChoice:
    """A way to score that can be chosen: what the address calls it, and its name."""

    value: str
    label: str


@dataclass(frozen=True)
class FigureLine:
    """A row of the table of both ways."""

    what: str
    first: str
    second: str


@dataclass(frozen=True)
class DifferenceLine:
    """A scenario under both ways."""

    id: str
    title: str
    rank_order: str
    rank_order_interval: str
    picture: LinePicture | None
    first_mean: str
    second_mean: str
    first_item_total: str
    second_item_total: str
    key_distance: str


@dataclass(frozen=True)
class KeysPage:
    """What stands on the page that puts two ways to score side by side."""

    digest: str
    title: str
    simulated: bool
    n_people: int
    n_other: int
    lead: str
    choices: tuple[WayChoice, ...]
    first: WayChoice
    second: WayChoice
    figures: tuple[FigureLine, ...]
    together: tuple[tuple[str, str], ...]
    differences: tuple[DifferenceLine, ...]
    same_key: bool
    not_estimable: tuple[str, ...]


def present_keys(ways: WaysToScore) -> KeysPage:
    """Word two ways to score the same answers."""
    sample, found = ways.sample, ways.comparison
    choices = [KeyAndRule(each.key, rule) for each in ways.keys for rule in ways.rules]
    return KeysPage(
        digest=sample.form.digest,
        title=sample.form.title,
        simulated=sample.simulated,
        n_people=len(sample.people),
        n_other=sample.n_other,
        lead=_lead(found, simulated=sample.simulated) if found else "",
        choices=tuple(_choice(each) for each in choices),
        first=_choice(ways.first),
        second=_choice(ways.second),
        figures=_figures(found) if found else (),
        together=_together(found) if found else (),
        differences=_differences(sample.form, found.scenarios) if found else (),
        same_key=ways.first.key.digest == ways.second.key.digest,
        not_estimable=_reasons(found) if found else (),
    )


def read_way(value: str | None) -> tuple[str, str] | None:
    """Read a way to score from the address: a key's digest and a rule."""
    if not value:
        return None
    digest, _, rule = value.partition(SEPARATOR)
    return digest, rule


def _choice(way: KeyAndRule) -> WayChoice:
    return WayChoice(
        f"{way.key.digest}{SEPARATOR}{way.rule.value}", f"{way.rule.value.capitalize()}, key {key_in_words(way.key)}"
    )


def _lead(found: KeyComparison, *, simulated: bool) -> str:
    everybody = people_in_words(found.n_both, simulated=simulated)
    rho = found.rank_order
    if rho is None:
        return f"The two ways to score cannot be compared yet: both score {everybody}."
    order = f"The two orders of {everybody} correlate {correlation(rho.value)} (95 % {correlation_interval(rho)})"
    if found.n_moved is None:
        return f"{order}."
    moved = people_in_words(found.n_moved, simulated=False) if found.n_moved else "nobody"
    return f"{order}; {moved} {'moves' if found.n_moved < 2 else 'move'} by more than the error."  # noqa: PLR2004 - grammar


def _figures(found: KeyComparison) -> tuple[FigureLine, ...]:
    pair = (found.first, found.second)
    rows = (("Coefficient alpha (95 %)", _alpha), ("Mean overall (95 %)", _mean), ("Standard deviation", _sd))
    return tuple(FigureLine(what, *(word(each) for each in pair)) for what, word in rows)


def _together(found: KeyComparison) -> tuple[tuple[str, str], ...]:
    rho, moved = found.rank_order, found.n_moved
    order = f"{correlation(rho.value)} (95 % {correlation_interval(rho)}, {rho.n} people)" if rho else NOT_ESTIMABLE
    return (
        ("People", f"{found.n_people} handed in, {found.n_both} are scored by both"),
        ("Rank order of overall scores", f"{order}: Spearman's correlation"),
        ("Moved by more than the error", NOT_ESTIMABLE if moved is None else f"{moved} of {found.n_both}"),
    )


def _alpha(figures: PairFigures) -> str:
    alpha = figures.alpha
    if alpha is None:
        return NOT_ESTIMABLE
    return f"{correlation(alpha.value)} ({correlation(alpha.lower)} to {correlation(alpha.upper)}), n {alpha.n_persons}"


def _mean(figures: PairFigures) -> str:
    mean = figures.mean
    return NOT_ESTIMABLE if mean is None else f"{score(mean.value)} ({score_interval(mean.interval)}), n {mean.n}"


def _sd(figures: PairFigures) -> str:
    return number(figures.sd)


def _differences(form: AssessmentForm, scenarios: Sequence[ScenarioDifference]) -> tuple[DifferenceLine, ...]:
    titles = {scenario.id: scenario.title for scenario in form.scenarios}
    return tuple(_difference(titles[each.id], each) for each in scenarios)


def _difference(title: str, each: ScenarioDifference) -> DifferenceLine:
    rho = each.rank_order
    return DifferenceLine(
        id=each.id,
        title=title,
        rank_order=correlation(rho.value if rho else None),
        rank_order_interval=correlation_interval(rho),
        picture=line_picture(rho.value, rho.interval, -1, 1, (0,)) if rho else None,
        first_mean=score(each.first_mean),
        second_mean=score(each.second_mean),
        first_item_total=correlation(each.first_item_total),
        second_item_total=correlation(each.second_item_total),
        key_distance=number(each.key_distance, 2),
    )


def _reasons(found: KeyComparison) -> tuple[str, ...]:
    named = [(name, figures) for name, figures in (("First", found.first), ("Second", found.second))]
    return (*found.not_estimable, *(f"{name}: {reason}" for name, each in named for reason in each.not_estimable))
