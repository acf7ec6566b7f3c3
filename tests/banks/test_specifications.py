"""A specification is read with what its bank has for it; a spoilt one is refused with file and field."""

from pathlib import Path
from typing import Any

import pytest

from eiassess._resources import data_folder
from eiassess.banks.forms.specifications import LoadedSpecification, load_specification
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import ResponseInstruction
from eiassess.domain.specifications import CountRule, Facet, GroupRule, TwinRule, WordLimits
from eiassess.errors import BankError, InvalidInputError, NotFoundError
from tests.assembling import (
    COMPETENCIES,
    SPECIFICATION,
    make_members,
    make_twins,
    twin_of,
    write,
    write_bank,
    write_key,
)

FILE = "mine/specifications/trial.toml"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "banks" / "mine")


def load(bank: Path, **changes: Any) -> LoadedSpecification:
    content = {name: value for name, value in {**SPECIFICATION, **changes}.items() if value is not None}
    write(bank / "specifications" / "trial.toml", **content)
    return load_specification("trial", (bank.parent,))


def refused(bank: Path, **changes: Any) -> tuple[str, str]:
    with pytest.raises(BankError) as caught:
        load(bank, **changes)
    assert caught.value.file == FILE
    return caught.value.field, caught.value.problem


def test_a_specification_says_little_by_default(mine: Path) -> None:
    loaded = load(mine)
    specification = loaded.specification
    assert (specification.id, specification.title, specification.bank) == ("trial", "Trial form", "mine")
    assert specification.format is ResponseFormat.RATE_EACH
    assert specification.instruction is ResponseInstruction.SHOULD_DO
    assert (specification.key_id, specification.practice) == ("theory-1", ("practice-one",))
    assert specification.scenarios == dict.fromkeys(COMPETENCIES, 2)
    assert (specification.counts, specification.words, specification.minutes) == ((), WordLimits(), None)
    assert (specification.overlap, specification.must_include, specification.never_together) == (0, (), ())
    assert (specification.groups, specification.twins) == ((), TwinRule(0, across=False))
    assert len(loaded.pool.scenarios) == 32
    assert "practice-one" not in loaded.pool.form.scenario_ids
    assert loaded.pool.names["speaking-up"] == "Speaking up"
    assert loaded.pool.names["analytical"] == "Analytical"
    assert loaded.form_folder == mine / "forms"
    assert (loaded.other_forms, loaded.not_keyed, loaded.pool.unusable) == ((), (), {})


def test_a_specification_can_say_much(mine: Path) -> None:
    loaded = load(
        mine,
        scenarios={"recovery": 3, "reading": 0},
        channels={"e-mail": {"minimum": 1, "maximum": 2}},
        styles={"analytical": {"minimum": 1}},
        trades={"hotel": {"maximum": 2}},
        kinds={"emotions": {"maximum": 0}},
        combinations=[{"competency": "recovery", "channel": "phone", "minimum": 1}],
        words={"minimum": 300, "maximum": 900, "target": 500},
        minutes={"maximum": 12.5},
        overlap=1,
        must_include=["recovery-1", "recovery-1"],
        never_together=[{"scenarios": ["recovery-2", "recovery-3"], "reason": "Both are about a parcel."}],
        groups=[
            {"name": "with the grain", "scenarios": ["recovery-1", "reading-2"], "minimum": 1, "maximum": 1},
            {"name": "against it", "scenarios": ["recovery-2"], "maximum": 0},
            {"name": "warm", "scenarios": ["recovery-3"], "minimum": 1},
        ],
        twins={"minimum": 20, "across": True},
    )
    specification = loaded.specification
    assert specification.scenarios == {"recovery": 3}
    assert specification.counts == (
        CountRule({Facet.CHANNEL: "e-mail"}, 1, 2),
        CountRule({Facet.STYLE: "analytical"}, 1),
        CountRule({Facet.TRADE: "hotel"}, 0, 2),
        CountRule({Facet.KIND: "emotions"}, 0, 0),
        CountRule({Facet.COMPETENCY: "recovery", Facet.CHANNEL: "phone"}, 1),
    )
    assert specification.words == WordLimits(300, 900, 500)
    assert (specification.minutes, specification.overlap) == (12.5, 1)
    assert specification.must_include == ("recovery-1",)
    assert specification.never_together == (("recovery-2", "recovery-3"),)
    assert specification.groups == (
        GroupRule("with the grain", frozenset({"recovery-1", "reading-2"}), 1, 1),
        GroupRule("against it", frozenset({"recovery-2"}), 0, 0),
        GroupRule("warm", frozenset({"recovery-3"}), 1),
    )
    assert specification.twins == TwinRule(20, across=True)


