"""What an analyst sees of a form: its scenarios, one scenario's options, two ways to score side by side."""

from dataclasses import dataclass

from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.psychometrics import CoefficientAlpha
from eiassess.scoring.samples.answers import house_sample_scores
from eiassess.scoring.samples.irritants import IrritantFigures, irritant_figures
from eiassess.scoring.samples.key_comparison import KeyAndRule, KeyComparison, compare_keys
from eiassess.scoring.samples.options import OptionsOfScenario, option_figures
from eiassess.scoring.samples.other_rules import ScoringRule, rules_of
from eiassess.scoring.samples.scenarios import FormFigures, ScenarioFigures, figures_of_scores
from eiassess.services.statistics.pairs import PairsWithForm, pairs_with_forms
from eiassess.services.statistics.samples import (
    KeyOnFile,
    Sample,
    get_sample,
    list_keys,
    read_other_halves,
    read_sample,
)


@dataclass(frozen=True)
class FormStatistics:
    """A form's scenarios in a sample."""

    sample: Sample
    figures: FormFigures
    irritants: tuple[IrritantFigures, ...]
    pairs: tuple[PairsWithForm, ...]


@dataclass(frozen=True)
class ScenarioStatistics:
    """One scenario with its options in a sample.

    ``alpha`` is that of all scenarios; ``judged`` says whether the scenario could have been called weak.
    """

    sample: Sample
    scenario: Scenario
    figures: ScenarioFigures
    options: OptionsOfScenario
    alpha: CoefficientAlpha | None
    judged: bool


@dataclass(frozen=True)
class WaysToScore:
    """Two ways to score a sample side by side, and the ways that there are.

    ``comparison`` is ``None`` where there is only one key and one rule, and so nothing to put beside it.
    """

    sample: Sample
    keys: tuple[KeyOnFile, ...]
    rules: tuple[ScoringRule, ...]
    first: KeyAndRule
    second: KeyAndRule
    comparison: KeyComparison | None


Way = tuple[str, str]
"""A key's digest and a rule's name, as an address has them."""


def get_form_statistics(database: Database, form_digest: str, *, simulated: bool) -> FormStatistics:
    """Take the statistics of a form's scenarios.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    with database.reading() as db:
        sample = read_sample(db, form_digest, simulated=simulated)
        others = read_other_halves(db, sample.form, simulated=simulated)
    scores = house_sample_scores(sample.form, sample.key, sample.people)
    return FormStatistics(
        sample,
        figures_of_scores(sample.form, sample.people, scores),
        irritant_figures(sample.form, sample.key, sample.people),
        pairs_with_forms(sample, others),
    )


def get_scenario_statistics(
    database: Database, form_digest: str, scenario_id: str, *, simulated: bool
) -> ScenarioStatistics:
    """Take the statistics of a scenario's options.

    Raises
    ------
    NotFoundError
        No opening uses such a form, or it has no such scenario.
    """
    return scenario_statistics(get_sample(database, form_digest, simulated=simulated), scenario_id)


def scenario_statistics(sample: Sample, scenario_id: str) -> ScenarioStatistics:
    """Take the statistics of a scenario's options in a sample that is read already.

    Raises
    ------
    NotFoundError
        The form has no such scenario.
    """
    form = sample.form
    if scenario_id not in form.scenario_ids:
        message = "The form has no such scenario"
        raise NotFoundError(message)
    place = form.scenario_ids.index(scenario_id)
    scores = house_sample_scores(form, sample.key, sample.people)
    figures = figures_of_scores(form, sample.people, scores)
    options = option_figures(form, sample.key, sample.people, scores, form.scenarios[place])
    return ScenarioStatistics(
        sample, form.scenarios[place], figures.scenarios[place], options, figures.alpha, figures.judged
    )


def compare_ways(
    database: Database, form_digest: str, first: Way | None, second: Way | None, *, simulated: bool
) -> WaysToScore:
    """Score a sample in two ways; one that is not named is chosen: the present key, and what differs from it.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    InvalidInputError
        There is no such key or rule for this form, or both ways are the same.
    """
    sample = get_sample(database, form_digest, simulated=simulated)
    keys, rules = list_keys(database, form_digest), rules_of(sample.form)
    ways = [KeyAndRule(each.key, rule) for rule in rules for each in keys]
    one = _named(ways, first, "first") if first else ways[0]
    rest = [way for way in ways if way != one]
    other = _named(ways, second, "second") if second else rest[0] if rest else one
    if len(ways) == 1:
        return WaysToScore(sample, keys, rules, one, other, None)
    if one == other:
        message = "Both ways to score are the same; choose another key or another rule for one of them"
        raise InvalidInputError(message, "second")
    return WaysToScore(sample, keys, rules, one, other, compare_keys(sample.form, one, other, sample.people))


def _named(ways: list[KeyAndRule], name: Way, field: str) -> KeyAndRule:
    for way in ways:
        if (way.key.digest, way.rule.value) == name:
            return way
    message = "There is no such key or rule for this form; choose from the list"
    raise InvalidInputError(message, field)
