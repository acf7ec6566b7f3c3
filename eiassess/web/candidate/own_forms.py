"""What a candidate's own page sends."""

from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its types are of an older version
from wtforms.validators import InputRequired, Optional

from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.web.shell.forms import PlainForm, RefusableForm

KINDS_OF_ADJUSTMENT = {
    AdjustmentKind.MORE_TIME: "More time than the limit",
    AdjustmentKind.OTHER_FORMAT: "Another format, such as paper, large print or having it read to me",
    AdjustmentKind.CALL: "A call, to talk about what I need",
    AdjustmentKind.SOMETHING_ELSE: "Something else",
}
KINDS_OF_QUESTION = {
    QuestionKind.EXPLAIN: "Explain to me how my result came about and what it was used for",
    QuestionKind.CORRECT: "Correct something that is stored about me",
    QuestionKind.STAFF_NOTES: "Give me what people at the company wrote about me",
    QuestionKind.SOMETHING_ELSE: "Something else",
}
RATED = {1: "Very bad", 2: "Bad", 3: "So-so", 4: "Good", 5: "Very good"}


class AdjustmentForm(RefusableForm):
    """What somebody needs to have different."""

    kind = RadioField("What do you need?", validators=[InputRequired("Choose what you need.")])
    words = TextAreaField("What would help you")

    def offer(self, kinds: tuple[AdjustmentKind, ...]) -> None:
        """Let the candidate choose among these."""
        self.kind.choices = [SelectChoice(kind.value, KINDS_OF_ADJUSTMENT[kind]) for kind in kinds]


class QuestionForm(RefusableForm):
    """What somebody asks of the people who recruit."""

    kind = RadioField(
        "What is it about?",
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS_OF_QUESTION.items()],
        validators=[InputRequired("Choose what it is about.")],
    )
    words = TextAreaField("Your question")


class WithdrawForm(PlainForm):
    """Withdrawing, for sure."""

    sure = BooleanField("Yes, I do not want to take part", validators=[InputRequired("Tick the box if you are sure.")])


class CodeForm(RefusableForm):
    """The code from the mail."""

    code = StringField("Code from the mail", validators=[InputRequired("Type the code from the mail.")])


class ExperienceForm(RefusableForm):
    """How somebody found it, and perhaps which scenario was unclear."""

    rating = RadioField(
        "How was it for you to take part?",
        choices=[SelectChoice(str(rating), words) for rating, words in RATED.items()],
        validators=[InputRequired("Choose one of the five answers.")],
    )
    line = StringField("A line on why, if you like")
    scenario = IntegerField(
        "Number of a scenario that was unclear or unfair, if there was one", validators=[Optional()]
    )
    about = StringField("What was unclear or unfair about it")