def test_why_scenarios_may_not_be_taken(mine: Path) -> None:
    members = make_members(4)
    write_key(mine, members[:-1])
    retired = mine / "scenarios" / "recovery" / "recovery-3.toml"
    retired.write_text(f'status = "retired"\n{retired.read_text(encoding="utf-8")}', encoding="utf-8")
    loaded = load(mine, must_exclude=["recovery-1"], exclude_forms=["old"])
    assert loaded.pool.unusable == {
        "recovery-1": "must_exclude names it",
        "recovery-3": "its status is retired",
        members[0].id: "it or its twin stands in form old, which exclude_forms names",
        members[-1].id: "key theory-1 does not cover it",
    }
    assert not set(loaded.pool.unusable) & set(loaded.pool.form.scenario_ids)
    assert len(loaded.pool.scenarios) == 28
    assert loaded.not_keyed == (members[-1].id,)
    assert loaded.other_forms == ("old",)


def test_a_scenario_that_is_keyed_in_part_is_not_keyed(mine: Path) -> None:
    path = mine / "keys" / "theory-1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[scenarios.recovery-1.d]", "[scenarios.recovery-1.z]"))
    assert load(mine).not_keyed == ("recovery-1",)


def test_a_key_outside_the_bank(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "keys" / "mine").mkdir(parents=True)
    (mine / "keys" / "theory-1.toml").rename(tmp_path / "keys" / "mine" / "theory-1.toml")
    assert load_specification("trial", (mine.parent,), key_folders=(tmp_path / "keys",)).not_keyed == ()
    with pytest.raises(BankError, match=r"mine/keys/theory-1\.toml: is missing"):
        load(mine)


def test_forms_to_avoid_are_avoided_not_refused(mine: Path) -> None:
    loaded = load(mine, avoid_forms=["old"])
    assert loaded.specification.avoid == {make_members(4)[0].id}
    assert loaded.pool.unusable == {}


def test_whoever_met_one_half_meets_no_other(tmp_path: Path) -> None:
    members = make_twins(make_members(4))
    paired = write_bank(tmp_path / "banks" / "mine", members)
    met = members[0].id
    reason = "it or its twin stands in form old, which exclude_forms names"
    assert load(paired, exclude_forms=["old"]).pool.unusable == dict.fromkeys((met, twin_of(met)), reason)
    assert load(paired, avoid_forms=["old"]).specification.avoid == {met, twin_of(met)}


@pytest.mark.parametrize("silent", [0, 1])
def test_one_halfs_word_is_enough(tmp_path: Path, silent: int) -> None:
    members = make_members(4)
    met = members[0].id
    pair = {each.id: each for each in make_twins(members) if each.id in {met, twin_of(met)}}
    pair[(met, twin_of(met))[silent]] = next(each for each in members if each.id == (met, twin_of(met))[silent])
    paired = write_bank(tmp_path / "banks" / "mine", [pair.get(each.id, each) for each in members])
    assert set(load(paired, exclude_forms=["old"]).pool.unusable) == {met, twin_of(met)}
    assert load(paired, avoid_forms=["old"]).specification.avoid == {met, twin_of(met)}


