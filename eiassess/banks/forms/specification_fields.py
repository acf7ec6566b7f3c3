"""The fields of a content specification, held to the bank that it is for."""

from dataclasses import dataclass

from eiassess.banks.reading import TableReader
from eiassess.domain.banks import QuestionBank
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import ResponseInstruction
from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import ContentSpecification, CountRule, Facet, GroupRule, TwinRule, WordLimits

MOST_MINUTES = 24 * 60
COUNTED = {"channels": Facet.CHANNEL, "styles": Facet.STYLE, "trades": Facet.TRADE, "kinds": Facet.KIND}
READ_ELSEWHERE = ("exclude_forms", "avoid_forms", "must_exclude")


@dataclass(frozen=True)
class BankValues:
    """What a specification may name, and the scenarios of the forms that it avoids."""

    bank: QuestionBank
    folder: str
    scenarios: tuple[Scenario, ...]
    avoid: frozenset[str]

    def of(self, facet: Facet) -> tuple[str, ...]:
        """List the values that the bank has."""
        if facet is Facet.COMPETENCY:
            return self.bank.model.competency_ids
        if facet is Facet.STYLE:
            return tuple(self.bank.model.styles)
        return tuple(sorted({str(facet.of(scenario)) for scenario in self.scenarios}))


def decode_specification(table: TableReader, values: BankValues) -> ContentSpecification:
    """Read a specification.

    Raises
    ------
    BankError
        A field is missing, unknown or of the wrong kind, or names what the bank does not have.
    """
    for field in READ_ELSEWHERE:
        table.texts(field, default=())
    table.text("statistics", default="")
    _scenario_names(table, "must_exclude", values)
    specification = ContentSpecification(
        id=table.text("id"),
        title=table.text("title"),
        bank=values.folder,
        key_id=table.text("key"),
        format=table.choice("format", ResponseFormat),
        instruction=table.choice("instruction", ResponseInstruction),
        practice=table.texts("practice"),
        scenarios=_per_competency(table, values),
        counts=(*_counts(table, values), *_combinations(table, values)),
        words=_words(table.table("words", default={})),
        minutes=_minutes(table.table("minutes", default={})),
        overlap=table.optional_integer("overlap") or 0,
        must_include=_scenario_names(table, "must_include", values),
        never_together=_never_together(table, values),
        avoid=values.avoid,
        groups=_groups(table, values),
        twins=_twins(table.table("twins", default={})),
    )
    table.finish()
    return specification


def _per_competency(table: TableReader, values: BankValues) -> dict[str, int]:
    known = values.of(Facet.COMPETENCY)
    if not isinstance(table.values.get("scenarios", {}), dict):
        number = table.optional_integer("scenarios", least=1) or 0
        return dict.fromkeys(known, number)
    numbers = table.table("scenarios")
    _check_known(numbers, known, "competency")
    found = {name: numbers.optional_integer(name) or 0 for name in known}
    if not any(found.values()):
        raise table.problem("scenarios", "expected a number of at least 1, for all competencies or for some by name")
    return {name: number for name, number in found.items() if number}


def _counts(table: TableReader, values: BankValues) -> list[CountRule]:
    rules: list[CountRule] = []
    for field, facet in COUNTED.items():
        limits = table.table(field, default={})
        _check_known(limits, values.of(facet), facet)
        rules += [CountRule({facet: name}, *_limits(entry)) for name, entry in limits.entries()]
    return rules


def _combinations(table: TableReader, values: BankValues) -> list[CountRule]:
    rules = []
    for entry in table.optional_tables("combinations"):
        where: dict[Facet, str] = {}
        for facet in Facet:
            if name := entry.text(facet, default=""):
                if name not in values.of(facet):
                    raise entry.problem(facet, _unknown(facet, name, values.of(facet)))
                where[facet] = name
        if not where:
            raise entry.problem("competency", f"expected at least one of {', '.join(Facet)}")
        rules.append(CountRule(where, *_limits(entry)))
    return rules


def _check_known(table: TableReader, known: tuple[str, ...], what: str) -> None:
    for name in table.values:
        if name not in known:
            raise table.problem(name, _unknown(what, name, known))


def _unknown(what: str, name: str, known: tuple[str, ...]) -> str:
    return f"the bank has no {what} {name!r}; it has {', '.join(known)}"


def _limits(table: TableReader) -> tuple[int, int | None]:
    """Read the last fields of a table: a minimum, a maximum or both."""
    minimum, maximum = table.optional_integer("minimum"), table.optional_integer("maximum")
    table.finish()
    _check_ends(table, minimum, maximum)
    if minimum is None and maximum is None:
        raise table.problem("minimum", "expected a minimum, a maximum or both")
    return minimum or 0, maximum


def _check_ends(table: TableReader, minimum: int | None, maximum: int | None) -> None:
    if minimum is not None and maximum is not None and minimum > maximum:
        raise table.problem("maximum", f"expected at least {minimum}, the minimum")


def _words(table: TableReader) -> WordLimits:
    minimum, maximum, target = (table.optional_integer(field, least=1) for field in ("minimum", "maximum", "target"))
    table.finish()
    _check_ends(table, minimum, maximum)
    if target is not None and not (minimum or 0) <= target <= (maximum or target):
        raise table.problem("target", "expected a number between minimum and maximum")
    return WordLimits(minimum, maximum, target)


def _minutes(table: TableReader) -> float | None:
    maximum = table.number("maximum", 1, MOST_MINUTES) if table.values else None
    table.finish()
    return maximum


def _never_together(table: TableReader, values: BankValues) -> tuple[tuple[str, ...], ...]:
    groups = []
    for entry in table.optional_tables("never_together"):
        names = _scenario_names(entry, "scenarios", values)
        if len(names) < 2:  # noqa: PLR2004 - together needs two
            raise entry.problem("scenarios", "expected at least two scenarios")
        entry.text("reason", default="")  # for the author's eye
        entry.finish()
        groups.append(names)
    return tuple(groups)


def _groups(table: TableReader, values: BankValues) -> tuple[GroupRule, ...]:
    return tuple(_group(entry, values) for entry in table.optional_tables("groups"))


def _group(table: TableReader, values: BankValues) -> GroupRule:
    name, names = table.text("name"), _scenario_names(table, "scenarios", values)
    minimum, maximum = _limits(table)
    if not names:
        raise table.problem("scenarios", "expected at least one scenario")
    return GroupRule(name, frozenset(names), minimum, maximum)


def _twins(table: TableReader) -> TwinRule:
    rule = TwinRule(table.optional_integer("minimum") or 0, table.flag("across"))
    table.finish()
    return rule


def _scenario_names(table: TableReader, field: str, values: BankValues) -> tuple[str, ...]:
    names = table.texts(field, default=())
    known = {scenario.id for scenario in values.scenarios}
    for name in names:
        if name not in known:
            raise table.problem(field, f"the bank has no scenario {name!r}")
    return tuple(dict.fromkeys(names))
