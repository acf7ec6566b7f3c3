"""A bank for its author: every scenario as candidates see it, as far as it can be read, and what a key says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eiassess.banks.catalog import PRACTICE
from eiassess.banks.checks.content import CheckedBank, FormFile, KeyFile, ScenarioFile
from eiassess.banks.decoding.scales import decode_prompts
from eiassess.banks.reading import TableReader
from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.errors import BankError, NotFoundError

_NO_SCALE = RatingScale(1, 6, ("1", "2", "3", "4", "5", "6"), "(bank.toml has no scale for these options)")
_UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class Notice:
    """Something that cannot be read: its file, its field, and what is expected there."""

    file: str
    field: str
    said: str


@dataclass(frozen=True)
class PreviewQuestion:
    """A scenario with what the candidate's page needs to show it."""

    scenario_id: str
    place: str
    situation: tuple[str, ...]
    format: ResponseFormat
    scale: RatingScale
    prompt: ChoicePrompt | None
    options: tuple[ResponseOption, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PreviewOption:
    """An option as the author sees it; a value of ``None`` is not in the key, and sources come with their titles."""

    id: str
    text: str
    feedback: str
    value: float | None
    rationale: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PreviewScenario:
    """A scenario on the author's page."""

    anchor: str
    title: str
    file: str
    facts: tuple[str, ...]
    question: PreviewQuestion
    options: tuple[PreviewOption, ...]
    is_practice: bool
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class PreviewKey:
    """The key whose values are shown, and where it comes from."""

    id: str
    version: int
    method: str
    experts: int


@dataclass(frozen=True)
class BankPreview:
    """A page of scenarios.

    Parameters
    ----------
    notices
        What cannot be read and belongs to no scenario on the page.
    """

    title: str
    bank: str
    language: str
    form: str
    key: PreviewKey | None
    scenarios: tuple[PreviewScenario, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class PreviewChoice:
    """What is to be shown.

    Parameters
    ----------
    scenario, form
        Only this one, or those of this form in its order and format; empty for the whole bank.
    key
        The key whose values are shown; empty for none.
    by_value
        Whether the author's options are sorted by value, best first.
    """

    scenario: str = ""
    form: str = ""
    key: str = ""
    by_value: bool = False


def bank_preview(bank: CheckedBank, notices: Iterable[Notice], choice: PreviewChoice) -> BankPreview:
    """Make the page of a bank.

    Raises
    ------
    NotFoundError
        The bank has no such scenario, form or key.
    """
    form = _form(bank, choice.form)
    key = _key(bank, choice.key)
    shown = _shown(bank, form, choice.scenario)
    notices = tuple(notices)
    pieces = _Pieces(bank, form, key, notices, by_value=choice.by_value)
    files = {each.file for each in shown}
    elsewhere = {each.file for each in bank.everything} - files
    return BankPreview(
        title=bank.bank.title or bank.name,
        bank=bank.name,
        language=bank.bank.language or "en",
        form=str(form.content.get("title", choice.form)) if form else "",
        key=PreviewKey(key.stem, key.key.version, key.key.method.value, key.key.experts) if key else None,
        scenarios=tuple(pieces.scenario(each) for each in shown),
        notices=tuple(each for each in notices if each.file not in files | elsewhere),
    )


def _form(bank: CheckedBank, name: str) -> FormFile | None:
    if not name:
        return None
    forms = {each.file.rpartition("/")[2].removesuffix(".toml"): each for each in bank.forms}
    return forms[_known("form", name, forms)]


def _key(bank: CheckedBank, name: str) -> KeyFile | None:
    if not name:
        return None
    keys = {each.stem: each for each in bank.keys}
    return keys[_known("key", name, keys)]


def _known(what: str, name: str, there: Iterable[str]) -> str:
    names = sorted(there)
    if name not in names:
        message = f"The bank has no {what} {name!r} that can be read; {what}s here: {', '.join(names) or 'none'}"
        raise NotFoundError(message)
    return name


def _shown(bank: CheckedBank, form: FormFile | None, only: str) -> list[ScenarioFile]:
    everything = {each.stem: each for each in bank.everything}
    if only:
        return [everything[_known("scenario", only, everything)]]
    if form:
        return [
            everything[name] for part in (PRACTICE, "scenarios") for name in _names(form, part) if name in everything
        ]
    order = {name: place for place, name in enumerate(bank.bank.model.competency_ids)}
    return sorted(
        bank.everything,
        key=lambda each: (each.is_practice, order.get(each.scenario.competency or "", len(order)), each.stem),
    )


def _names(form: FormFile, part: str) -> list[str]:
    names = form.content.get(part)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


@dataclass(frozen=True)
class _Pieces:
    """What every scenario of the page shares."""

    bank: CheckedBank
    form: FormFile | None
    key: KeyFile | None
    notices: tuple[Notice, ...]
    by_value: bool

    def scenario(self, file: ScenarioFile) -> PreviewScenario:
        scenario = file.scenario
        return PreviewScenario(
            anchor=f"scenario-{_UNSAFE.sub('-', file.stem)}",
            title=scenario.title or file.stem,
            file=file.file,
            facts=self._facts(scenario),
            question=self._question(file),
            options=self._options(file),
            is_practice=file.is_practice,
            notices=tuple(each for each in self.notices if each.file == file.file),
        )

    def _facts(self, scenario: Scenario) -> tuple[str, ...]:
        model = self.bank.bank.model
        facts = [f"version {scenario.version}", str(scenario.status), f"{scenario.word_count} words"]
        if scenario.competency:
            known = model.competencies.get(scenario.competency)
            facts.insert(0, known.name if known else scenario.competency)
        if scenario.style:
            style = model.styles.get(scenario.style)
            facts.append(f"style: {style.name if style else scenario.style}")
        if scenario.sources:
            facts.append(f"sources: {', '.join(scenario.sources)}")
        return tuple(facts)

    def _question(self, file: ScenarioFile) -> PreviewQuestion:
        scenario = file.scenario
        used, prompt = self._format(scenario)
        return PreviewQuestion(
            scenario_id=_UNSAFE.sub("-", file.stem),
            place=", ".join(filter(None, (scenario.channel, scenario.trade))).capitalize(),
            situation=(scenario.situation or "(no situation that can be read)",),
            format=used,
            scale=self._scale(scenario.kind),
            prompt=prompt,
            options=scenario.options,
        )

    def _scale(self, kind: ScenarioKind) -> RatingScale:
        """Return a scale whose labels can be shown, point by point."""
        scale = self.bank.scales.get(kind, _NO_SCALE)
        return scale if scale.labels and scale.maximum - scale.minimum + 1 == len(scale.labels) else _NO_SCALE

    def _format(self, scenario: Scenario) -> tuple[ResponseFormat, ChoicePrompt | None]:
        """Return the form's format with its words; options are rated where there is no form, or there are no words."""
        prompt = self._prompts().get(scenario.kind, {}).get(self._wanted(scenario.id))
        if prompt:
            return self._wanted(scenario.id), prompt
        emotions = scenario.kind is ScenarioKind.EMOTIONS
        return ResponseFormat.RATE_EMOTIONS if emotions else ResponseFormat.RATE_EACH, None

    def _wanted(self, scenario_id: str) -> ResponseFormat:
        content = self.form.content if self.form else {}
        own = content.get("formats")
        name = own.get(scenario_id) if isinstance(own, dict) else None
        wanted = name or content.get("format")
        return ResponseFormat(wanted) if wanted in set(ResponseFormat) else ResponseFormat.RATE_EACH

    def _prompts(self) -> Mapping[ScenarioKind, Mapping[ResponseFormat, ChoicePrompt]]:
        try:
            return decode_prompts(TableReader(self.bank.content.get("prompts", {}), "bank.toml"))
        except BankError:
            return {}  # the check's finding stands on the page

    def _options(self, file: ScenarioFile) -> tuple[PreviewOption, ...]:
        credits_of = self.key.credits_of(file) if self.key else {}
        options = []
        for option in file.scenario.options:
            credit = credits_of.get(option.id)
            sources = credit.sources if credit else ()
            options.append(
                PreviewOption(
                    id=option.id,
                    text=option.text,
                    feedback=option.feedback,
                    value=credit.value if credit else None,
                    rationale=credit.rationale if credit else "",
                    sources=tuple((name, self._source(name)) for name in sources),
                )
            )
        if self.by_value:
            options.sort(key=lambda each: -each.value if each.value is not None else float("inf"))
        return tuple(options)

    def _source(self, name: str) -> str:
        source = self.bank.bank.sources.get(name)
        return source.title if source else "not in sources.toml"