def test_a_form_with_both_halves_names_itself_for_both(tmp_path: Path) -> None:
    members = make_twins(make_members(4))
    paired = write_bank(tmp_path / "banks" / "mine", members)
    both = ["recovery-1", "recovery-2"]
    old = (paired / "forms" / "old.toml").read_text(encoding="utf-8")
    text = old.replace(f'scenarios = ["{members[0].id}"]', f"scenarios = {both}").replace("'", '"')
    (paired / "forms" / "old.toml").write_text(text, encoding="utf-8")
    assert set(load(paired, exclude_forms=["old"]).pool.unusable) == set(both)


def test_statistics_beside_the_specification(mine: Path) -> None:
    csv = mine / "specifications" / "trial.csv"
    csv.write_text("scenario,difficulty,information\nrecovery-1,0.5,1\n", encoding="utf-8")
    assert load(mine, statistics="trial.csv").pool.statistics["recovery-1"].difficulty == 0.5
    csv.write_text("scenario,difficulty,information\nnobody,0.5,1\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="line 2, column scenario: nobody is not in the bank"):
        load(mine, statistics="trial.csv")
    assert refused(mine, statistics="none.csv") == (
        "statistics",
        "there is no file 'none.csv' beside the specification",
    )


CHANNELS = ", ".join(sorted({each.channel for each in make_members(4)}))


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"title": None}, "title", "is missing"),
        ({"practice": None}, "practice", "is missing"),
        ({"practice": ["nobody"]}, "practice", "the bank has no scenario 'nobody'"),
        ({"colour": "red"}, "colour", "unknown field; known are avoid_forms, channels, combinations, exclude_forms, "),
        ({"id": "else"}, "id", "expected 'trial', the file's name"),
        ({"format": "GUESS"}, "format", "expected one of RATE_EACH, "),
        ({"format": "RANK"}, "prompts", "has no prompts."),
        ({"scenarios": None}, "scenarios", "is missing"),
        ({"scenarios": 0}, "scenarios", "expected a whole number from 1 up"),
        ({"scenarios": "two"}, "scenarios", "expected a whole number"),
        (
            {"scenarios": {"guessing": 2}},
            "scenarios.guessing",
            "the bank has no competency 'guessing'; it has reading, ",
        ),
        ({"scenarios": {"recovery": -1}}, "scenarios.recovery", "expected a whole number from 0 up"),
        ({"scenarios": {"recovery": 0}}, "scenarios", "expected a number of at least 1"),
        ({"channels": {"fax": {"minimum": 1}}}, "channels.fax", f"the bank has no channel 'fax'; it has {CHANNELS}"),
        ({"styles": {"loud": {"minimum": 1}}}, "styles.loud", "the bank has no style 'loud'; it has analytical, "),
        ({"trades": {"x": {"minimum": 1}}}, "trades.x", "the bank has no trade 'x'; it has "),
        ({"kinds": {"x": {"minimum": 1}}}, "kinds.x", "the bank has no kind 'x'; it has emotions, responses"),
        ({"channels": {"phone": 2}}, "channels.phone", "expected a table of fields"),
        ({"channels": {"phone": {}}}, "channels.phone.minimum", "expected a minimum, a maximum or both"),
        ({"channels": {"phone": {"most": 2}}}, "channels.phone.most", "unknown field; known are maximum, minimum"),
        (
            {"channels": {"phone": {"minimum": 3, "maximum": 2}}},
            "channels.phone.maximum",
            "expected at least 3, the minimum",
        ),
        ({"combinations": [{"minimum": 2}]}, "combinations[1].competency", "expected at least one of competency, "),
        (
            {"combinations": [{"channel": "fax", "minimum": 2}]},
            "combinations[1].channel",
            "the bank has no channel 'fax'; it has ",
        ),
        ({"words": {"least": 1}}, "words.least", "unknown field; known are maximum, minimum, target"),
        ({"words": {"minimum": 9, "maximum": 8}}, "words.maximum", "expected at least 9, the minimum"),
        ({"words": {"minimum": 9, "target": 8}}, "words.target", "expected a number between minimum and maximum"),
        ({"words": {"maximum": 9, "target": 10}}, "words.target", "expected a number between minimum and maximum"),
        ({"minutes": {"maximum": 0}}, "minutes.maximum", "expected a number from 1 to 1440"),
        ({"minutes": {"minimum": 5}}, "minutes.maximum", "is missing"),
        ({"overlap": -1}, "overlap", "expected a whole number from 0 up"),
        ({"must_include": ["nobody"]}, "must_include", "the bank has no scenario 'nobody'"),
        ({"must_exclude": ["practice-one"]}, "must_exclude", "the bank has no scenario 'practice-one'"),
        (
            {"never_together": [{"scenarios": ["recovery-1"]}]},
            "never_together[1].scenarios",
            "expected at least two scenarios",
        ),
        (
            {"never_together": [{"scenarios": ["recovery-1", "nobody"]}]},
            "never_together[1].scenarios",
            "the bank has no scenario 'nobody'",
        ),
        (
            {"groups": [{"name": "x", "scenarios": ["recovery-1"]}]},
            "groups[1].minimum",
            "expected a minimum, a maximum",
        ),
        ({"groups": [{"scenarios": ["recovery-1"], "minimum": 1}]}, "groups[1].name", "is missing"),
        ({"groups": [{"name": "x", "scenarios": ["nobody"], "minimum": 1}]}, "groups[1].scenarios", "the bank has no "),
        ({"groups": [{"name": "x", "minimum": 1}]}, "groups[1].scenarios", "expected at least one scenario"),
        ({"groups": [{"name": "x", "minimum": 2, "maximum": 1}]}, "groups[1].maximum", "expected at least 2, the "),
        (
            {"groups": [{"name": "x", "scenarios": ["recovery-1"], "minimum": 1, "least": 1}]},
            "groups[1].least",
            "unknown field; known are maximum, minimum, name, scenarios",
        ),
        ({"twins": {"minimum": -1}}, "twins.minimum", "expected a whole number from 0 up"),
        ({"twins": {"across": "yes"}}, "twins.across", "expected true or false"),
        ({"twins": {"apart": True}}, "twins.apart", "unknown field; known are across, minimum"),
        ({"exclude_forms": ["new"]}, "exclude_forms", "the bank has no form 'new'; it has old"),
        (
            {"must_exclude": [each.id for each in make_members(4)]},
            "key",
            "leaves no scenario to take: must_exclude names it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(mine: Path, changes: dict[str, Any], field: str, problem: str) -> None:
    said_field, said_problem = refused(mine, **changes)
    assert said_field == field
    assert said_problem.startswith(problem)


def test_a_specification_that_is_not_there(mine: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no specification 'x'; specifications here: trial"):
        load_specification("x", (mine.parent,))
    with pytest.raises(NotFoundError, match=r"There is no specification file 'x\.toml'"):
        load_specification("x.toml", (mine.parent,))


def test_a_bank_without_forms_has_none_to_exclude(mine: Path) -> None:
    (mine / "forms" / "old.toml").unlink()
    assert refused(mine, exclude_forms=["old"]) == ("exclude_forms", "the bank has no form 'old'; it has none")


def test_the_shipped_specifications_can_be_read(tmp_path: Path) -> None:
    """With empty forms in the place of those that they avoid."""
    shipped = data_folder("question_banks") / "service-ei"
    bank = tmp_path / "service-ei"
    for path in shipped.rglob("*.toml"):
        target = bank / path.relative_to(shipped)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name in ("standard-a", "standard-b"):
        (bank / "forms" / f"{name}.toml").write_text("scenarios = []\n", encoding="utf-8")
    lengths = {
        name: load_specification(name, (tmp_path,)).specification.length for name in ("standard", "screening", "short")
    }
    assert lengths == {"standard": 24, "screening": 16, "short": 16}
