"""A synthetic bank to assemble forms from: as scenarios in memory, and as files."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eiassess.banks.writing import toml_text
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import ResponseInstruction
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.domain.specifications import ContentSpecification, ScenarioPool, ScenarioStatistics
from tests.builders import make_form

COMPETENCIES = ("reading", "soothing", "composure", "listening", "adapting", "recovery", "ownership", "speaking-up")
CHANNELS = ("counter", "phone", "chat", "e-mail", "social media", "doorstep", "colleague to colleague", "lead")
STYLES = ("analytical", "personal", "functional", "intuitive", None)
TRADES = ("retail", "hotel", "telecom", "bank", "public office", "delivery", "repair", "travel")
NAMES = {name: name.replace("-", " ").capitalize() for name in (*COMPETENCIES, *filter(None, STYLES))}


def make_member(number: int, competency: str, chance: random.Random) -> Scenario:
    """Make a scenario whose words and facets vary."""
    is_emotions = competency == "reading"
    options = 5 if is_emotions else 4
    return Scenario(
        id=f"{competency}-{number}",
        version=1,
        title=f"{competency} {number}",
        kind=ScenarioKind.EMOTIONS if is_emotions else ScenarioKind.RESPONSES,
        channel=CHANNELS[(number + COMPETENCIES.index(competency)) % len(CHANNELS)],
        trade=chance.choice(TRADES),
        situation=" ".join(["word"] * chance.randint(60, 110)),
        options=tuple(ResponseOption(name, "An option of five words.") for name in "abcde"[:options]),
        competency=competency,
        style=chance.choice(STYLES),
        sources=("own-it",),
    )


def make_members(per_competency: int = 8, competencies: Sequence[str] = COMPETENCIES, seed: int = 1) -> list[Scenario]:
    chance = random.Random(seed)  # noqa: S311 - a test's bank
    return [make_member(number, name, chance) for number in range(1, per_competency + 1) for name in competencies]


def make_twins(members: Sequence[Scenario]) -> list[Scenario]:
    """Let scenarios 1 and 2, 3 and 4 and so on of each competency name each other as twins."""
    return [replace(each, twin=twin_of(each.id)) for each in members]


def twin_of(name: str) -> str:
    """Name the other half: ``recovery-2`` of ``recovery-1``, and the other way round."""
    competency, _, number = name.rpartition("-")
    return f"{competency}-{int(number) + (1 if int(number) % 2 else -1)}"


def make_pool(
    members: Sequence[Scenario] | None = None,
    *,
    statistics: Mapping[str, ScenarioStatistics] | None = None,
    unusable: Mapping[str, str] | None = None,
) -> ScenarioPool:
    members = make_members() if members is None else members
    return ScenarioPool(make_form(members), statistics or {}, unusable or {}, NAMES)


def make_specification(scenarios: Mapping[str, int] | int = 3, **changes: Any) -> ContentSpecification:
    numbers = dict.fromkeys(COMPETENCIES, scenarios) if isinstance(scenarios, int) else scenarios
    specification = ContentSpecification(
        id="standard",
        title="Standard form",
        bank="a-bank",
        key_id="theory-1",
        format=ResponseFormat.RATE_EACH,
        instruction=ResponseInstruction.SHOULD_DO,
        practice=("practice-one",),
        scenarios=numbers,
    )
    return replace(specification, **changes)


SPECIFICATION: dict[str, Any] = {
    "id": "trial",
    "title": "Trial form",
    "format": "RATE_EACH",
    "instruction": "SHOULD_DO",
    "key": "theory-1",
    "practice": ["practice-one"],
    "scenarios": 2,
}


def write_bank(folder: Path, members: Sequence[Scenario] | None = None) -> Path:
    """Write a bank of files with a key for everything, a form and a specification; returns its folder."""
    members = make_members(4) if members is None else members
    scale = {"minimum": 1, "maximum": 6, "labels": list("abcdef"), "question": "How?"}
    texts = dict.fromkeys(("measures", "decides", "key_status", "adjustments", "stored"), "x")
    evidence = dict.fromkeys(("key", "norms", "reliability", "not_measured", "anchors"), "x")
    write(
        folder / "bank.toml",
        id=folder.name,
        version=1,
        title="A bank",
        language="en",
        scales={"responses": scale, "emotions": scale},
        prompts={"responses": {"PICK_BEST": {"question": "Which?", "top": "Best"}}},
        notice={**texts, "sees": ["x"], "rights": ["x"]},
        evidence=evidence,
    )
    write(folder / "competencies.toml", **_model())
    source = dict.fromkeys(("title", "establishes", "document", "kind"), "x")
    write(folder / "sources.toml", sources={"own-it": source})
    for scenario in members:
        write(folder / "scenarios" / str(scenario.competency) / f"{scenario.id}.toml", **_scenario(scenario))
    practice = replace(members[-1], id="practice-one", competency=None, style=None, sources=())
    write(folder / "scenarios" / "practice" / "practice-one.toml", **_scenario(practice))
    write_key(folder, members)
    fields = {name: value for name, value in SPECIFICATION.items() if name not in {"id", "title"}}
    write(
        folder / "forms" / "old.toml",
        **{**fields, "id": "old", "version": 4, "title": "Old", "scenarios": [members[0].id]},
    )
    write(folder / "specifications" / "trial.toml", **SPECIFICATION)
    return folder


def write_key(folder: Path, members: Sequence[Scenario]) -> None:
    credit = {"value": 2.5, "rationale": "Because.", "sources": ["own-it"]}
    entries = {scenario.id: dict.fromkeys(scenario.option_ids, credit) for scenario in members}
    write(
        folder / "keys" / "theory-1.toml",
        id="theory-1",
        version=1,
        method="THEORY",
        experts=0,
        scale=[1, 6],
        scenarios=entries,
    )


def write(path: Path, **content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml_text(content), encoding="utf-8")


def _model() -> dict[str, object]:
    fields = ("short_name", "definition", "close_to_key", "far_from_key", "candidate_feedback")
    interview = [{"question": "x", "good": "x", "poor": "x"}]
    competency = {**dict.fromkeys(fields, "x"), "interview": interview}
    style = {"description": "x", "interview": interview}
    return {
        "version": 1,
        "groups": [{"id": "all", "name": "All", "definition": "x", "competencies": list(COMPETENCIES)}],
        "competencies": {name: {"name": NAMES[name], **competency} for name in COMPETENCIES},
        "styles": {name: {"name": NAMES[name], **style} for name in STYLES if name},
    }


def _scenario(scenario: Scenario) -> dict[str, object]:
    plain = {name: getattr(scenario, name) for name in ("id", "version", "title", "channel", "trade", "situation")}
    names = ("competency", "style", "twin")
    optional = {**{name: getattr(scenario, name) for name in names}, "sources": list(scenario.sources)}
    options = [{"id": option.id, "text": option.text} for option in scenario.options]
    kept = {name: value for name, value in optional.items() if value}
    return {**plain, "kind": str(scenario.kind), **kept, "options": options}
