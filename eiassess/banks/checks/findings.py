"""What a check finds: where, which rule, what is wrong and what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from eiassess.errors import BankError

TEXT_SHOWN = 300
SHOWN_A_FILE = 60
"""Findings shown of one file and severity; a spoilt file can have thousands, and nobody reads them all."""


class Severity(StrEnum):
    """Whether a bank must not be used as it is, or could be better."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """One thing to mend.

    Parameters
    ----------
    file
        From the bank's folder on; empty if the bank as a whole is meant.
    field
        Where in the file, such as ``options[2].text``; empty if the whole file is meant.
    rule
        The rule's id, as ``docs/question-banks.md`` lists it.
    message
        What is wrong.
    mend
        What to do.
    """

    file: str
    field: str
    rule: str
    severity: Severity
    message: str
    mend: str


def error(file: str, field: str, rule: str, message: str, mend: str) -> Finding:
    """Find something that keeps the bank from being used."""
    return Finding(file, field, rule, Severity.ERROR, message, mend)


def advice(file: str, field: str, rule: str, message: str, mend: str) -> Finding:
    """Find something that could be better."""
    return Finding(file, field, rule, Severity.ADVICE, message, mend)


def as_finding(problem: BankError, rule: str = "field") -> Finding:
    """Make a finding of a complaint of the loader's."""
    return error(problem.file, printable(problem.field), rule, printable(problem.problem), _mend(problem.problem))


def _mend(problem: str) -> str:
    if "is missing" in problem:
        return "Add it; docs/question-banks.md shows where it belongs."
    if "unknown field" in problem:
        return "Mend its spelling, or take it out."
    return "Write what is expected there."


def printable(text: str) -> str:
    r"""Make a text fit for a terminal and one line: what does not print is escaped, what is long is cut.

    Examples
    --------
    >>> printable("caf\xe9 \x1b[2J")
    'café \\x1b[2J'
    """
    short = text if len(text) <= TEXT_SHOWN else f"{text[:TEXT_SHOWN]}..."
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, each once, errors first; of a file with very many, show the first and count the rest."""
    return tuple(_cut(sorted(set(findings), key=_place)))


def _place(finding: Finding) -> tuple[bool, str, str, str, str]:
    return (finding.severity is Severity.ADVICE, finding.file, finding.rule, finding.field, finding.message)


def _cut(findings: list[Finding]) -> Iterator[Finding]:
    seen: dict[tuple[Severity, str], int] = {}
    for finding in findings:
        of = (finding.severity, finding.file)
        seen[of] = seen.get(of, 0) + 1
        if seen[of] <= SHOWN_A_FILE:
            yield finding
    for (severity, file), count in seen.items():
        if count > SHOWN_A_FILE:
            more = f"{count - SHOWN_A_FILE:,} more of this file are not shown"
            yield Finding(file, "", "more", severity, more, "Mend those that are shown and check again.")
