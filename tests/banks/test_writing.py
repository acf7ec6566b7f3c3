"""What is written as TOML is read again as it was, and is laid out as authors write it."""

import tomllib
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eiassess.banks.writing import LINE, leading_comment, prose, toml_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times()
    | st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it naive
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
@example({"a": '"""', "b": '\n"""\n""', "c": "\n\n x \\\n", "d": "\r\n\x7f\x00", "": {"": {}}})
@example({"a": [{}, {"b": []}], "c": [{"d": 1}, 2], "e": {"f": {"g": [{"h": {"i": "j"}}]}, "k": 1}})
def test_what_is_written_is_read_again(content: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(content, "# A comment.\n")) == content


@given(TEXTS, st.booleans())
def test_every_text_survives_alone_and_in_a_list(text: str, listed: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    content = {"text": [text] * 9 if listed else text}
    assert tomllib.loads(toml_text(content)) == content


def test_the_layout_is_the_house_layout() -> None:
    content = {
        "id": "late-repair",
        "sources": ["own-it"],
        "situation": prose("word " * 40),
        "options": [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}],
    }
    lines = ["word " * 22 + "word", "word " * 16 + "word"]
    assert toml_text(content) == "\n".join(
        [
            'id = "late-repair"', 'sources = ["own-it"]', 'situation = """', *lines, '"""',
            "", "[[options]]", 'id = "a"', 'text = "One."', "", "[[options]]", 'id = "b"', 'text = "Two."', "",
        ]
    )  # fmt: skip


def test_a_key_has_one_head_for_each_option() -> None:
    content = {"id": "own-1", "scale": [1, 6], "scenarios": {"late-repair": {"a": {"value": 5.0}}}}
    assert toml_text(content) == 'id = "own-1"\nscale = [1, 6]\n\n[scenarios.late-repair.a]\nvalue = 5.0\n'


def test_a_long_list_has_a_line_for_each() -> None:
    names = [f"scenario-{number}" for number in range(20)]
    written = toml_text({"scenarios": names})
    assert written.splitlines()[1] == '  "scenario-0",'
    assert max(map(len, written.splitlines())) <= LINE


def test_moments_are_written_as_toml_has_them() -> None:
    content = {"day": date(2026, 11, 22), "time": time(9, 5), "moment": datetime(2026, 11, 22, 9, 5, tzinfo=UTC)}
    assert tomllib.loads(toml_text(content)) == content


@pytest.mark.parametrize(
    ("text", "comment"),
    [("# One.\n# Two.\nid = 1\n# Three.\n", "# One.\n# Two.\n"), ("id = 1\n", ""), ("# All.\n", "# All.\n"), ("", "")],
)
def test_the_comment_at_the_top_can_be_kept(text: str, comment: str) -> None:
    assert leading_comment(text) == comment
