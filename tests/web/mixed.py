"""A form that asks in every way, from a small bank of our own: five scenarios whose options say which they are."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.services.hiring.invitations import invite_candidate
from eiassess.services.hiring.openings import add_opening
from eiassess.web.shell.context import Installation
from tests.web.people import Casey

FORMATS = {
    "rated-one": "RATE_EACH",
    "felt-one": "RATE_EMOTIONS",
    "picked-one": "PICK_BEST_AND_WORST",
    "ranked-one": "RANK",
    "best-one": "PICK_BEST",
}
NUMBERS = {name.removesuffix("-one"): number for number, name in enumerate(FORMATS, 1)}
"""Where each scenario stands in the form: ``NUMBERS["ranked"]``."""

PRACTICE = {f"try-{name}": form for name, form in FORMATS.items()}
EMOTIONS = ("worried", "let down", "hopeful", "furious", "amused")


def write_mixed_bank(folder: Path, name: str = "mixed-bank") -> Path:
    """Write the bank, with a form ``mixed`` to sit and a form ``practice`` for the try-out."""
    bank, shipped = folder / name, data_folder("question_banks") / "service-ei"
    for part in ("scenarios/recovery", "scenarios/practice", "keys", "forms"):
        (bank / part).mkdir(parents=True)
    for file in ("bank.toml", "competencies.toml", "sources.toml"):
        shutil.copy(shipped / file, bank / file)
    for scenario in FORMATS:
        _write_scenario(bank / "scenarios" / "recovery" / f"{scenario}.toml")
    for scenario in PRACTICE:
        _write_scenario(bank / "scenarios" / "practice" / f"{scenario}.toml", practice=True)
    (bank / "keys" / "theory-1.toml").write_text(_key(), encoding="utf-8")
    tried = [name for name, form in PRACTICE.items() if form in {"PICK_BEST_AND_WORST", "RANK"}]
    _write_form(bank, "mixed", tried, list(FORMATS))
    _write_form(bank, "practice", list(PRACTICE), [])
    return bank


def texts_of(scenario: str) -> tuple[str, ...]:
    """What the options of a scenario say, in the order of their ids."""
    if "felt" in scenario:
        return EMOTIONS
    return tuple(
        f'"{word} answer of {scenario}, said in a calm voice."' for word in ("First", "Second", "Third", "Last")
    )


def _write_scenario(path: Path, *, practice: bool = False) -> None:
    kind = "emotions" if "felt" in path.stem else "responses"
    lines = [f'id = "{path.stem}"', "version = 1", f'title = "Title of {path.stem}"', f'kind = "{kind}"']
    lines += ['channel = "phone"', 'trade = "repair"', f'situation = "Somebody calls about {path.stem}."']
    if not practice:
        lines += ['competency = "recovery"', 'sources = ["own-it"]']
    for option, text in zip("abcde", texts_of(path.stem), strict=False):
        lines += ["[[options]]", f'id = "{option}"', f"text = {json.dumps(text)}"]
        lines += [f'feedback = "The key on {option} of {path.stem}."'] if practice else []
    path.write_text("\n".join(lines), encoding="utf-8")


def _key() -> str:
    lines = ['id = "theory-1"', "version = 1", 'method = "THEORY"', "experts = 0", "scale = [1, 6]"]
    for scenario in FORMATS:
        for option, value in zip("abcde"[: len(texts_of(scenario))], (5.5, 4, 2, 1, 3), strict=False):
            lines += [f"[scenarios.{scenario}.{option}]", f"value = {value}"]
            lines += ['rationale = "Because."', 'sources = ["own-it"]']
    return "\n".join(lines)


def _write_form(bank: Path, name: str, practice: Sequence[str], scenarios: Sequence[str]) -> None:
    formats = {each: form for each, form in (PRACTICE | FORMATS).items() if each in {*practice, *scenarios}}
    lines = [f'id = "{name}"', "version = 1", f'title = "The form {name}"', 'format = "RATE_EACH"']
    lines += ['instruction = "SHOULD_DO"', 'key = "theory-1"', f"practice = {json.dumps(practice)}"]
    lines += [f"scenarios = {json.dumps(scenarios)}", "[formats]"]
    lines += [f'{each} = "{form}"' for each, form in formats.items()]
    (bank / "forms" / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Mixed:
    """The bank's folder, and its form."""

    folder: Path
    loaded: LoadedForm


def make_mixed(folder: Path) -> Mixed:
    write_mixed_bank(folder)
    return Mixed(folder, load_form("mixed", (folder,)))


def invite_to_mixed(installation: Installation, mixed: Mixed, name: str = "Casey Moreau") -> Casey:
    """Invite somebody to sit the mixed form."""
    now = installation.clock()
    opening = add_opening(installation.database, "Adviser in every way", mixed.loaded, now)
    issued = invite_candidate(installation.database, installation.links, opening, name, "casey@example.org", now)
    return Casey(opening, issued.session_id, issued.token, mixed.loaded.form)
