"""A bank loads as it is written; a spoilt one is refused with file and field."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from eiassess.banks.catalog import (
    LoadedForm,
    decode_pinned_bank,
    decode_pinned_form,
    decode_pinned_key,
    find_form,
    load_bank,
    load_form,
    read_toml,
)
from eiassess.banks.toml_files import MAX_FILE_BYTES
from eiassess.domain.digests import digest_of
from eiassess.errors import BankError, NotFoundError
from tests.banks.small_bank import FORM as FORM_ID
from tests.banks.small_bank import FORM_FILE, KEY, LOST_KEY, edit, write

COMPETENCIES = "competencies.toml"
LOST_KEY_A, LOST_KEY_B = "scenarios.lost-key.a", "scenarios.lost-key.b"
RECOVERY = "competencies.recovery"
HUGE = "0x" + "f" * 5000
"""A number that TOML takes and that is too long to be written in decimal digits."""


def load(bank: Path) -> LoadedForm:
    return load_form(FORM_ID, (bank.parent,))


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def append(bank: Path, file: str, text: str) -> None:
    write(bank, file, f"{(bank / file).read_text(encoding='utf-8')}\n{text}\n")


def refused(bank: Path) -> tuple[str, str, str]:
    with pytest.raises(BankError) as caught:
        load(bank)
    return caught.value.file, caught.value.field, caught.value.problem


def test_the_form_is_found_by_stem_and_by_path(bank: Path) -> None:
    by_stem, by_path = load(bank), load_form(str(bank / FORM_FILE), ())
    assert by_stem == by_path
    assert by_stem.form.digest == digest_of(by_stem.form_json)
    assert by_stem.key.digest == digest_of(by_stem.key_json)
    assert by_stem.bank == load_bank(bank)


def test_folders_are_searched_in_order(bank: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine" / "small" / "forms" / f"{FORM_ID}.toml"
    other.parent.mkdir(parents=True)
    other.write_text("", encoding="utf-8")
    assert find_form(FORM_ID, (tmp_path / "mine", bank.parent)) == other
    assert find_form(FORM_ID, (bank.parent, tmp_path / "mine")) == bank / FORM_FILE


@pytest.mark.parametrize(
    ("name", "message"),
    [("small-z", "forms here: small-a"), ("./small-z", "no form file"), ("small-z.toml", "no form file")],
)
def test_a_form_that_is_not_there(bank: Path, name: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        load_form(name, (bank.parent,))


def test_no_forms_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="forms here: none"):
        find_form(FORM_ID, (tmp_path,))


def test_what_was_pinned_comes_back_the_same(bank: Path) -> None:
    loaded = load(bank)
    assert decode_pinned_form(loaded.form_json) == loaded.form
    assert decode_pinned_key(loaded.key_json) == loaded.key
    assert decode_pinned_bank(loaded.bank_json) == loaded.bank


def test_what_was_pinned_holds_no_key(bank: Path) -> None:
    assert not {"credits", "rationale", "value"} & set(re.findall(r'"(\w+)":', load(bank).form_json))


def test_a_changed_text_changes_the_digest(bank: Path) -> None:
    before = load(bank)
    edit(bank, LOST_KEY, r'^title = "', 'title = "Another: ')
    after = load(bank)
    assert after.form.digest != before.form.digest
    assert after.key.digest == before.key.digest


def test_white_space_does_not_count(bank: Path) -> None:
    edit(bank, LOST_KEY, r'^title = ".*"', 'title = "  two   words "')
    scenarios = {scenario.id: scenario for scenario in load(bank).form.scenarios}
    assert scenarios["lost-key"].title == "two words"


@pytest.mark.parametrize(
    ("file", "pattern", "line"),
    [
        ("bank.toml", r"^language = ", 'licence = "MIT"\n'),
        ("bank.toml", r"^labels = ", 'lowest = "Very ineffective"\n'),
        (COMPETENCIES, r"\A", "version = 1\n"),
    ],
)
def test_optional_fields_can_be_filled_in_or_left_out(bank: Path, file: str, pattern: str, line: str) -> None:
    without = (bank / file).read_text(encoding="utf-8")
    assert line not in without
    assert load(bank).form.id == FORM_ID
    edit(bank, file, rf"(?={pattern})", line)
    assert load(bank).form.id == FORM_ID


SPOILT: list[tuple[str, str, str, str, str, str]] = [
    # file, pattern, replacement, field, problem
    (LOST_KEY, r"^version = 1", 'version = "1"', "version", "whole number", ""),
    (LOST_KEY, r"^version = 1", "version = true", "version", "whole number", ""),
    (LOST_KEY, r"^version = 1", f"version = {HUGE}", "version", "whole number", ""),
    (LOST_KEY, r'^kind = ".*"', f"kind = [{HUGE}]", "kind", "one of responses, emotions", ""),
    (LOST_KEY, r'^title = ".*"', 'title = "  "', "title", "not empty", ""),
    (LOST_KEY, r'^title = ".*"', "title = 7", "title", "not empty", ""),
    (LOST_KEY, r'^title = ".*"', f'title = "{"x" * 4001}"', "title", "at most 4000", ""),
    (LOST_KEY, r'^title = ".*"\n', "", "title", "is missing", ""),
    (LOST_KEY, r'^title = "', 'titel = "a"\ntitle = "', "titel", "unknown field; known are", ""),
    (LOST_KEY, r'^kind = ".*"', 'kind = "pictures"', "kind", "one of responses, emotions, not 'pictures'", ""),
    (LOST_KEY, r"^sources = .*", "sources = [1]", "sources", "list of texts", ""),
    (LOST_KEY, r"^sources = .*", 'sources = "one"', "sources", "list of texts", ""),
    (LOST_KEY, r'^id = "lost-key"', 'id = "another"', "id", "expected 'lost-key'", ""),
    (LOST_KEY, r'^id = "b"', 'id = "a"', "options", "different ids", ""),
    (LOST_KEY, r'^id = "b"', 'points = 3\nid = "b"', "options[2].points", "unknown field", ""),
    (LOST_KEY, r"^sources = .*", 'sources = ["hearsay"]', "lost-key", "'hearsay' is not in sources", FORM_FILE),
    (LOST_KEY, r'^competency = ".*"', 'competency = "charm"', "lost-key", "'charm' is not in the", FORM_FILE),
    (LOST_KEY, r'^competency = ".*"\n', "", "lost-key", "None is not in the", FORM_FILE),
    (LOST_KEY, r'^style = ".*"', 'style = "odd"', "lost-key", "'odd' is not in the", FORM_FILE),
    (KEY, r"^\[scenarios.lost-key.b\]\n(.+\n)+", "", LOST_KEY_B, "is missing", ""),
    (KEY, r"^\[scenarios.lost-key.b\]", "[scenarios.lost-key.z]", LOST_KEY_B, "is missing", ""),
    (KEY, r"^value = .*", "value = 7", f"{LOST_KEY_A}.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", "value = nan", f"{LOST_KEY_A}.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", 'value = "5"', f"{LOST_KEY_A}.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", "value = true", f"{LOST_KEY_A}.value", "from 1 to 6", ""),
    (KEY, r"^value = ", "weight = 2\nvalue = ", f"{LOST_KEY_A}.weight", "unknown field", ""),
    (KEY, r"^scale = .*", "scale = [1, 5.5]", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", "scale = [true, 6]", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", "scale = 6", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", f"scale = [1, {HUGE}]", "scale", "2 whole numbers", ""),
    (KEY, r"^value = .*", f"value = {HUGE}", f"{LOST_KEY_A}.value", "from 1 to 6", ""),
    (KEY, r"^scale = .*", "scale = [6, 1]", "scale", "lower end first", ""),
    (KEY, r"^scale = .*", "scale = [1, 7]", "scale", "expected [1, 6]", ""),
    (KEY, r'^method = "THEORY"', 'method = "GUESS"', "method", "one of EXPERT, CONSENSUS, THEORY", ""),
    (KEY, r"^experts = 0", "experts = 0\nmade = 2026-01-01", "made", "unknown field", ""),
    (KEY, r'^id = "theory-1"', 'id = "theory-2"', "id", "expected 'theory-1'", ""),
    (FORM_FILE, r'^id = "small-a"', 'id = "small-b"', "id", "expected 'small-a'", ""),
    (FORM_FILE, r'"lost-key"', '"lost-ring"', "scenarios", "no scenario 'lost-ring'", ""),
    (FORM_FILE, r'"lost-key"', '"cold-soup"', "scenarios", "twice", ""),
    (FORM_FILE, r"^scenarios = \[", "scenarios = []\nothers = [", "others", "unknown field", ""),
    (FORM_FILE, r"\Z", '[formats]\nlost-ring = "RANK"', "formats", "names 'lost-ring'", ""),
    (FORM_FILE, r"\Z", '[formats]\nlost-key = "RATE_EMOTIONS"', "format", "whose options are responses", ""),
    (FORM_FILE, r"\Z", '[formats]\nlost-key = "RANK"', "prompts", "has no prompts.responses.RANK", ""),
    (FORM_FILE, r"^practice = .*", "practice = []", "practice", "at least one table", ""),
    (FORM_FILE, r'"practice-wet-coat"', '"late-bus"', "practice", "'late-bus' is no practice scenario", ""),
    (FORM_FILE, r'"lost-key"', '"practice-wet-coat"', "scenarios", "is a practice scenario", ""),
    (FORM_FILE, r'^key = "theory-1"', 'key = "theory-1"\nmade = 2026-01-01', "made", "unknown field", ""),
    ("bank.toml", r"^\[scales.emotions\]", "[scales.pictures]", "scales.pictures", "unknown kind", ""),
    ("bank.toml", r"^\[scales.emotions\]\n(.+\n)+", "", "scales", "no scale for emotions", FORM_FILE),
    ("bank.toml", r"^labels = \[", 'labels = ["More", ', "scales.responses.labels", "expected 6 labels", ""),
    ("bank.toml", r"^maximum = 6", f"maximum = {HUGE}", "scales.responses.maximum", "whole number", ""),
    ("bank.toml", r"^maximum = 6", "maximum = 1", "scales.responses.maximum", "more than 1", ""),
    ("bank.toml", r"^maximum = 6", "maximum = 6\nstep = 2", "scales.responses.step", "unknown field", ""),
    ("bank.toml", r"^\[evidence\]", '[evidence]\nalpha = "high"', "evidence.alpha", "unknown field", ""),
    ("bank.toml", r"^\[notice\]", '[notice]\nfee = "none"', "notice.fee", "unknown field", ""),
    ("bank.toml", r"^version = 1", 'version = 1\nauthor = "x"', "author", "unknown field", ""),
    ("sources.toml", r"^kind = .*", 'kind = "story"\nyear = 1999', "sources.sincere-apology.year", "unknown field", ""),
    (COMPETENCIES, r'^competencies = \["', 'competencies = ["charm", "', "groups[1].competencies", "'charm'", ""),
    (COMPETENCIES, r"^\[\[groups\]\]", "[[groups]]\nweight = 1", "groups[1].weight", "unknown field", ""),
    (COMPETENCIES, r"^\[styles.functional\]", "[styles.functional]\nx = 1", "styles.functional.x", "unknown field", ""),
    (COMPETENCIES, r"^good = ", "best = 1\ngood = ", f"{RECOVERY}.interview[1].best", "unknown", ""),
    (COMPETENCIES, r"^short_name = ", "long_name = 1\nshort_name = ", f"{RECOVERY}.long_name", "unknown", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "pattern", "replacement", "field", "problem", "blamed"), SPOILT)
def test_a_spoilt_bank_is_refused_with_file_and_field(  # noqa: PLR0917 - a table's columns
    bank: Path, file: str, pattern: str, replacement: str, field: str, problem: str, blamed: str
) -> None:
    edit(bank, file, pattern, replacement)
    said_file, said_field, said_problem = refused(bank)
    assert said_file == f"small/{blamed or file}"
    assert said_field == field
    assert problem in said_problem


def test_an_option_too_many_in_the_key(bank: Path) -> None:
    append(bank, KEY, '[scenarios.lost-key.z]\nvalue = 1\nrationale = "No."\nsources = []')
    assert refused(bank) == (
        "small/keys/theory-1.toml",
        "scenarios.lost-key.z",
        "the scenario has no such option",
    )


def test_two_scenarios_of_one_name(bank: Path) -> None:
    text = (bank / LOST_KEY).read_text(encoding="utf-8")
    write(bank, "scenarios/speaking-up/lost-key.toml", text)
    assert refused(bank) == (
        "small/scenarios/speaking-up/lost-key.toml",
        "id",
        "small/scenarios/recovery/lost-key.toml has the same",
    )


def test_a_table_where_a_text_is_expected_and_the_other_way_round(bank: Path) -> None:
    edit(bank, "bank.toml", r"^\[notice\]", "notice = 1\n[other]")
    assert refused(bank)[1:] == (
        "prompts.emotions.PICK_BEST_AND_WORST.notice",
        "unknown field; known are bottom, question, top",
    )


@pytest.mark.parametrize("file", ["bank.toml", COMPETENCIES, "sources.toml", KEY, FORM_FILE, LOST_KEY])
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda path: path.write_bytes(b'id = "caf\xe9"'), "is not UTF-8 text"),
        (lambda path: path.write_bytes(b"#" * (MAX_FILE_BYTES + 1)), "is larger than 2,000,000 bytes"),
        (lambda path: path.write_text("id = ", encoding="utf-8"), "is not TOML"),
        (lambda path: path.write_text("a = " + "[" * 5000, encoding="utf-8"), "is nested more than 40 levels deep"),
        (lambda path: path.write_text("a." * 41 + "a = 1", encoding="utf-8"), "has a key of more than 40 parts"),
        (lambda path: path.write_text("# " + '\\"' * 900_000 + "\nid = ", encoding="utf-8"), "is not TOML"),
        (fifo, "is no file"),
        (lambda path: path.write_text("a = " + "9" * 5000, encoding="utf-8"), "is not TOML"),
    ],
    ids=["encoding", "size", "syntax", "depth", "parts", "quotes", "pipe", "digits"],
)
def test_a_file_that_is_no_toml(bank: Path, file: str, spoil: Callable[[Path], object], problem: str) -> None:
    spoil(bank / file)
    said_file, field, said_problem = refused(bank)
    assert said_file == f"small/{file}"
    assert field == ""
    assert problem in said_problem


@pytest.mark.parametrize("file", ["bank.toml", COMPETENCIES, "sources.toml", KEY])
def test_a_file_that_is_missing(bank: Path, file: str) -> None:
    (bank / file).unlink()
    assert refused(bank) == (f"small/{file}", "", "is missing or cannot be read")


def test_a_scenario_file_that_is_missing(bank: Path) -> None:
    (bank / LOST_KEY).unlink()
    assert refused(bank)[1:] == ("scenarios", "the bank has no scenario 'lost-key'")


@pytest.mark.parametrize("text", ["[]", "3", "null"])
def test_pinned_content_that_is_no_table(text: str) -> None:
    with pytest.raises(BankError, match="expected a table of fields"):
        decode_pinned_key(text)


def test_toml_is_read_as_it_is(bank: Path) -> None:
    content = read_toml(bank / KEY)
    assert content == tomllib.loads((bank / KEY).read_text(encoding="utf-8"))
    assert json.loads(load(bank).key_json) == content


def test_a_key_is_named_and_not_reached_by_a_path(bank: Path) -> None:
    outside = bank.parent / "elsewhere.toml"
    outside.write_text((bank / KEY).read_text(encoding="utf-8"), encoding="utf-8")
    edit(bank, FORM_FILE, r"^key = .*$", 'key = "../../elsewhere"')
    assert refused(bank) == (
        "small/forms/small-a.toml",
        "key",
        "expected the name of a key's file, without folder or ending",
    )


def test_a_bank_whose_forms_only_rate_needs_no_words_for_choices(bank: Path) -> None:
    while "[prompts." in (bank / "bank.toml").read_text(encoding="utf-8"):
        edit(bank, "bank.toml", r"^\[prompts\..*\]\n(?:.+\n)+", "")
    assert load(bank).form.prompts == {}
