"""Who is found by what is typed."""

import pytest

from eiassess.domain.searching import is_found


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("", "Casey Lind"),
        ("casey", "Casey Lind"),
        ("LIND", "Casey Lind"),
        ("lind casey", "Casey Lind"),
        ("Lind, Casey", "Casey Lind"),
        ("as in", "Casey Lind"),
        ("nguyen anh", "Nguyễn Thị Ánh"),
        ("Nguyễn", "Nguyen Thi Anh"),
        ("zoe\u0308", "Zoë"),
        ("jose", "Jose\u0301"),
        ("soren", "Søren"),
        ("Søren", "Soren"),
        ("soeren", "Søren"),
        ("lukasz", "Łukasz"),
        ("strasse", "Straße"),
        ("STRAẞE", "Strasse"),
        ("muller", "Müller"),
        ("mueller", "Müller"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("aase", "Åse"),
        ("ase", "Åse"),
        ("aeroe", "Ærø"),
        ("thorunn", "Þórunn"),
        ("dung", "Đung"),
        ("inci", "İnci"),
        ("isik", "I\u015f\u0131k"),
        ("obrien", "O'Brien"),
        ("o'brien", "O\u2019Brien"),
        ("O\u2018Brien", "OBrien"),
        ("O\u00b4Brien", "O'Brien"),
        ("jean luc", "Jean-Luc"),
        ("jean-luc", "Jean Luc"),
        ("jeanluc", "Jean\u2010Luc"),
        ("Jean\u2013Luc", "Jean-Luc"),
        ("casey\u00a0lind", "Casey Lind"),
        ("casey", "Ca\u200bsey\u202e Lind"),
        ("ca\u00adsey", "Casey"),
        ("\uff43asey", "Casey"),
        ("김", "김철수"),
        ("สมชาย", "สมชาย น้ำใจดี"),
        ("محمد", "مُحَمَّد عبد الرحمن"),
        ("נועה דוד", "נועה בן־דוד"),
        ("αθηνα", "Ἀθηνᾶ"),
        ("елкина", "Ёлкина"),
    ],
)
def test_a_name_is_found(search: str, name: str) -> None:
    assert is_found(search, name)


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("cassey", "Casey Lind"),
        ("casey lund", "Casey Lind"),
        ("caseylind", "Casey Lind"),
        ("o", "Müller"),
        ("कि", "का"),
        ("casey", ""),
    ],
)
def test_somebody_else_is_not(search: str, name: str) -> None:
    assert not is_found(search, name)


@pytest.mark.parametrize(("search", "found"), [("va", False), ("val", True), ("va casey", False), ("ca", True)])
def test_one_or_two_letters_are_sought_in_the_name_alone(search: str, found: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_found(search, "Casey Lind", "robin.vale@example.org") == found


@pytest.mark.parametrize("search", ["vale@ex", "robin.va", "ROBIN.VALE@EXAMPLE.ORG", "example lind", "casey robin"])
def test_the_address_is_looked_at_too(search: str) -> None:
    assert is_found(search, "Casey Lind", "robin.vale@example.org")
