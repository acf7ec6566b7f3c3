"""A clean bank is clean; of each rule one violation is planted, and found with its file and field."""

from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.banks.checks.checking import check_bank
from tests.banks.checks.finding import found, said
from tests.banks.small_bank import (
    COLD_SOUP,
    FORM,
    FORM_FILE,
    KEY,
    LATE_BUS,
    LOST_KEY,
    PRACTICE,
    QUIET_CALLER,
    edit,
    write,
)

SHIPPED = sorted(folder.name for folder in data_folder("question_banks").iterdir() if folder.is_dir())
COMPETENCIES = "competencies.toml"
SHORT = '"You ask her to wait."'
LONG = f'"You say {"so many kind words to her, " * 5} and more."'
BARE = '"You say nothing to her and you go on with your work"'
HARD = (
    '"Notwithstanding considerable organisational difficulties, representatives immediately communicate alternative '
    'accommodation possibilities, consistently demonstrating extraordinary professional sensitivity."'
)


def test_the_small_bank_loads_and_is_clean(small: Path) -> None:
    loaded = load_form(FORM, (small.parent,))
    report = check_bank(small)
    assert report.findings == ()
    assert (report.bank, report.usable, report.scenarios, report.practice) == ("small", True, 4, 1)
    assert (report.keys, report.forms, len(loaded.form.scenarios)) == (1, 1, 4)


@pytest.mark.parametrize("bank", SHIPPED)
def test_every_bank_that_we_ship_has_no_errors(bank: str) -> None:
    report = check_bank(data_folder("question_banks") / bank)
    assert report.usable
    assert report.errors == ()


