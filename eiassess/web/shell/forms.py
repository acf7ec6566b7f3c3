"""What forms of every area are built on."""

from typing import Any

from flask_wtf import FlaskForm

from eiassess.errors import EIAssessError, InvalidInputError


class PlainForm(FlaskForm):
    """Fields of our own kind, or none: a page whose fields are named by its content needs the token alone."""

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(**values)  # type: ignore[no-untyped-call]  # Flask-WTF has no types

    def is_valid(self) -> bool:
        """Tell whether the form was sent and every field can be used."""
        return bool(self.validate_on_submit())  # type: ignore[no-untyped-call]  # Flask-WTF has no types


class RefusableForm(PlainForm):
    """A form whose fields can be refused by a service too: what is wrong is told once, by whoever finds it."""

    def blame(self, error: EIAssessError, otherwise: str) -> None:
        """Show what a service refused at the field that the error names, or at another if that is none of ours."""
        named = error.field if isinstance(error, InvalidInputError) else ""
        field = self[named if named in self else otherwise]
        field.errors = (*field.errors, f"{error}.")
