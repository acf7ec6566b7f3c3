"""A name closed off from its sentence, checked against what the bidirectional algorithm says about isolates."""

import pytest

from eiassess.domain.names import isolated

OPEN, CLOSE = "\u2068", "\u2069"


@pytest.mark.parametrize(
    "name", ["Casey Lind", "Nguyễn Thị Ánh", "王小明", "สมชาย น้ำใจดี", "Kim 🌻 Bo", "O\u2019Brien 3", "", "C" * 200]
)
def test_what_is_written_from_left_to_right_stays_as_it_is(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "محمد عبد الرحمن",
        "Sam نور",
        "\u202eesreveR emaN",
        "\u202aA", "\u202bA", "\u202cA", "\u202dA",
        "\u200fA", "\u061cA",
        "1\u0661",
    ],
)  # fmt: skip
def test_what_could_turn_text_round_stands_in_an_isolate(name: str) -> None:
    assert isolated(name) == f"{OPEN}{name}{CLOSE}"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("\u2066A\u2069", "\u2066A\u2069"),
        ("\u2067A", "\u2067A\u2069"),
        ("\u2066\u2067\u2068A", "\u2066\u2067\u2068A\u2069\u2069\u2069"),
        ("A\u2069\u202eB", "A\u202eB"),
        ("\u2069\u2069\u2066A\u2069\u2069", "\u2066A\u2069"),
        ("\u2069A\u2066", "A\u2066\u2069"),
    ],
)
def test_isolates_of_the_names_own_are_balanced(name: str, inside: str) -> None:
    assert isolated(name) == f"{OPEN}{inside}{CLOSE}"
