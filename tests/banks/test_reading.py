from enum import StrEnum

import pytest

from eiassess.banks.reading import TableReader
from eiassess.errors import BankError


class Colour(StrEnum):
    RED = "red"


def reader(**values: object) -> TableReader:
    return TableReader(values, "a.toml", "here")


def test_fields_come_out_as_they_are_asked_for() -> None:
    table = reader(
        text="a  b", number=2, colour="red", texts=["x "], inner={"a": {"b": 1}}, rows=[{"c": 1}], two=[1, 2]
    )
    assert table.text("text") == "a b"
    assert table.optional_text("other") is None
    assert table.optional_text("text") == "a b"
    assert table.text("absent", default="") == ""
    assert table.integer("number") == 2
    assert table.number("number", 1, 3) == 2.0
    assert table.choice("colour", Colour) is Colour.RED
    assert table.texts("texts") == ("x",)
    assert table.texts("absent", default=["y"]) == ("y",)
    assert table.integers("two", 2) == [1, 2]
    assert [name for name, _ in table.table("inner").entries()] == ["a"]
    assert table.tables("rows")[0].path == "here.rows[1]"
    table.finish()


@pytest.mark.parametrize("values", [[], "text", [1]])
def test_rows_have_to_be_tables(values: object) -> None:
    with pytest.raises(BankError, match=r"^a\.toml: here\.rows"):
        reader(rows=values).tables("rows")


def test_where_none_is_needed_the_list_may_be_empty_but_has_to_be_one() -> None:
    assert reader(rows=[]).tables("rows", least=0) == ()
    with pytest.raises(BankError, match=r"here\.rows: expected a list of tables"):
        reader(rows="text").tables("rows", least=0)


def test_a_problem_names_file_and_place() -> None:
    error = reader().problem("field", "is wrong")
    assert str(error) == "a.toml: here.field: is wrong"
    assert str(BankError("a.toml", "", "is wrong")) == "a.toml: is wrong"
