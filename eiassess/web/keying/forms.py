"""What an analyst's pages about panels send."""

import re

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from eiassess.errors import EIAssessError, InvalidInputError
from eiassess.services.content.offered_forms import OfferedForm
from eiassess.web.shell.forms import PlainForm

PERSON = re.compile(r"(?P<name>[^<>]+)<(?P<email>[^<>]+)>")
SHOWN_OF_A_LINE = 60


class RefusableForm(PlainForm):
    """A form whose fields can be refused by a service too: what is wrong is told once, by whoever finds it."""

    def blame(self, error: EIAssessError, otherwise: str) -> None:
        """Show what a service refused at the field that the error names, or at another if that is none of ours."""
        named = error.field if isinstance(error, InvalidInputError) else ""
        field = self[named if named in self else otherwise]
        field.errors = (*field.errors, f"{error}.")


class PanelForm(RefusableForm):
    """A new panel."""

    title = StringField("Name of the panel", validators=[InputRequired("Give the panel a name.")])
    form = SelectField("Form", validators=[InputRequired("Choose the form that the experts rate.")])

    def offer(self, forms: tuple[OfferedForm, ...]) -> None:
        """Let the analyst choose among these forms."""
        self.form.choices = [(each.name, f"{each.title} ({each.bank}, {each.n_scenarios} scenarios)") for each in forms]


class InviteForm(RefusableForm):
    """Experts to invite, one a line."""

    people = TextAreaField("Experts, one a line", validators=[InputRequired("Name at least one expert.")])


class ForgetForm(RefusableForm):
    """Forgetting names for good."""

    sure = BooleanField(
        "Yes, replace all names and addresses by numbers", validators=[InputRequired("Tick the box if you are sure.")]
    )


class PublishForm(RefusableForm):
    """A key with the reason why it is relevant, and who stands for that."""

    relevance = TextAreaField(
        "Why is what this key rewards relevant to the job?", validators=[InputRequired("Give the reason.")]
    )
    named_person = StringField("Who stands for this reason?", validators=[InputRequired("Name the person.")])


def read_people(text: str) -> list[tuple[str, str]]:
    r"""Read ``Name <email>`` line by line; blank lines are none.

    Raises
    ------
    InvalidInputError
        A line is something else; the message names it.

    Examples
    --------
    >>> read_people("Zoë Ö. <zoe@example.org>\n\nLi <li@example.org>")
    [('Zoë Ö.', 'zoe@example.org'), ('Li', 'li@example.org')]
    """
    people = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = PERSON.fullmatch(line.strip())
        if found is None:
            shown = line.strip()[:SHOWN_OF_A_LINE]
            message = f"Line {number}: {shown!r} is not understood; expected Name <name@example.org>"
            raise InvalidInputError(message)
        people.append((found["name"].strip(), found["email"].strip()))
    return people
