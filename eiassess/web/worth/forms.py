"""The figures that a company gives; they stand in the address, so there is no token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FloatField, StringField
from wtforms.validators import Length

NUMBER = re.compile(r"-?(\d+|[1-9]\d{0,2}(?:[ ,'\u00a0\u202f]\d{3})+)(\.\d+)?")
"""Digits, with marks between thousands or without; a comma before the decimals is asked about instead of guessed at."""

THOUSANDS_OR_DECIMALS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""An amount that is eight thousand to half of Europe and eight to the rest."""

SPACES = " \u00a0\u202f\t"


@dataclass(frozen=True)
class Study:
    """A correlation that somebody found, and in how many people."""

    r: float
    n: int


@dataclass(frozen=True)
class WorthFigures:
    """What a company knows of its own hiring."""

    hired: int
    years: float
    share: float
    money_sd: float
    cost_each: float
    unit: str
    study: Study | None


class FigureField(FloatField):
    """A number within bounds; what is wrong is said once, with an example."""

    def __init__(
        self,
        label: str,
        low: float,
        high: float,
        example: str,
        *,
        whole: bool = False,
        needed: bool = True,
        money: bool = False,
        **more: Any,  # noqa: ANN401 - WTForms' own
    ) -> None:
        super().__init__(label, **more)
        self.low, self.high, self.example = low, high, example
        self.whole, self.needed, self.money = whole, needed, money

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number, or say what is expected.

        Raises
        ------
        ValueError
            There is none, it is no number, or it lies outside its bounds.
        """
        text = (valuelist[0] if valuelist else "").strip(SPACES)
        self.data = None
        name = self.label.text
        if not text:
            if self.needed:
                message = f"{name}: enter a number, such as {self.example}."
                raise ValueError(message)
            return
        if not NUMBER.fullmatch(text):
            message = f"{name}: use digits, and a point before decimals, such as {self.example}."
            raise ValueError(message)
        if (self.money or self.whole) and THOUSANDS_OR_DECIMALS.fullmatch(text):
            many, few = text.replace(".", ""), text.partition(".")[0]
            message = f"{name}: {text} may be read in two ways; write {many}, or {few} if you mean that."
            raise ValueError(message)
        number = float(re.sub(r"[^\d.-]", "", text))
        if not self.low <= number <= self.high or (self.whole and number % 1):
            kind = "a whole number" if self.whole else "a number"
            message = f"{name}: enter {kind} from {self.low:,g} to {self.high:,.12g}."
            raise ValueError(message)
        self.data = number

    def _value(self) -> str:
        """Keep what was typed."""
        return str(self.raw_data[0]) if self.raw_data else ""


class WorthForm(FlaskForm):
    """The company's figures, and a study of its own if it has one."""

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__(formdata=given or None)  # type: ignore[no-untyped-call]  # Flask-WTF has no types

    class Meta:
        """Nothing is changed by this form."""

        csrf = False

    hired = FigureField("People hired", 1, 1_000_000, "20", whole=True)
    of_100 = FigureField("Hired out of 100 assessed", 0.1, 99, "25")
    years = FigureField("Years they stay on average", 0.1, 50, "3")
    spread = FigureField("Spread of performance, in money a year", 1, 1e9, "8000", money=True)
    cost = FigureField("Cost of assessing one person", 0, 1e6, "30", money=True)
    unit = StringField("Currency", validators=[Length(max=12, message="Currency: 12 characters at most.")])
    r = FigureField("Validity found (a correlation)", -0.99, 0.99, "0.2", needed=False)
    n = FigureField("People in that study", 4, 10_000_000, "120", whole=True, needed=False)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        """Look at each field, and at the two that only make sense together."""
        valid: bool = super().validate(extra_validators)
        for one, other in ((self.r, self.n), (self.n, self.r)):
            if not one.errors and one.data is None and other.data is not None:
                one.errors = [f"{one.label.text}: give both figures of the study, or leave both empty."]
                return False
        return valid

    def figures(self) -> WorthFigures:
        """Read the figures of a form that is valid."""
        study = None if self.r.data is None else Study(self.r.data, int(self.n.data or 0))
        return WorthFigures(
            hired=int(self.hired.data or 0),
            years=self.years.data or 0,
            share=(self.of_100.data or 0) / 100,
            money_sd=self.spread.data or 0,
            cost_each=self.cost.data or 0,
            unit=(self.unit.data or "").strip(),
            study=study,
        )
