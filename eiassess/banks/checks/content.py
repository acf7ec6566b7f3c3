"""What a bank holds as far as it can be read: the domain's own objects, with the fields that are not to be believed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan
from pathlib import PurePosixPath
from typing import Any, TypeVar

from eiassess.banks.catalog import PRACTICE
from eiassess.banks.checks.collecting import CollectingReader, Complaints
from eiassess.banks.checks.files import FORMS, KEYS, SCENARIOS, BankFiles
from eiassess.banks.checks.findings import Finding, as_finding
from eiassess.banks.decoding.bank import decode_bank, decode_coverage
from eiassess.banks.decoding.key import decode_key
from eiassess.banks.decoding.scales import decode_scales
from eiassess.banks.decoding.scenario import decode_scenario
from eiassess.banks.reading import TableReader
from eiassess.domain.banks import CoverageTargets, QuestionBank
from eiassess.domain.formats import RatingScale
from eiassess.domain.keys import OptionCredit, ScoringKey
from eiassess.domain.scenarios import Scenario, ScenarioKind

MAX_OPTIONS = 20

Decoded = TypeVar("Decoded")


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario with its file.

    Parameters
    ----------
    wrong
        Fields that could not be read; what stands for them in ``scenario`` says nothing.
    """

    file: str
    scenario: Scenario
    content: Mapping[str, Any]
    wrong: frozenset[str] = frozenset()

    @property
    def folder(self) -> str:
        """The folder's name: the competency, or ``practice``."""
        return PurePosixPath(self.file).parent.name

    @property
    def stem(self) -> str:
        """The id that the file's name gives: other files refer to it."""
        return PurePosixPath(self.file).stem

    @property
    def is_practice(self) -> bool:
        """Whether it only shows how answering works."""
        return self.folder == PRACTICE

    @property
    def has_kind(self) -> bool:
        """Whether one can say if its options are responses or emotions."""
        return "kind" not in self.wrong

    @property
    def is_of_responses(self) -> bool:
        """Whether its options are things to do or say."""
        return self.has_kind and self.scenario.kind is ScenarioKind.RESPONSES

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """What a candidate reads: field and text."""
        yield "situation", self.scenario.situation
        for place, option in enumerate(self.scenario.options, 1):
            yield f"options[{place}].text", option.text


@dataclass(frozen=True)
class KeyFile:
    """A key with its file."""

    file: str
    key: ScoringKey
    wrong: frozenset[str] = frozenset()

    @property
    def stem(self) -> str:
        """The id that the file's name gives: forms refer to it."""
        return PurePosixPath(self.file).stem

    def credits_of(self, scenario: ScenarioFile) -> dict[str, OptionCredit]:
        """Return the credits of a scenario's options whose values could be read."""
        of_key = self.key.credits.get(scenario.stem, {})
        options = dict.fromkeys(scenario.scenario.option_ids)
        return {name: of_key[name] for name in options if name in of_key and not isnan(of_key[name].value)}


@dataclass(frozen=True)
class FormFile:
    """A form as it is written: what it names."""

    file: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class CheckedBank:
    """A bank as far as it can be read.

    Parameters
    ----------
    bank
        Its own texts, model and sources; what could not be read is empty.
    wrong
        Fields of ``bank.toml``, ``competencies.toml`` and ``sources.toml`` that could not be read, each with its file.
    """

    name: str
    bank: QuestionBank
    content: Mapping[str, Any]
    wrong: frozenset[tuple[str, str]]
    scales: Mapping[ScenarioKind, RatingScale]
    coverage: CoverageTargets
    everything: tuple[ScenarioFile, ...]
    keys: tuple[KeyFile, ...]
    forms: tuple[FormFile, ...]

    @property
    def scenarios(self) -> tuple[ScenarioFile, ...]:
        """All scenarios but practice."""
        return tuple(each for each in self.everything if not each.is_practice)

    @property
    def is_english(self) -> bool:
        """Whether the rules for English hold."""
        return self.bank.language.lower().partition("-")[0] == "en"

    @property
    def competencies(self) -> frozenset[str]:
        """The model's competencies; empty if they could not be read."""
        return frozenset(self.bank.model.competencies)

    @property
    def sources(self) -> frozenset[str]:
        """The source rows that there are; empty if they could not be read."""
        return frozenset(self.bank.sources)


def read_content(files: BankFiles) -> tuple[CheckedBank, tuple[Finding, ...]]:
    """Read everything that can be read, and find every field that cannot."""
    found: Complaints = {}
    tables = {name: _reader(files, f"{name}.toml", found) for name in ("bank", "competencies", "sources")}
    bank = decode_bank(tables["bank"], tables["competencies"], tables["sources"])
    own = dict(tables["bank"].values)
    checked = CheckedBank(
        name=files.name,
        bank=bank,
        content=own,
        wrong=frozenset(found) | {(name, "") for name, table in files.tables.items() if table is None},
        scales=decode_scales(_silent(own.get("scales"))),
        coverage=decode_coverage(_silent(own.get("coverage"))),
        everything=tuple(_scenarios(files, found)),
        keys=tuple(KeyFile(*each) for each in _decoded(files, KEYS, decode_key, found)),
        forms=tuple(FormFile(name, content) for name, content in files.within(FORMS)),
    )
    return checked, tuple(map(as_finding, found.values()))


def _reader(files: BankFiles, name: str, found: Complaints) -> CollectingReader:
    content = files.tables.get(name)
    return CollectingReader(content or {}, name, None if content is None else found)


def _silent(values: object) -> CollectingReader:
    """Read what was complained of before."""
    return CollectingReader(values, "", None)


def _scenarios(files: BankFiles, found: Complaints) -> Iterator[ScenarioFile]:
    for name, scenario, wrong in _decoded(files, SCENARIOS, decode_scenario, found):
        # of the options of a hostile file, no more are looked at than anybody could answer
        shorter = replace(scenario, options=scenario.options[:MAX_OPTIONS])
        yield ScenarioFile(name, shorter, files.tables[name] or {}, wrong)


def _decoded(
    files: BankFiles, folder: str, decode: Callable[[TableReader], Decoded], found: Complaints
) -> Iterator[tuple[str, Decoded, frozenset[str]]]:
    for name, content in files.within(folder):
        own: Complaints = {}
        decoded = decode(CollectingReader(content, name, own))
        found.update(own)
        yield name, decoded, frozenset(field for _, field in own)
