"""What the answer to a request sends."""

from datetime import date, time

from wtforms import DateField, RadioField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its types are of an older version
from wtforms.validators import InputRequired, Optional

from eiassess.domain.deadlines import deadline_in
from eiassess.domain.requests import FACTORS
from eiassess.errors import InvalidInputError
from eiassess.services.adjustments.answering import AdjustmentAnswer, WaitingRequest
from eiassess.web.shell.forms import RefusableForm

MORE = {
    1.0: "The same time as everybody",
    1.25: "A quarter more",
    1.5: "Half as much again",
    2.0: "Twice the time",
    3.0: "Three times the time",
}


class DayField(DateField):
    """A day; what is none is refused in words that say what to type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = "Give the day as year, month and day, such as 2026-12-04."
            raise ValueError(message) from None


class HourField(TimeField):
    """A time of the day, in the same way."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = "Give the time, such as 17:00."
            raise ValueError(message) from None


class AnswerForm(RefusableForm):
    """Words for the candidate, and the times that they get."""

    words = TextAreaField("Your answer", validators=[InputRequired("Write what the candidate is to read.")])
    factor = RadioField("Time for the scenarios", validators=[Optional()])
    day = DayField("A later last day, if they need one", validators=[Optional()])
    clock = HourField("At", validators=[Optional()])

    def offer(self, asked: WaitingRequest) -> None:
        """Offer the times that this opening allows."""
        limit = asked.time_limit_minutes or 0
        self.factor.choices = [
            SelectChoice(f"{factor:g}", f"{MORE[factor]}: {round(limit * factor)} minutes") for factor in FACTORS
        ]
        if self.factor.data is None:
            self.factor.data = f"{asked.factor:g}"

    def answer(self, asked: WaitingRequest) -> AdjustmentAnswer:
        """Read the answer.

        Raises
        ------
        InvalidInputError
            The day has no time, or the time no day, or the clocks of the opening's zone skip it.
        """
        factor = float(self.factor.data) if asked.time_limit_minutes is not None else 1.0
        if self.day.data is None and self.clock.data is None:
            return AdjustmentAnswer(self.words.data or "", factor)
        if self.day.data is None:
            message = "Give the day too"
            raise InvalidInputError(message, "day")
        day: date = self.day.data
        ends_at = deadline_in(asked.time_zone, day, self.clock.data or time(23, 59)).at
        return AdjustmentAnswer(self.words.data or "", factor, ends_at)
