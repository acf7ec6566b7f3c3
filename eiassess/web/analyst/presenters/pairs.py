"""How people rate the same texts under the two situations of flip pairs, in words; or why that cannot be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import Interval
from eiassess.scoring.samples.estimates import Estimate
from eiassess.scoring.samples.pairs import PairFigures, TwinPair, TwinText
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS
from eiassess.services.statistics.pairs import PairsWithForm
from eiassess.services.statistics.samples import Sample
from eiassess.web.analyst.presenters.words import NOTHING, interval, number, option_labels, people_in_words

DECIMALS = 2
SINGLES = (
    "Not available for this form: none of its scenarios is half of a flip pair. Each text is rated under one situation "
    "only, so nobody can tell whether the situation or the text made the rating."
)
LEAD = (
    "The two situations of a flip pair share their texts, and the facts of each make others good. The other form is "
    "meant for other people, so the figures are of both groups together and never of one person. A figure needs "
    f"{PEOPLE_FOR_VERDICTS} people in each form."
)
NO_FORM = "no opening uses a form with the other halves"


@dataclass(frozen=True)
class TextLine:
    """A text with its mean rating under either situation, and how far the key moves it."""

    label: str
    text: str
    mean: str
    n: str
    mean_there: str
    n_there: str
    difference: str
    difference_interval: str
    key_difference: str
    against_the_key: bool


@dataclass(frozen=True)
class PairLine:
    """A flip pair: its scenario here and its twin in the other form, its figure and its texts."""

    id: str
    title: str
    twin_id: str
    twin_title: str
    n: str
    n_there: str
    sensitivity: str
    sensitivity_interval: str
    texts: tuple[TextLine, ...]


@dataclass(frozen=True)
class PairsWithFormLines:
    """What is said of the pairs with one other form; no lines where too few people sat one of the two."""

    digest: str
    name: str
    lead: str
    lines: tuple[PairLine, ...]
    not_estimable: tuple[str, ...]
    n_texts: int


@dataclass(frozen=True)
class PairsSection:
    """The section of a form's page on flip pairs."""

    lead: str
    forms: tuple[PairsWithFormLines, ...]


def present_pairs(sample: Sample, pairs: Sequence[PairsWithForm]) -> PairsSection:
    """Word the section on flip pairs: one sentence where nothing can be said."""
    sat = [each for each in pairs if each.n_people]
    if sat:
        return PairsSection(LEAD, tuple(_with_form(sample, each) for each in sat))
    n_halves = sum(scenario.twin is not None for scenario in sample.form.scenarios)
    return PairsSection(_nobody(sample, n_halves, pairs) if n_halves else SINGLES, ())


def _nobody(sample: Sample, n_halves: int, pairs: Sequence[PairsWithForm]) -> str:
    are = "scenario is half of a flip pair" if n_halves == 1 else "scenarios are halves of flip pairs"
    who = "no simulated person" if sample.simulated else "nobody real"
    names = " or ".join(_name(each.form) for each in pairs)
    why = f"{who} has handed in {names}, where the other halves stand" if pairs else NO_FORM
    return f"Not available yet: {n_halves} {are}, but {why}."


def _with_form(sample: Sample, pairs: PairsWithForm) -> PairsWithFormLines:
    found = pairs.figures
    lines = [_pair(sample.form, pairs.form, each) for each in found.pairs] if found else []
    return PairsWithFormLines(
        digest=pairs.form.digest,
        name=_name(pairs.form),
        lead=_figures_in_words(found) if found else _nothing_in_words(sample, pairs),
        lines=tuple(lines),
        not_estimable=pairs.not_estimable,
        n_texts=sum(len(line.texts) for line in lines),
    )


def _name(form: AssessmentForm) -> str:
    return f"{form.title}, version {form.version}"


def _nothing_in_words(sample: Sample, pairs: PairsWithForm) -> str:
    if pairs.not_estimable:
        return "Nothing can be compared."
    here, there = (people_in_words(n, simulated=sample.simulated) for n in (len(sample.people), pairs.n_people))
    return (
        f"Not shown yet: {here} handed in this form, and {there} the other, which shares "
        f"{_count(pairs.n_pairs, 'flip pair')} with it. {PEOPLE_FOR_VERDICTS} are needed in each."
    )


def _figures_in_words(figures: PairFigures) -> str:
    found = figures.sensitivity
    texts = [text for pair in figures.pairs for text in pair.texts]
    known = [text for text in texts if text.difference]
    against = sum(text.runs_against_the_key for text in known)
    n_known, n_pairs = sum(pair.sensitivity is not None for pair in figures.pairs), len(figures.pairs)
    over = f"over {_count(n_pairs, 'flip pair')}" if n_known == n_pairs else f"over {n_known} of {n_pairs} flip pairs"
    mean = f"is {_points(found)} (95 % {_ends(found)})" if found else "cannot be estimated"
    moves = "moves" if against == 1 else "move"
    moving = f" {against} of {_count(len(known), 'text')} {moves} against the key by more than chance." if known else ""
    return (
        f"Mean sensitivity to the situation {over} {mean}. About 0 is who rates the text whatever the situation, 1 who "
        f"rates as the key does.{moving}"
    )


def _pair(form: AssessmentForm, other: AssessmentForm, pair: TwinPair) -> PairLine:
    scenario, twin = _scenario(form, pair.first), _scenario(other, pair.second)
    return PairLine(
        id=scenario.id,
        title=scenario.title,
        twin_id=twin.id,
        twin_title=twin.title,
        n=str(pair.n_first),
        n_there=str(pair.n_second),
        sensitivity=_points(pair.sensitivity),
        sensitivity_interval=_ends(pair.sensitivity),
        texts=tuple(_text(scenario, each) for each in pair.texts),
    )


def _scenario(form: AssessmentForm, name: str) -> Scenario:
    return form.scenarios[form.scenario_ids.index(name)]


def _text(scenario: Scenario, text: TwinText) -> TextLine:
    return TextLine(
        label=option_labels(scenario)[text.id],
        text=next(option.text for option in scenario.options if option.id == text.id),
        mean=_points(text.first),
        n=str(text.n_first),
        mean_there=_points(text.second),
        n_there=str(text.n_second),
        difference=_points(text.difference),
        difference_interval=_ends(text.difference),
        key_difference=number(text.key_difference),
        against_the_key=text.runs_against_the_key,
    )


def _points(found: Estimate | None) -> str:
    return NOTHING if found is None else number(_rounded(found.value), DECIMALS)


def _ends(found: Estimate | None) -> str:
    if found is None:
        return NOTHING
    return interval(Interval(_rounded(found.interval.low), _rounded(found.interval.high)), DECIMALS)


def _rounded(value: float) -> float:
    """Round so that nothing is written as -0.00."""
    return round(value, DECIMALS) + 0.0


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