PLANTED: list[tuple[str, str, str, str, str, str]] = [
    # rule, severity, file, field, pattern, replacement
    ("id", "error", "bank.toml", "id", r'^id = "small"', 'id = "large"'),
    ("id", "error", LOST_KEY, "id", r'^id = "lost-key"', 'id = "found-key"'),
    ("id", "error", LOST_KEY, "options[1].id", r'^id = "a"', 'id = "A 1"'),
    ("id", "error", KEY, "id", r'^id = "theory-1"', 'id = "theory-2"'),
    ("id", "error", FORM_FILE, "id", r'^id = "small-a"', 'id = "small-b"'),
    ("version", "error", "bank.toml", "version", r"^version = 1", "version = 0"),
    ("version", "error", LOST_KEY, "version", r"^version = 1", "version = 0"),
    ("version", "error", KEY, "version", r"^version = 1", "version = -1"),
    ("version", "error", FORM_FILE, "version", r"^version = 1", "version = 0"),
    ("field", "error", LOST_KEY, "title", r"^title = .*\n", ""),
    ("field", "error", LOST_KEY, "titel", r"^title = ", 'titel = "a"\ntitle = '),
    ("field", "error", LOST_KEY, "options", r'^id = "b"', 'id = "a"'),
    ("field", "error", KEY, "scenarios.lost-key.a.value", r"^value = 1.0", "value = 7"),
    ("field", "error", KEY, "scenarios.lost-key.a.rationale", r"^rationale = .*", 'rationale = ""'),
    ("field", "error", FORM_FILE, "format", r"RATE_EACH", "GUESS"),
    ("field", "error", FORM_FILE, "prompts", r"RATE_EACH", "RANK"),
    ("field", "error", FORM_FILE, "scenarios", r"^scenarios = .*", "scenarios = 1"),
    ("field", "error", FORM_FILE, "practice", r"^practice = .*", "practice = []"),
    ("field", "error", "bank.toml", "scales.responses.labels", r'^labels = \["Very ineffective", ', "labels = ["),
    ("field", "error", "bank.toml", "prompts.responses.RATE_EACH", "responses.PICK.*]", "responses.RATE_EACH]"),
    ("field", "error", "bank.toml", "coverage.scenarios", r"^\[notice\]", "[coverage]\nscenarios = 0\n[notice]"),
    ("field", "error", "bank.toml", "coverage.people", r"^\[notice\]", "[coverage]\npeople = 1\n[notice]"),
    ("field", "error", COMPETENCIES, "groups[1].competencies", r'\["recovery", ', '["charm", "recovery", '),
    ("scale", "error", KEY, "scale", r"^scale = .*", "scale = [0, 7]"),
    ("competency", "error", LOST_KEY, "competency", r"^competency = .*", 'competency = "charm"'),
    ("competency", "error", LOST_KEY, "competency", r"^competency = .*\n", ""),
    ("competency", "error", COMPETENCIES, "competencies.recovery", r'\["recovery", ', "["),
    ("style", "error", LOST_KEY, "style", r"^style = .*", 'style = "odd"'),
    ("source", "error", LOST_KEY, "sources", r"^sources = .*", 'sources = ["own-it", "hearsay"]'),
    ("source", "error", LOST_KEY, "sources", r"^sources = .*", "sources = []"),
    ("source", "error", KEY, "scenarios.lost-key.a.sources", r"^sources = .*", 'sources = ["hearsay"]'),
    ("practice", "error", LOST_KEY, "options[1].feedback", r'^text = "You ask', 'feedback = "Bad."\ntext = "You ask'),
    ("practice", "error", PRACTICE, "options[1].feedback", r"^feedback = .*\n", ""),
    ("practice", "error", PRACTICE, "style", r"^trade = ", 'style = "personal"\ntrade = '),
    ("practice", "error", PRACTICE, "twin", r"^version = 1", 'version = 1\ntwin = "lost-key"'),
    ("key", "error", KEY, "scenarios.lost-key.a", r"^\[scenarios.lost-key.a\]\n(.+\n)+", ""),
    ("key", "error", KEY, "scenarios.lost-key.z", r"\Z", "\n[scenarios.lost-key.z]\nvalue = 1"),
    ("key", "error", KEY, "scenarios.nowhere", r"\Z", "\n[scenarios.nowhere.a]\nvalue = 1"),
    ("form", "error", FORM_FILE, "scenarios", r'"lost-key"', '"lost-keys"'),
    ("form", "error", FORM_FILE, "scenarios", r'"lost-key"', '"cold-soup"'),
    ("form", "error", FORM_FILE, "scenarios", r'"lost-key"', '"practice-wet-coat"'),
    ("form", "error", FORM_FILE, "practice", r'"practice-wet-coat"', '"lost-key"'),
    ("form", "error", FORM_FILE, "practice", r'"practice-wet-coat"', '"practice-dry-coat"'),
    ("form", "error", FORM_FILE, "key", r"^key = .*", 'key = "expert-1"'),
    ("situation-length", "error", LOST_KEY, "situation", r"^situation = .*", f"situation = {SHORT}"),
    ("situation-length", "error", PRACTICE, "situation", r"^situation = .*", f'situation = "{"so on " * 46}"'),
    ("option-count", "error", LOST_KEY, "options", r'\[\[options\]\]\nid = "d"\ntext = .*', ""),
    ("option-length", "error", LOST_KEY, "options[1].text", r"^text = .*", f"text = {SHORT}"),
    ("option-length", "error", LOST_KEY, "options[1].text", r"^text = .*", f"text = {LONG}"),
    ("option-length", "error", LATE_BUS, "options[1].text", r"^text = .*", 'text = "not sure what to feel"'),
    ("reading-grade", "error", LOST_KEY, "", r"^situation = .*", f"situation = {HARD}"),
    ("key-steps", "error", KEY, "scenarios.lost-key.a.value", r"^value = 1.0", "value = 1.25"),
    ("rationale-sources", "error", KEY, "scenarios.lost-key.a.sources", r"^sources = .*", "sources = []"),
    ("banned-word", "error", LOST_KEY, "options[1].text", r'^text = "You ask', 'text = "Unfortunately, you ask'),
    ("banned-word", "error", LOST_KEY, "title", r"^title = .*", 'title = "Help!"'),
    ("banned-word", "error", PRACTICE, "options[1].feedback", r'^feedback = "', 'feedback = "As per rule: '),
    ("stereotype", "advice", LOST_KEY, "situation", r'^situation = "You', 'situation = "An elderly guest waits. You'),
    ("stereotype", "advice", LOST_KEY, "options[1].text", r'^text = "You ask', 'text = "For \u20ac5, you ask'),
    ("odd-character", "error", LOST_KEY, "title", r"^title = .*", 'title = "lost\u202ekey"'),
    ("odd-character", "error", LOST_KEY, "title", r"^title = .*", 'title = "lost \ufffd key"'),
    ("spreadsheet-letter", "error", LOST_KEY, "situation", r'^situation = "', 'situation = "Wait._x000D_ '),
    ("spreadsheet-letter", "error", PRACTICE, "options[1].feedback", r'^feedback = "', 'feedback = "A_x000a_B '),
    ("spreadsheet-letter", "error", KEY, "scenarios.lost-key.a.rationale", r'^rationale = "', 'rationale = "_x005F_'),
    ("spreadsheet-letter", "error", FORM_FILE, "title", r"^title = .*", 'title = "Small_x0009_"'),
    ("spreadsheet-letter", "error", "bank.toml", "notice.sees[1]", r'^sees = \["', 'sees = ["_x000D_'),
    ("spreadsheet-letter", "error", COMPETENCIES, "groups[1].definition", r'^definition = "', 'definition = "_x000D_'),
    ("spreadsheet-letter", "error", "sources.toml", "sources.sincere-apology.title", r"A study", "A _x0D0A_ study"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "file", "field", "pattern", "replacement"), PLANTED)
