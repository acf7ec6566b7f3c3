"""``eiassess analyse keys``: two keys, or two scoring rules, over the same answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click
import numpy as np

from eiassess.banks.keys.files import load_key_for
from eiassess.cli.analyse.groups import GroupColumn, group_column, named_unknown, never_used, takes_groups
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.samples import FormFile, interval_of, open_form, read_answers, takes_form
from eiassess.cli.analyse.terminal import with_shown_scores
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError
from eiassess.scoring.samples.key_comparison import (
    Groups,
    KeyAndRule,
    KeyComparison,
    PairFigures,
    ScenarioDifference,
    compare_keys,
)
from eiassess.scoring.samples.other_rules import ScoringRule, rules_of

TWO = 2
DIGEST = "key_digest"
UNITS = "Scores of different rules have different units; their means and SDs cannot be compared."


@analysis("keys", metavar="RESPONSES.csv")
@takes_form
@click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="A key's stem in the bank, or its file; once or twice."
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    type=click.Choice([rule.value for rule in ScoringRule]),
    help="How answers are held against the key; once or twice, else as a candidate is scored.",
)
@click.option("--group", metavar="COLUMN", help="Column that names each person's group.")
@click.option("--focal", metavar="LABEL", help="The group that is compared; d is positive where it scores higher.")
@click.option("--reference", metavar="LABEL", help="The group that it is compared with; else all others.")
@takes_groups
def command(  # noqa: PLR0913 - one argument an option
    job: Job,
    *,
    form: str,
    keys: tuple[str, ...],
    rules: tuple[str, ...],
    group: str | None,
    focal: str | None,
    reference: str | None,
    unknown: str | None,
    merge: bool,
) -> None:
    """Score the people of RESPONSES.csv, who sat FORM, in two ways and say what differs, never which is better.

    A key or rule that is given once is used for both. Without --key it is the form's own key.
    """
    where = job.destination()
    if (group is None) != (focal is None) or (reference is not None and group is None):
        message = "give --group and --focal together; --reference goes with both"
        raise InvalidInputError(message)
    source = open_form(form)
    first, second = _ways(source, keys, rules)
    answers = read_answers(job, source.form, group)
    words = named_unknown(unknown)
    column = group_column(group, answers.labels, words, merge=merge) if group is not None else None
    groups = _groups(column, focal, reference) if column is not None and focal is not None else None
    with working(f"scoring {len(answers.people)} people in two ways"):
        found = compare_keys(source.form, first, second, answers.people, groups)
    for reason in _reasons(found):
        say(reason)
    warnings = (*column.warnings, *never_used(words, [column])) if column is not None else ()
    finish(job, answers.table, replace(_result(first, second, found, groups), warnings=warnings), where)


def _ways(source: FormFile, keys: Sequence[str], rules: Sequence[str]) -> tuple[KeyAndRule, KeyAndRule]:
    for option, given in (("--key", keys), ("--rule", rules)):
        if len(given) > TWO:
            message = f"{option} is given {len(given)} times; two ways to score are compared"
            raise InvalidInputError(message)
    loaded = [load_key_for(source.form, name, source.bank_folder, source.key_folders) for name in keys]
    chosen = [ScoringRule(rule) for rule in rules] or [rules_of(source.form)[0]]
    loaded = loaded or [source.loaded.key]
    first, second = KeyAndRule(loaded[0], chosen[0]), KeyAndRule(loaded[-1], chosen[-1])
    if first == second:
        message = "both ways to score are the same; give two keys (--key A --key B) or two rules (--rule R --rule S)"
        raise InvalidInputError(message)
    return first, second


def _groups(column: GroupColumn, focal: str, reference: str | None) -> Groups:
    first, others = column.two_groups(focal, reference)
    return Groups(
        first,
        " + ".join(others),
        np.array([label == first for label in column.labels], dtype=np.bool_),
        np.array([label in others for label in column.labels], dtype=np.bool_),
    )


def _reasons(found: KeyComparison) -> list[str]:
    pairs = (("first", found.first), ("second", found.second))
    return [*found.not_estimable, *(f"{name}: {reason}" for name, each in pairs for reason in each.not_estimable)]


def _result(first: KeyAndRule, second: KeyAndRule, found: KeyComparison, groups: Groups | None) -> Result:
    rho = found.rank_order
    ways = {"first": _way(first, found.first, groups), "second": _way(second, found.second, groups)}
    content = {
        "n_people": found.n_people,
        "n_both": found.n_both,
        "rank_order": rho and rho.value,
        "rank_order_interval": interval_of(rho),
        "n_moved": found.n_moved,
        **({"focal": groups.first_name, "reference": groups.second_name} if groups else {}),
        "ways": ways,
        "scenarios": [_scenario(each) for each in found.scenarios],
    }
    said = "cannot be compared" if rho is None else f"correlate {rho.value:.2f}"
    moved = "" if found.n_moved is None else f"; {found.n_moved} move by more than the error"
    headline = f"The two orders of {found.n_both} people {said}{moved}.\n{UNITS}"
    shown_ways = {
        name: {what: cell for what, cell in with_shown_scores(way, "mean", "mean_interval").items() if what != DIGEST}
        for name, way in ways.items()
    }
    shown_scenarios = [with_shown_scores(_scenario(each), "mean_first", "mean_second") for each in found.scenarios]
    return Result(headline, content, {"ways": shown_ways, "scenarios": shown_scenarios})


def _way(way: KeyAndRule, figures: PairFigures, groups: Groups | None) -> dict[str, Any]:
    alpha, group = figures.alpha, figures.group
    cells = {
        "key": f"{way.key.id} version {way.key.version}",
        DIGEST: way.key.digest,
        "rule": way.rule.value,
        "alpha": alpha and alpha.value,
        "alpha_interval": alpha and (alpha.lower, alpha.upper),
        "n_alpha": alpha and alpha.n_persons,
        "mean": figures.mean and figures.mean.value,
        "mean_interval": interval_of(figures.mean),
        "sd": figures.sd,
    }
    if groups is None:
        return cells
    return cells | {
        "d": group and group.d,
        "d_interval": group and group.interval,
        "n_focal": group and group.n_first,
        "n_reference": group and group.n_second,
    }


def _scenario(each: ScenarioDifference) -> dict[str, Any]:
    return {
        "id": each.id,
        "rank_order": each.rank_order and each.rank_order.value,
        "rank_order_interval": interval_of(each.rank_order),
        "n": each.rank_order and each.rank_order.n,
        "mean_first": each.first_mean,
        "mean_second": each.second_mean,
        "item_total_first": each.first_item_total,
        "item_total_second": each.second_item_total,
        "key_distance": each.key_distance,
    }
