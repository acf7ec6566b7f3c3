"""Checking a bank: reading what can be read, then every rule over it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.checks.best_when import check_best_when
from eiassess.banks.checks.content import CheckedBank, read_content
from eiassess.banks.checks.coverage import check_coverage
from eiassess.banks.checks.covers import KeyCover, cover_of_key
from eiassess.banks.checks.files import read_bank_files
from eiassess.banks.checks.findings import Finding, Severity, error, in_order, printable
from eiassess.banks.checks.forms import check_forms
from eiassess.banks.checks.identity import check_identity
from eiassess.banks.checks.irritants import check_irritants, count_irritants
from eiassess.banks.checks.key_cover import check_key_cover
from eiassess.banks.checks.key_use import check_keys
from eiassess.banks.checks.length_cues import check_length_cues
from eiassess.banks.checks.lengths import check_lengths, check_reading
from eiassess.banks.checks.near_duplicates import check_near_duplicates
from eiassess.banks.checks.references import check_references
from eiassess.banks.checks.remains import find_remains
from eiassess.banks.checks.twins import check_twins
from eiassess.banks.checks.word_cues import check_word_cues
from eiassess.banks.checks.wording import check_wording

RULES: tuple[Callable[[CheckedBank], Iterator[Finding]], ...] = (
    check_identity,
    check_references,
    check_key_cover,
    check_forms,
    check_lengths,
    check_reading,
    check_keys,
    check_length_cues,
    check_wording,
    check_near_duplicates,
    check_coverage,
    check_twins,
    check_best_when,
    check_irritants,
    check_word_cues,
)


@dataclass(frozen=True)
class BankReport:
    """What a check found.

    Parameters
    ----------
    bank
        The folder's name.
    usable
        Whether there was any scenario to check.
    scenarios, practice, keys, forms
        How many could be read.
    covers
        Of each key: what can be found without the situations.
    irritants
        How often each of the bank's irritants is tagged.
    """

    bank: str
    usable: bool
    findings: tuple[Finding, ...]
    scenarios: int
    practice: int
    keys: int
    forms: int
    covers: tuple[KeyCover, ...]
    irritants: Mapping[str, int]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the bank from being used."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def advice(self) -> tuple[Finding, ...]:
        """What could be better."""
        return tuple(each for each in self.findings if each.severity is Severity.ADVICE)


def check_bank(folder: Path, key_folders: tuple[Path, ...] = ()) -> BankReport:
    """Check a bank's folder, whatever is in it; every file is read at most once."""
    files = read_bank_files(folder, key_folders)
    content, complaints = read_content(files)
    found = [*files.findings, *complaints, *find_remains(files)]
    if files.is_usable:
        found += [finding for rule in RULES for finding in rule(content)]
    else:
        mend = "Write scenarios/<competency>/<id>.toml; docs/question-banks.md shows how."
        found.append(error("scenarios", "", "file", "holds no scenario that can be read", mend))
    practice = len(content.everything) - len(content.scenarios)
    return BankReport(
        bank=printable(files.name),
        usable=files.is_usable,
        findings=in_order(found),
        scenarios=len(content.scenarios),
        practice=practice,
        keys=len(content.keys),
        forms=len(content.forms),
        covers=tuple(cover_of_key(content, key) for key in content.keys),
        irritants=count_irritants(content),
    )
