"""What is chosen on the page that compares: all of it stands in the address, so that every link keeps the view."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from eiassess.services.results.candidate_lists import ListQuery
from eiassess.web.recruiter.list_addresses import nameless


@dataclass(frozen=True)
class ComparisonView:
    """A view of a comparison.

    Parameters
    ----------
    chosen, estimates, scenarios
        Sessions, digests of estimates of errors, and scenarios whose answers are shown.
    chances
        Whether it is said how likely one of two is truly higher.
    query
        The list that they were chosen in.
    """

    chosen: tuple[str, ...]
    estimates: tuple[str, ...]
    scenarios: tuple[str, ...]
    chances: bool
    query: ListQuery

    @property
    def address(self) -> dict[str, str | list[str]]:
        """The view as parameters of an address, which holds no name."""
        several = {"c": self.chosen, "estimate": self.estimates, "scenario": self.scenarios}
        asked = {"chances": "1"} if self.chances else {}
        return {name: list(values) for name, values in several.items() if values} | asked | nameless(self.query)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What a form that chooses scenarios sends along: all but these."""
        kept = replace(self, scenarios=()).address
        return tuple((name, each) for name, value in kept.items() for each in _several(value))

    def leaning_on(self, digests: Sequence[str]) -> dict[str, str | list[str]]:
        """Return the address of this view with other estimates of errors."""
        return replace(self, estimates=tuple(digests)).address

    def with_chances(self, *, shown: bool) -> dict[str, str | list[str]]:
        """Return the address of this view with or without the chances."""
        return replace(self, chances=shown).address


def read_view(arguments: MultiDict[str, str], query: ListQuery) -> ComparisonView:
    """Read a view from an address."""
    several = {name: tuple(dict.fromkeys(arguments.getlist(name))) for name in ("c", "estimate", "scenario")}
    return ComparisonView(several["c"], several["estimate"], several["scenario"], "chances" in arguments, query)


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