def test_a_planted_violation_is_found(  # noqa: PLR0917 - a table's columns
    small: Path, rule: str, severity: str, file: str, field: str, pattern: str, replacement: str
) -> None:
    edit(small, file, pattern, replacement)
    findings = found(small, rule)
    assert said(findings) == [(severity, file, field)]
    assert findings[0].message
    assert findings[0].mend


@pytest.mark.parametrize("harmless", ["x000D_", "_x00D_", "_x000G_", "a_x_b_", "_X000D_"])
def test_what_only_looks_like_a_letter_of_a_spreadsheet_is_none(small: Path, harmless: str) -> None:
    edit(small, LOST_KEY, r"^title = .*", f'title = "{harmless}"')
    assert found(small, "spreadsheet-letter") == []


def set_values(bank: Path, scenario: str, *values: float) -> None:
    for option, value in zip("abcde", values, strict=False):
        edit(
            bank,
            KEY,
            rf"^\[scenarios.{scenario}.{option}\]\nvalue = .*",
            f"[scenarios.{scenario}.{option}]\nvalue = {value}",
        )


def test_a_scenario_without_a_scale(small: Path) -> None:
    edit(small, "bank.toml", r"^\[scales.emotions\]\n(.+\n)+", "")
    assert said(found(small, "scale")) == [("error", LATE_BUS, "kind"), ("error", QUIET_CALLER, "kind")]
    assert said(found(small, "field")) == [("error", FORM_FILE, "scales")]


def test_a_kind_that_nobody_knows(small: Path) -> None:
    edit(small, "bank.toml", r"^\[scales.emotions\]", "[scales.pictures]")
    assert said(found(small, "field")) == [("error", "bank.toml", "scales.pictures"), ("error", FORM_FILE, "scales")]


def test_a_folder_that_is_not_the_competency(small: Path) -> None:
    (small / "scenarios" / "speaking-up").mkdir()
    (small / LOST_KEY).rename(small / "scenarios" / "speaking-up" / "lost-key.toml")
    findings = found(small, "competency")
    assert said(findings) == [("error", "scenarios/speaking-up/lost-key.toml", "competency")]
    assert "'recovery', the folder is 'speaking-up'" in findings[0].message


def test_a_competency_that_the_model_does_not_have(small: Path) -> None:
    edit(small, COMPETENCIES, r"\[competencies.recovery\]", "[competencies.recovering]")
    edit(small, COMPETENCIES, r"\[\[competencies.recovery.interview\]\]", "[[competencies.recovering.interview]]")
    edit(small, COMPETENCIES, r'\["recovery"', '["recovering"')
    findings = found(small, "competency")
    assert said(findings) == [("error", COLD_SOUP, "competency"), ("error", LOST_KEY, "competency")]


def test_two_scenarios_of_one_name(small: Path) -> None:
    write(small, "scenarios/understanding-emotions/lost-key.toml", (small / LOST_KEY).read_text(encoding="utf-8"))
    twin = "scenarios/understanding-emotions/lost-key.toml"
    assert said(found(small, "id")) == [("error", twin, "id")]
    assert said(found(small, "near-duplicate")) == [("error", twin, "situation")]


def test_file_names_that_are_no_ids(small: Path) -> None:
    (small / LOST_KEY).rename(small / "scenarios" / "recovery" / "Lost key.toml")
    (small / FORM_FILE).rename(small / "forms" / "Small_A.toml")
    messages = [finding.message for finding in found(small, "id")]
    assert sum("is not an id" in message for message in messages) == 2
    assert sum("the file's name" in message for message in messages) == 2


def test_a_scenario_without_any_key(small: Path) -> None:
    edit(small, KEY, r"(?s)^\[scenarios.lost-key.a\].*?(?=\[scenarios.cold-soup)", "")
    assert said(found(small, "key")) == [("error", KEY, "scenarios.lost-key")]


