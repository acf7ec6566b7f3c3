"""A company's figures weighed: what hiring by score would be worth at each validity, in words, lines and amounts."""

from dataclasses import dataclass
from math import floor, log10

from eiassess.psychometrics import break_even_validity, fisher_interval, needed_n, selection_utility
from eiassess.web.worth.forms import Study, WorthFigures

WIDTH, MARGIN = 200, 8
DIGITS = 3
EXAMPLE = {
    "hired": "20", "of_100": "25", "years": "3", "spread": "8000", "cost": "30", "unit": "EUR", "example": "1",
}  # fmt: skip
"""Made up; the page says so."""


@dataclass(frozen=True)
class Source:
    """What a source of the bank says of the cost of bad service, by which study, and what it does not say."""

    id: str
    says: str
    study: str
    limits: str


SOURCES = (
    Source(
        "silence-cost",
        "An employee who does not speak up about poor service costs the company $54,511 a year on average.",
        "VitalSmarts",
        "An estimate of the report. The article that we have says neither how it was made nor of how many people.",
    ),
    Source(
        "defection",
        "Half would try a competitor after one bad experience, and 93 % after at most three.",
        "AchieveGlobal, 5,500 consumers in the US, China, Singapore, Germany, the UK and Brazil",
        "What people say they would do, which is not what they did.",
    ),
    Source(
        "human-side",
        "70 % of customers leave not for price or quality but because they disliked the human side of dealing with "
        "the provider.",
        "Tom Peters, as the article quotes him",
        "A quoted figure. The article names no study behind it.",
    ),
)


@dataclass(frozen=True)
class Finding:
    """A validity to work with: where it is from, and in how many people if one study found it."""

    what: str
    r: float
    n: int | None = None


LITERATURE = (
    Finding("Two video tests for service jobs, nearly 4,000 employees, mean (Weekley & Jones, 1999)", 0.19),
    Finding("Situational judgement tests of all sorts, mean as observed (McDaniel and others, 2007)", 0.20),
    Finding("The same mean, corrected for ratings of work that are unreliable", 0.26),
    Finding("One test for carers, keyed by what customers prefer (Weekley & Jones, 1997)", 0.33, 148),
)
NO_CLAIM = (
    "No validity is claimed for this answer key: no study has yet shown that its scores foretell how well somebody "
    "works here. The amounts below borrow the validity of other tests in other companies."
)
FOUND_HERE = (
    "A study of people hired here found a validity, and it stands at the figures below. The amounts do not use it yet: "
    "they borrow the validity of other tests in other companies."
)
NOTHING = Finding("If the score foretells nothing", 0.0)


@dataclass(frozen=True)
class Line:
    """Where a picture's line and dot stand, from the left; low and high are ``None`` where there is no interval."""

    dot: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class WorthRow:
    """What hiring by score is worth at one validity."""

    what: str
    r: str
    amount: str
    interval: str
    line: Line


@dataclass(frozen=True)
class WorthPage:
    """What stands on the page."""

    lead: str
    evidence: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    own: tuple[WorthRow, ...]
    rows: tuple[WorthRow, ...]
    zero: float
    width: int
    is_example: bool


@dataclass(frozen=True)
class _Weighed:
    finding: Finding
    net: float
    ends: tuple[float, float] | None


def present_worth(figures: WorthFigures, *, is_example: bool, found_here: bool) -> WorthPage:
    """Weigh the figures, and say what the result is and is not."""
    own = () if figures.study is None else (_weighed(figures, _own(figures.study)),)
    others = tuple(_weighed(figures, each) for each in (*LITERATURE, NOTHING))
    ends = [0.0, *(end for each in (*own, *others) for end in (each.net, *(each.ends or ())))]
    low, high = min(ends), max(ends)
    return WorthPage(
        lead=_lead_of_study(figures, own[0]) if own else _lead_of_literature(figures, others),
        evidence=_evidence(figures.study, found_here=found_here),
        facts=_facts(figures),
        own=tuple(_row(each, figures.unit, low, high) for each in own),
        rows=tuple(_row(each, figures.unit, low, high) for each in others),
        zero=_place(0, low, high),
        width=WIDTH,
        is_example=is_example,
    )


