"""What a service refuses is shown at the field that the error names."""

import pytest
from flask.testing import FlaskClient

from eiassess.errors import BankError, EIAssessError, InvalidInputError, RefusedError
from eiassess.web.keying.results.forms import PublishForm


@pytest.mark.parametrize(
    ("error", "at"),
    [
        (InvalidInputError("Too long", "named_person"), "named_person"),
        (InvalidInputError("Too short", "relevance"), "relevance"),
        (InvalidInputError("Cannot be stored"), "relevance"),
        (InvalidInputError("The name of nobody's field", "name"), "relevance"),
        (RefusedError("Closed"), "relevance"),
        (BankError("forms/a.toml", "named_person", "is a field of a file, not of the page"), "relevance"),
    ],
)
def test_the_field_is_the_errors_or_the_one_that_the_page_names(
    client: FlaskClient, error: EIAssessError, at: str
) -> None:
    with client.application.test_request_context():
        form = PublishForm()
        form.blame(error, "relevance")
        assert {field.name: list(field.errors) for field in form if field.errors} == {at: [f"{error}."]}