def test_a_bank_without_keys_and_forms(small: Path) -> None:
    (small / KEY).unlink()
    (small / FORM_FILE).unlink()
    (small / "forms").rmdir()
    assert said(found(small, "key")) == [("error", "keys", "")]
    assert said(found(small, "form")) == [("advice", "forms", "")]


def test_a_form_that_nobody_could_sit(small: Path) -> None:
    names = ", ".join(f'"s{number}"' for number in range(201))
    edit(small, FORM_FILE, r"^scenarios = .*", f"scenarios = [{names}]")
    assert "names 201 scenarios" in found(small, "form")[0].message + found(small, "form")[1].message


def test_options_that_do_not_discriminate(small: Path) -> None:
    set_values(small, "late-bus", 2.0, 2.5, 1.0, 2.0, 1.5)
    set_values(small, "lost-key", 1.0, 6.0, 2.75, 4.4)
    assert said(found(small, "key-apart")) == [("error", KEY, "scenarios.late-bus")]
    assert said(found(small, "key-close")) == [("error", KEY, "scenarios.lost-key")]
    assert len(found(small, "key-steps")) == 2


def test_only_a_key_of_theory_keeps_to_half_steps(small: Path) -> None:
    edit(small, KEY, r'^method = "THEORY"', 'method = "EXPERT"')
    set_values(small, "lost-key", 1.13, 5.42, 4.37, 1.58)
    assert found(small, "key-steps") == []


@pytest.mark.parametrize("rationale", ["It is bad.", "so " * 46])
def test_reasons_that_teach_too_little_or_too_much(small: Path, rationale: str) -> None:
    edit(small, KEY, r"^rationale = .*", f'rationale = "{rationale}"')
    assert said(found(small, "rationale-length")) == [("advice", KEY, "scenarios.lost-key.a.rationale")]


def test_keys_in_the_middle(small: Path) -> None:
    set_values(small, "late-bus", 3.5, 3.0, 4.0, 3.5, 1.0)
    findings = found(small, "key-middle")
    assert said(findings) == [("advice", KEY, "")]
    assert "4 of 18 options lie within 0.5 of 3.5" in findings[0].message


def test_two_options_that_say_the_same(small: Path) -> None:
    again = "HERE is a new key, Ms Brandt; it should work this time. So tell me if it does not"
    edit(small, LOST_KEY, r'^id = "d"\ntext = .*', f'id = "d"\ntext = "{again}"')
    assert said(found(small, "near-duplicate")) == [("error", LOST_KEY, "options[4].text")]


def test_a_scene_with_other_names(small: Path) -> None:
    text = (small / LOST_KEY).read_text(encoding="utf-8")
    other = text.replace("Ola Brandt", "Bo Lind").replace('id = "lost-key"', 'id = "locked-out"').replace("four", "six")
    write(small, "scenarios/recovery/locked-out.toml", other)
    findings = found(small, "near-duplicate")
    assert said(findings) == [("error", LOST_KEY, "situation")]
    assert "locked-out.toml (84%" in findings[0].message


def test_rather_hard_to_read_is_advice(small: Path) -> None:
    middling = (
        "Yesterday a customer of your international hotel reported that her luggage had gone to another address, and "
        "reception promised in the morning that a courier would definitely deliver it before noon, which he did not. "
        "Now she telephones, audibly exhausted, to explain that an important meeting begins in twenty minutes, "
        "and that she has absolutely nothing suitable to wear for the occasion."
    )
    edit(small, LOST_KEY, r"^situation = .*", f'situation = "{middling}"')
    assert said(found(small, "reading-grade")) == [("advice", LOST_KEY, "")]


def test_other_languages_have_rules_of_their_own(small: Path) -> None:
    edit(small, LOST_KEY, r"^situation = .*", f'situation = {HARD[:-1]} Unfortunately, dollars!"')
    assert found(small, "reading-grade")
    assert found(small, "banned-word")
    assert found(small, "stereotype")
    edit(small, "bank.toml", r'^language = "en"', 'language = "de"')
    assert found(small, "reading-grade") + found(small, "banned-word") + found(small, "stereotype") == []
    edit(small, "bank.toml", r'^language = "de"', 'language = "en-GB"')
    assert found(small, "banned-word")


def test_letters_that_join_others_are_no_odd_characters(small: Path) -> None:
    edit(small, LOST_KEY, r"^title = .*", 'title = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"')
    assert found(small, "odd-character") == []