def _own(study: Study) -> Finding:
    return Finding(f"Your study of {study.n:,} people", study.r, study.n)


def _weighed(figures: WorthFigures, finding: Finding) -> _Weighed:
    ends = None
    if finding.n is not None:
        low, high = fisher_interval(finding.r, finding.n)
        ends = _net(figures, low), _net(figures, high)
    return _Weighed(finding, _net(figures, finding.r), ends)


def _net(figures: WorthFigures, r: float) -> float:
    return selection_utility(
        hired=figures.hired,
        years=figures.years,
        r=r,
        money_sd=figures.money_sd,
        selection_ratio=figures.share,
        cost_each=figures.cost_each,
    ).net


def _lead_of_study(figures: WorthFigures, own: _Weighed) -> str:
    low, high = own.ends or (own.net, own.net)
    doubt = " The study does not rule out that it brings nothing." if low <= 0 <= high else ""
    return (
        f"At the validity that your study found, hiring by score would be worth {_amount(own.net, figures.unit)} over "
        f"{_years(figures.years)} (95 %: {_amount(low, figures.unit)} to {_amount(high, figures.unit)}).{doubt}"
    )


def _lead_of_literature(figures: WorthFigures, others: tuple[_Weighed, ...]) -> str:
    nets = [each.net for each in others if each.finding is not NOTHING]
    return (
        f"What if: were this score as valid as like tests were in studies, hiring by it would be worth "
        f"{_amount(min(nets), figures.unit)} to {_amount(max(nets), figures.unit)} over {_years(figures.years)}. "
        "Nobody has measured that it is."
    )


def _evidence(study: Study | None, *, found_here: bool) -> tuple[str, ...]:
    if study is None:
        return (FOUND_HERE if found_here else NO_CLAIM,)
    wanted = needed_n(study.r) if study.r else None
    few = wanted is not None and study.n < wanted
    return (
        "The validity is the one that you gave. EIAssess has not seen that study.",
        *((f"For a correlation of {_r(study.r)}, {wanted:,} people give a chance of 80 % to find it.",) if few else ()),
    )


def _facts(figures: WorthFigures) -> tuple[tuple[str, str], ...]:
    least = break_even_validity(
        years=figures.years, money_sd=figures.money_sd, selection_ratio=figures.share, cost_each=figures.cost_each
    )
    assessed = figures.hired / figures.share
    return (
        ("People assessed", f"about {assessed:,.0f}, to hire {figures.hired:,}"),
        ("Cost of assessing them", _amount(assessed * figures.cost_each, figures.unit)),
        ("Assessing pays for itself", f"from a validity of {least:.3f}" if least <= 1 else "at no validity"),
    )


def _row(weighed: _Weighed, unit: str, low: float, high: float) -> WorthRow:
    ends = weighed.ends
    finding = weighed.finding
    found = _r(finding.r) if finding.n is None else f"{_r(finding.r)} ({_interval(finding.r, finding.n)})"
    places = (None, None) if ends is None else tuple(_place(end, low, high) for end in ends)
    return WorthRow(
        what=finding.what,
        r=found,
        amount=_amount(weighed.net, unit),
        interval="" if ends is None else f"{_amount(ends[0], unit)} to {_amount(ends[1], unit)}",
        line=Line(_place(weighed.net, low, high), *places),
    )


def _place(amount: float, low: float, high: float) -> float:
    return round(MARGIN + (WIDTH - 2 * MARGIN) * (amount - low) / ((high - low) or 1), 1)


def _interval(r: float, n: int) -> str:
    low, high = fisher_interval(r, n)
    return f"{_r(low)} to {_r(high)}"


def _r(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")


def _years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:g} years"


def _amount(value: float, unit: str) -> str:
    """Round to three digits, which is more than anybody knows."""
    places = DIGITS - 1 - floor(log10(abs(value))) if value else 0
    rounded = round(value, min(places, 0))
    sign = "\u2212" if rounded < 0 else ""
    amount = f"{sign}{abs(rounded):,.0f}"
    return f"{amount}\u00a0{unit}" if unit else amount
