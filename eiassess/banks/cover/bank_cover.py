"""The cover test of a bank's folder: what there is to read, and what came back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from eiassess.banks.checks.content import CheckedBank, FormFile, KeyFile, read_content
from eiassess.banks.checks.files import read_bank_files
from eiassess.banks.checks.findings import Finding, Severity, error, printable
from eiassess.banks.cover.measuring import CoverTest, Ratings, ReaderError, lacking_values, measure_cover
from eiassess.banks.cover.sheets import SheetError, read_ratings
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.errors import BankError, InvalidInputError, NotEstimableError, NotFoundError

RULE = "cover"
NO_CHANCE = 20
"""So many ratings and more are not the same by chance."""
NOT_LOOKED_AT = "the readers' sheets were not looked at, since"


@dataclass(frozen=True)
class CoveredBank:
    """A bank with the forms that were chosen, or those that its bank.toml says hold blind."""

    bank: CheckedBank
    forms: Mapping[str, tuple[str, ...]]

    @property
    def everything(self) -> tuple[Scenario, ...]:
        """All scenarios of the bank but practice."""
        return tuple(each.scenario for each in self.bank.scenarios)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of the forms; without forms, all of the bank but practice."""
        wanted = {name for names in self.forms.values() for name in names}
        return tuple(each.scenario for each in self.bank.scenarios if not self.forms or each.stem in wanted)

    @property
    def keys(self) -> tuple[KeyFile, ...]:
        """The keys that have a value for every option of these scenarios."""
        return tuple(each for each in self.bank.keys if not lacking_values(self.scenarios, each.key))

    def key(self, name: str | None) -> ScoringKey:
        """Return a key by its name, or the only one.

        Raises
        ------
        NotFoundError
            There is no such key, or none, or it has to be said which.
        """
        keys = {each.stem: each.key for each in self.bank.keys}
        if name is None and len(keys) == 1:
            return next(iter(keys.values()))
        if name not in keys:
            message = f"Say with --key which key is meant; the bank has {', '.join(keys) or 'none'}"
            raise NotFoundError(message)
        return keys[name]


def cover_bank(folder: Path, forms: Sequence[str] = (), key_folders: tuple[Path, ...] = ()) -> CoveredBank:
    """Read a bank for a cover test.

    Raises
    ------
    BankError
        Something in it cannot be read, or a form names what there is not: ``bank check`` says all of it.
    NotFoundError
        The bank has no such form.
    """
    files = read_bank_files(folder, key_folders)
    bank, complaints = read_content(files)
    amiss = (each for each in (*files.findings, *complaints) if each.severity is Severity.ERROR)
    if found := next(amiss, None):
        raise BankError(found.file, found.field, f"{found.message}. See: eiassess bank check")
    return CoveredBank(bank, scenarios_of_forms(bank, forms or bank.coverage.read_blind or ()))


def scenarios_of_forms(bank: CheckedBank, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the scenarios of some forms of a bank.

    Raises
    ------
    BankError
        A form does not list scenarios of the bank.
    NotFoundError
        The bank has no such form.
    """
    forms = {PurePosixPath(form.file).stem: form for form in bank.forms}
    for name in names:
        if name not in forms:
            here = ", ".join(map(printable, forms)) or "none"
            message = f"The bank has no form {printable(name)!r}; forms here: {here}"
            raise NotFoundError(message)
    known = {each.stem for each in bank.scenarios}
    return {name: _listed(forms[name], known) for name in names}


def _listed(form: FormFile, known: Collection[str]) -> tuple[str, ...]:
    names = form.content.get("scenarios")
    if not isinstance(names, list) or not all(isinstance(name, str) and name in known for name in names):
        said = "expected a list of scenarios that the bank has. See: eiassess bank check"
        raise BankError(form.file, "scenarios", said)
    return tuple(names)


def read_readers(paths: Sequence[Path], key: ScoringKey) -> dict[str, Ratings]:
    """Read what came back; a reader is called what the file is called.

    Raises
    ------
    SheetError
        A file cannot be used, or two are called the same or hold the same ratings.
    """
    found: dict[str, Ratings] = {}
    for path in paths:
        if path.stem in found:
            said = f"another reader's file is called {path.stem!r} too; call each by its reader"
            raise SheetError(str(path), said)
        given = _read(path, key)
        if len(given) >= NO_CHANCE and (same := next((name for name in found if found[name] == given), "")):
            said = f"holds the very ratings of {same!r}; a reader counts once, so leave one of the two out"
            raise SheetError(str(path), said)
        found[path.stem] = given
    return found


def _read(path: Path, key: ScoringKey) -> Ratings:
    try:
        return read_ratings(path, key.minimum, key.maximum)
    except InvalidInputError as problem:
        raise SheetError(str(path), str(problem).removeprefix(f"{path}: ")) from None


def run_cover_test(covered: CoveredBank, key: ScoringKey, paths: Sequence[Path]) -> CoverTest:
    """Measure what the readers of some files found."""
    files = {path.stem: str(path) for path in paths}
    return measure_cover(covered.scenarios, key, covered.forms, read_readers(paths, key), files)


def check_cover(folder: Path, sheets: Path, key_folders: tuple[Path, ...] = ()) -> Iterator[Finding]:
    """Hold a bank's keys to the gates of the cover test, by the readers' sheets in a folder and its subfolders.

    What keeps that from being done is a finding too, so that nothing else that was found of the bank is lost.
    """
    try:
        covered = cover_bank(folder, key_folders=key_folders)
    except BankError as problem:
        yield error(problem.file, problem.field, RULE, f"{NOT_LOOKED_AT} this cannot be used", "Mend it, check again.")
        return
    except NotFoundError as problem:
        said = f"{NOT_LOOKED_AT} a form is missing: {problem}"
        yield error("bank.toml", "coverage.read_blind", RULE, printable(said), "Mend the name, or take it out.")
        return
    paths = sorted(sheets.rglob("*.csv"))
    # what is wrong with a sheet is wrong whatever the key
    yield from dict.fromkeys(each for key in covered.keys for each in _held_to_the_gates(covered, key, paths))
    if not covered.keys:
        said = "no key has a value for every option that the readers' sheets are about"
        yield error("", "", RULE, said, "Complete a key: the rule key says what it lacks.")


def _held_to_the_gates(covered: CoveredBank, key: KeyFile, paths: Sequence[Path]) -> Iterator[Finding]:
    mend = "Mend the sheet or take it out of the folder; a changed text has to be read again."
    try:
        unmet = run_cover_test(covered, key.key, paths).unmet
    except SheetError as problem:
        yield error(printable(problem.file), "", RULE, printable(problem.said), mend)
        return
    except ReaderError as problem:
        (path,) = (each for each in paths if each.stem == problem.reader)
        yield error(printable(str(path)), "", RULE, printable(str(problem)), mend)
        return
    except NotEstimableError as problem:
        mend = "Put more scenarios into the form, or take it out of coverage.read_blind in bank.toml."
        yield error(key.file, "", RULE, printable(str(problem)), mend)
        return
    for words in unmet:
        mend = "Let more people read where readers are missing; else bank cover --score says what to rewrite."
        yield error(key.file, "", RULE, words, mend)
