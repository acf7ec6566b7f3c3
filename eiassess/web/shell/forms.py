"""What forms of every area are built on."""

from typing import Any

from flask_wtf import FlaskForm


class PlainForm(FlaskForm):
    """Fields of our own kind, or none: a page whose fields are named by its content needs the token alone."""

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(**values)  # type: ignore[no-untyped-call]  # Flask-WTF has no types

    def is_valid(self) -> bool:
        """Tell whether the form was sent and every field can be used."""
        return bool(self.validate_on_submit())  # type: ignore[no-untyped-call]  # Flask-WTF has no types
