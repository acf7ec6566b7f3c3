"""The shipped bank loads; a spoilt one is refused with file and field."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from eiassess.banks import catalog
from eiassess.banks.catalog import (
    decode_pinned_bank,
    decode_pinned_form,
    decode_pinned_key,
    find_form,
    load_bank,
    load_form,
    read_toml,
)
from eiassess.banks.digests import digest_of
from eiassess.errors import BankError, NotFoundError

SCENARIO = "scenarios/recovery/forgotten-friday.toml"
KEY = "keys/theory-1.toml"
FORM = "forms/standard-a.toml"
COMPETENCIES = "competencies.toml"
FRIDAY_B = "scenarios.forgotten-friday.b"
EMOTIONS = "competencies.understanding-emotions"


def load(bank: Path) -> catalog.LoadedForm:
    return load_form("standard-a", (bank.parent,))


def edit(bank: Path, file: str, pattern: str, replacement: str) -> None:
    path = bank / file
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def prepend(bank: Path, file: str, line: str) -> None:
    path = bank / file
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def append(bank: Path, file: str, text: str) -> None:
    path = bank / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def refused(bank: Path) -> tuple[str, str, str]:
    with pytest.raises(BankError) as caught:
        load(bank)
    return caught.value.file, caught.value.field, caught.value.problem


def test_the_form_is_found_by_stem_and_by_path(bank: Path) -> None:
    by_stem, by_path = load(bank), load_form(str(bank / FORM), ())
    assert by_stem == by_path
    assert by_stem.form.digest == digest_of(by_stem.form_json)
    assert by_stem.key.digest == digest_of(by_stem.key_json)
    assert by_stem.bank == load_bank(bank)


def test_folders_are_searched_in_order(bank: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine" / "service-ei" / "forms" / "standard-a.toml"
    other.parent.mkdir(parents=True)
    other.write_text("", encoding="utf-8")
    assert find_form("standard-a", (tmp_path / "mine", bank.parent)) == other
    assert find_form("standard-a", (bank.parent, tmp_path / "mine")) == bank / FORM


@pytest.mark.parametrize(
    ("name", "message"),
    [("standard-z", "forms here: standard-a"), ("./standard-z", "no form file"), ("standard-z.toml", "no form file")],
)
def test_a_form_that_is_not_there(bank: Path, name: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        load_form(name, (bank.parent,))


def test_no_forms_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="forms here: none"):
        find_form("standard-a", (tmp_path,))


def test_what_was_pinned_comes_back_the_same(bank: Path) -> None:
    loaded = load(bank)
    assert decode_pinned_form(loaded.form_json) == loaded.form
    assert decode_pinned_key(loaded.key_json) == loaded.key
    assert decode_pinned_bank(loaded.bank_json) == loaded.bank


def test_what_was_pinned_holds_no_key(bank: Path) -> None:
    assert not {"credits", "rationale", "value"} & set(re.findall(r'"(\w+)":', load(bank).form_json))


def test_a_changed_text_changes_the_digest(bank: Path) -> None:
    before = load(bank)
    edit(bank, SCENARIO, r'^title = "', 'title = "Another: ')
    after = load(bank)
    assert after.form.digest != before.form.digest
    assert after.key.digest == before.key.digest


def test_white_space_does_not_count(bank: Path) -> None:
    edit(bank, SCENARIO, r'^title = ".*"', 'title = "  two   words "')
    scenarios = {scenario.id: scenario for scenario in load(bank).form.scenarios}
    assert scenarios["forgotten-friday"].title == "two words"


def test_optional_fields_can_be_left_out(bank: Path) -> None:
    edit(bank, "bank.toml", r"^licence = .*\n", "")
    edit(bank, "bank.toml", r"^lowest = .*\n", "")
    edit(bank, COMPETENCIES, r"^version = .*\n", "")
    assert load(bank).form.id == "standard-a"


SPOILT: list[tuple[str, str, str, str, str, str]] = [
    # file, pattern, replacement, field, problem
    (SCENARIO, r"^version = 1", 'version = "1"', "version", "whole number", ""),
    (SCENARIO, r"^version = 1", "version = true", "version", "whole number", ""),
    (SCENARIO, r'^title = ".*"', 'title = "  "', "title", "not empty", ""),
    (SCENARIO, r'^title = ".*"', "title = 7", "title", "not empty", ""),
    (SCENARIO, r'^title = ".*"', f'title = "{"x" * 4001}"', "title", "at most 4000", ""),
    (SCENARIO, r'^title = ".*"\n', "", "title", "is missing", ""),
    (SCENARIO, r'^title = "', 'titel = "a"\ntitle = "', "titel", "unknown field; known are", ""),
    (SCENARIO, r'^kind = ".*"', 'kind = "pictures"', "kind", "one of responses, emotions, not 'pictures'", ""),
    (SCENARIO, r"^sources = .*", "sources = [1]", "sources", "list of texts", ""),
    (SCENARIO, r"^sources = .*", 'sources = "one"', "sources", "list of texts", ""),
    (SCENARIO, r'^id = "forgotten-friday"', 'id = "another"', "id", "expected 'forgotten-friday'", ""),
    (SCENARIO, r'^id = "b"', 'id = "a"', "options", "different ids", ""),
    (SCENARIO, r'^id = "b"', 'points = 3\nid = "b"', "options[2].points", "unknown field", ""),
    (SCENARIO, r"^sources = .*", 'sources = ["hearsay"]', "forgotten-friday", "'hearsay' is not in sources", FORM),
    (SCENARIO, r'^competency = ".*"', 'competency = "charm"', "forgotten-friday", "'charm' is not in the", FORM),
    (SCENARIO, r'^competency = ".*"\n', "", "forgotten-friday", "None is not in the", FORM),
    (SCENARIO, r'^style = ".*"', 'style = "odd"', "forgotten-friday", "'odd' is not in the", FORM),
    (KEY, r"^\[scenarios.forgotten-friday.b\]\n(.+\n)+", "", FRIDAY_B, "is missing", ""),
    (KEY, r"^\[scenarios.forgotten-friday.b\]", "[scenarios.forgotten-friday.z]", FRIDAY_B, "is missing", ""),
    (KEY, r"^value = .*", "value = 7", "scenarios.half-day-at-the-door.a.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", "value = nan", "scenarios.half-day-at-the-door.a.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", 'value = "5"', "scenarios.half-day-at-the-door.a.value", "from 1 to 6", ""),
    (KEY, r"^value = .*", "value = true", "scenarios.half-day-at-the-door.a.value", "from 1 to 6", ""),
    (KEY, r"^value = (.*)", r"value = \1\nweight = 2", "scenarios.half-day-at-the-door.a.weight", "unknown field", ""),
    (KEY, r"^scale = .*", "scale = [1, 5.5]", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", "scale = [true, 6]", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", "scale = 6", "scale", "2 whole numbers", ""),
    (KEY, r"^scale = .*", "scale = [6, 1]", "scale", "lower end first", ""),
    (KEY, r"^scale = .*", "scale = [1, 7]", "scale", "expected [1, 6]", ""),
    (KEY, r'^method = "THEORY"', 'method = "GUESS"', "method", "one of EXPERT, CONSENSUS, THEORY", ""),
    (KEY, r"^experts = 0", "experts = 0\nmade = 2026-01-01", "made", "unknown field", ""),
    (KEY, r'^id = "theory-1"', 'id = "theory-2"', "id", "expected 'theory-1'", ""),
    (FORM, r'^id = "standard-a"', 'id = "standard-b"', "id", "expected 'standard-a'", ""),
    (FORM, r'"forgotten-friday"', '"forgotten-monday"', "scenarios", "no scenario 'forgotten-monday'", ""),
    (FORM, r'"forgotten-friday"', '"posted-too-soon"', "scenarios", "twice", ""),
    (FORM, r"^scenarios = \[", "scenarios = []\nothers = [", "scenarios", "at least one table", ""),
    (FORM, r'^key = "theory-1"', 'key = "theory-1"\nmade = 2026-01-01', "made", "unknown field", ""),
    ("bank.toml", r"^\[scales.emotions\]", "[scales.pictures]", "scales.pictures", "unknown kind", ""),
    ("bank.toml", r"^\[scales.emotions\]\n(.+\n)+", "", "scales", "no scale for emotions", FORM),
    ("bank.toml", r"^labels = \[", 'labels = ["More", ', "scales.responses.labels", "expected 6 labels", ""),
    ("bank.toml", r"^maximum = 6", "maximum = 1", "scales.responses.maximum", "more than 1", ""),
    ("bank.toml", r"^maximum = 6", "maximum = 6\nstep = 2", "scales.responses.step", "unknown field", ""),
    ("bank.toml", r"^\[evidence\]", '[evidence]\nalpha = "high"', "evidence.alpha", "unknown field", ""),
    ("bank.toml", r"^\[notice\]", '[notice]\nfee = "none"', "notice.fee", "unknown field", ""),
    ("bank.toml", r"^version = 1", 'version = 1\nauthor = "x"', "author", "unknown field", ""),
    ("sources.toml", r"^kind = .*", 'kind = "story"\nyear = 1999', "sources.union-street.year", "unknown field", ""),
    (COMPETENCIES, r'^competencies = \["', 'competencies = ["charm", "', "groups[1].competencies", "'charm'", ""),
    (COMPETENCIES, r"^\[\[groups\]\]", "[[groups]]\nweight = 1", "groups[1].weight", "unknown field", ""),
    (COMPETENCIES, r"^\[styles.analytical\]", "[styles.analytical]\nx = 1", "styles.analytical.x", "unknown field", ""),
    (COMPETENCIES, r"^good = ", "best = 1\ngood = ", f"{EMOTIONS}.interview[1].best", "unknown", ""),
    (COMPETENCIES, r"^short_name = ", "long_name = 1\nshort_name = ", f"{EMOTIONS}.long_name", "unknown", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "pattern", "replacement", "field", "problem", "blamed"), SPOILT)
def test_a_spoilt_bank_is_refused_with_file_and_field(  # noqa: PLR0917 - a table's columns
    bank: Path, file: str, pattern: str, replacement: str, field: str, problem: str, blamed: str
) -> None:
    edit(bank, file, pattern, replacement)
    said_file, said_field, said_problem = refused(bank)
    assert said_file == f"service-ei/{blamed or file}"
    assert said_field == field
    assert problem in said_problem


def test_an_option_too_many_in_the_key(bank: Path) -> None:
    append(bank, KEY, '[scenarios.forgotten-friday.z]\nvalue = 1\nrationale = "No."\nsources = []')
    assert refused(bank) == (
        "service-ei/keys/theory-1.toml",
        "scenarios.forgotten-friday.z",
        "the scenario has no such option",
    )


def test_two_scenarios_of_one_name(bank: Path) -> None:
    text = (bank / SCENARIO).read_text(encoding="utf-8")
    (bank / "scenarios" / "speaking-up" / "forgotten-friday.toml").write_text(text, encoding="utf-8")
    assert refused(bank) == (
        "service-ei/scenarios/speaking-up/forgotten-friday.toml",
        "id",
        "service-ei/scenarios/recovery/forgotten-friday.toml has the same",
    )


def test_a_table_where_a_text_is_expected_and_the_other_way_round(bank: Path) -> None:
    edit(bank, "bank.toml", r"^\[notice\]", "notice = 1\n[other]")
    assert refused(bank)[1:] == (
        "prompts.emotions.PICK_BEST.notice",
        "unknown field; known are bottom, question, top",
    )


@pytest.mark.parametrize("file", ["bank.toml", COMPETENCIES, "sources.toml", KEY, FORM, SCENARIO])
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda path: path.write_bytes(b'id = "caf\xe9"'), "is not UTF-8 text"),
        (lambda path: path.write_bytes(b"#" * (catalog.MAX_FILE_BYTES + 1)), "is larger than 2,000,000 bytes"),
        (lambda path: path.write_text("id = ", encoding="utf-8"), "is not TOML"),
        (lambda path: path.write_text("a = " + "[" * 5000, encoding="utf-8"), "is not TOML"),
    ],
    ids=["encoding", "size", "syntax", "depth"],
)
def test_a_file_that_is_no_toml(bank: Path, file: str, spoil: Callable[[Path], object], problem: str) -> None:
    spoil(bank / file)
    said_file, field, said_problem = refused(bank)
    assert said_file == f"service-ei/{file}"
    assert field == ""
    assert problem in said_problem


@pytest.mark.parametrize("file", ["bank.toml", COMPETENCIES, "sources.toml", KEY])
def test_a_file_that_is_missing(bank: Path, file: str) -> None:
    (bank / file).unlink()
    assert refused(bank) == (f"service-ei/{file}", "", "is missing or cannot be read")


def test_a_scenario_file_that_is_missing(bank: Path) -> None:
    (bank / SCENARIO).unlink()
    assert refused(bank)[1:] == ("scenarios", "the bank has no scenario 'forgotten-friday'")


@pytest.mark.parametrize("text", ["[]", "3", "null"])
def test_pinned_content_that_is_no_table(text: str) -> None:
    with pytest.raises(BankError, match="expected a table of fields"):
        decode_pinned_key(text)


def test_the_shipped_bank_is_what_the_product_promises(bank: Path) -> None:
    loaded = load(bank)
    members = [scenario.competency for scenario in loaded.form.scenarios]
    assert len(loaded.form.scenarios) >= 16
    assert len(loaded.bank.model.competency_ids) == 8
    assert all(members.count(competency) >= 2 for competency in loaded.bank.model.competency_ids)
    assert {scenario.style for scenario in loaded.form.scenarios} >= {
        "analytical",
        "personal",
        "functional",
        "intuitive",
    }
    assert loaded.key.method == "THEORY"
    assert loaded.key.experts == 0


def test_every_option_of_the_shipped_key_has_a_reason_and_known_sources(bank: Path) -> None:
    loaded = load(bank)
    for options in loaded.key.credits.values():
        for credit in options.values():
            assert credit.rationale
            assert credit.sources
            assert set(credit.sources) <= set(loaded.bank.sources)


def test_toml_is_read_as_it_is(bank: Path) -> None:
    content = read_toml(bank / KEY)
    assert content == tomllib.loads((bank / KEY).read_text(encoding="utf-8"))
    assert json.loads(load(bank).key_json) == content
