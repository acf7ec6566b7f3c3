"""What the pages about inviting send."""

from collections.abc import Sequence

from wtforms import BooleanField, EmailField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from eiassess.people_lists.columns import Chosen, Field
from eiassess.people_lists.reading import ColumnShown
from eiassess.web.shell.forms import RefusableForm

ALSO_SAT = "Invite them although they sat the same form less than six months ago"


class PersonForm(RefusableForm):
    """One person to invite."""

    name = StringField("Name", validators=[InputRequired("Give the person's name.")])
    email = EmailField("E-mail address", validators=[InputRequired("Give the person's e-mail address.")])
    also_sat = BooleanField(ALSO_SAT)


class PastedForm(RefusableForm):
    """A pasted list."""

    text = TextAreaField("Names and e-mail addresses")


class UploadForm(RefusableForm):
    """A list as a file."""

    file = FileField("CSV or Excel file (.csv or .xlsx)", validators=[InputRequired("Choose a file.")])


class ColumnsForm(RefusableForm):
    """Which column of a list holds what."""

    email = SelectField("E-mail address")
    name = SelectField("Whole name")
    first_name = SelectField("First name")
    last_name = SelectField("Last name")
    phone = SelectField("Phone")

    def offer(self, columns: Sequence[ColumnShown]) -> None:
        """Let the recruiter choose among the columns of the list."""
        choices = [("", "Not in the list"), *((each.letter, _said(each)) for each in columns)]
        for select in self._selects.values():
            select.choices = choices

    def fill(self, columns: Sequence[ColumnShown], chosen: Chosen) -> None:
        """Begin with the columns that were chosen before, or found by their names."""
        letters = {each.letter for each in columns}
        found = {each.field: each.letter for each in columns if each.field}
        for field, select in self._selects.items():
            before = chosen.get(field, "").upper()
            select.data = before if before in letters else found.get(field, "")

    @property
    def chosen(self) -> dict[Field, str]:
        """The columns that were chosen, by their letters."""
        return {field: select.data for field, select in self._selects.items() if select.data}

    def is_enough(self) -> bool:
        """Tell whether addresses and names were chosen, each from a column of its own; else say what is missing."""
        chosen = self.chosen
        if Field.EMAIL not in chosen:
            self.email.errors = ("Choose the column with the e-mail addresses.",)
        if not {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME} & set(chosen):
            self.name.errors = ("Choose the column with the names, or those with first and last names.",)
        if len(set(chosen.values())) < len(chosen):
            self.form_errors.append("A column can hold one thing only; choose another column for one of the two.")
        return not self.errors

    @property
    def _selects(self) -> dict[Field, SelectField]:
        return {
            Field.EMAIL: self.email,
            Field.NAME: self.name,
            Field.FIRST_NAME: self.first_name,
            Field.LAST_NAME: self.last_name,
            Field.PHONE: self.phone,
        }


class ConfirmForm(RefusableForm):
    """Inviting a list's people."""

    also_sat = BooleanField("")


def _said(column: ColumnShown) -> str:
    examples = ", ".join(filter(None, column.examples))
    return f"{column.letter}: {column.name or examples}"
