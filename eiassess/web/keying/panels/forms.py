"""What the pages of panels at work send."""

import re

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from eiassess.errors import InvalidInputError
from eiassess.services.content.offered_forms import OfferedForm
from eiassess.web.shell.forms import RefusableForm

PERSON = re.compile(r"(?P<name>[^<>]+)<(?P<email>[^<>]+)>")
SHOWN_OF_A_LINE = 60


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
