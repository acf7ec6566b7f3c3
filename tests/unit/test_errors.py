"""An error of a value names the field that it is about."""

import pytest

from eiassess.errors import InvalidInputError
from eiassess.services.people.accounts import checked_email, checked_name


def test_without_a_field_it_is_about_none() -> None:
    assert (str(InvalidInputError("What")), InvalidInputError("What").field) == ("What", "")


@pytest.mark.parametrize("name", ["", " \t", "x" * 201, "a\x07b"])
def test_a_name_is_blamed_as_the_caller_calls_it(name: str) -> None:
    for field, said in (({}, "name"), ({"field": "title"}, "title")):
        with pytest.raises(InvalidInputError) as refused:
            checked_name(name, **field)
        assert refused.value.field == said


def test_a_name_of_200_characters_is_taken() -> None:
    assert checked_name("x" * 200) == "x" * 200


def test_an_address_is_blamed_as_the_caller_calls_it() -> None:
    for field, said in (({}, "email"), ({"field": "people"}, "people")):
        with pytest.raises(InvalidInputError) as refused:
            checked_email("nobody", **field)
        assert refused.value.field == said
