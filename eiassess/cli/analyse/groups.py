"""Columns of groups as commands take them: what counts as unknown, and what is one group in several spellings."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import alike_labels, known_labels, merged_labels, spelling

Labels = Sequence[str | None]
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class GroupColumn:
    """The groups of one column.

    Parameters
    ----------
    name
        The column.
    labels
        One a person, ``None`` where it is unknown.
    unknown
        The labels that count as unknown, blank ones not among them.
    warnings
        What the spellings give cause for.
    """

    name: str
    labels: Labels
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def n_unknown(self) -> int:
        """People whose group is unknown."""
        return sum(label is None for label in self.labels)

    def two_groups(self, focal: str, reference: str | None) -> tuple[str, tuple[str, ...]]:
        """Find the focal group's label, and those of the reference group: the one that is named, else all others.

        Another spelling of the focal group is none of the others; it is warned of, and merged on request.

        Raises
        ------
        InvalidInputError
            A label is not there, or both are the same.
        """
        there = sorted({label for label in self.labels if label is not None})
        first, second = self._label_of(focal), None if reference is None else self._label_of(reference)
        for wanted in (first, second):
            if wanted is not None and wanted not in there:
                message = (
                    f"column {shown(self.name)}: nobody has {shown(wanted)}; there are {listed(there) or 'no labels'}"
                )
                raise InvalidInputError(message)
        if first == second:
            message = f"--reference {reference} is the focal group; give another one"
            raise InvalidInputError(message)
        others = tuple(label for label in there if spelling(label) != spelling(first))
        return first, others if second is None else (second,)

    def _label_of(self, wanted: str) -> str:
        """Give the label that is meant: the one of the same spelling if there is no other, else what was given."""
        alike = {label for label in self.labels if label is not None and spelling(label) == spelling(wanted)}
        return alike.pop() if wanted not in alike and len(alike) == 1 else wanted


def takes_groups(command: Command) -> Command:
    """Give a command the options ``--unknown`` and ``--merge``."""
    unknown = click.option(
        "--unknown",
        metavar="LABELS",
        help="Labels that mean unknown here, with commas between, beside blank, NA, 'prefer not to say' and the like.",
    )
    merge = click.option(
        "--merge", is_flag=True, help="Take labels as one that differ only in case, spaces or Unicode form."
    )
    return unknown(merge(command))


def named_unknown(words: str | None) -> tuple[str, ...]:
    """Take apart what ``--unknown`` names; as a whole it may be a label with a comma in it.

    Examples
    --------
    >>> named_unknown("other, n"), named_unknown("x"), named_unknown(None)
    (('other', 'n', 'other, n'), ('x',), ())
    """
    pieces = [piece.strip() for piece in (words or "").split(",")]
    return tuple(dict.fromkeys(piece for piece in (*pieces, (words or "").strip()) if piece))


def group_column(name: str, labels: Labels, unknown: Iterable[str], *, merge: bool) -> GroupColumn:
    """Count apart who says nothing, and take spellings together if asked to; else warn of them."""
    known = known_labels(labels, unknown)
    alike = alike_labels(known)
    hidden = Counter(label for label, kept in zip(labels, known, strict=True) if label and kept is None)
    return GroupColumn(
        name,
        merged_labels(known) if merge else known,
        tuple(sorted(hidden)),
        tuple(_spelling_words(name, own, merge=merge) for own in alike),
    )


def _spelling_words(name: str, alike: Sequence[str], *, merge: bool) -> str:
    if merge:
        return f"column {shown(name)}: {listed(alike[1:])} taken as {shown(alike[0])}"
    return (
        f"column {shown(name)}: {listed(alike)} differ only in case, spaces or Unicode form, yet count as different "
        "groups; --merge takes them as one"
    )


def never_used(unknown: Sequence[str], columns: Iterable[GroupColumn]) -> tuple[str, ...]:
    """Warn of words of ``--unknown`` that no column has."""
    used = {spelling(label) for column in columns for label in column.unknown}
    whole = unknown[-1] if len(unknown) > 1 else None
    pieces = [] if whole is not None and spelling(whole) in used else [piece for piece in unknown if piece != whole]
    missed = [piece for piece in pieces if spelling(piece) not in used]
    return (f"--unknown: nobody has {listed(missed)}",) if missed else ()
