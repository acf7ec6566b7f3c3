"""A comparison in sentences: who differs from whom, in what, and how far apart scores must lie here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from eiassess.domain.reasons import OVERALL
from eiassess.domain.shown_scores import shown_difference
from eiassess.scoring.differences.comparing_page import DifferenceTest
from eiassess.scoring.differences.wording import why_not_compared
from eiassess.scoring.interpreting import in_words, names_of, part_name, why_part_not_scored
from eiassess.services.differences.pages import DifferencesPage
from eiassess.services.results.comparing import Comparison
from eiassess.web.recruiter.words import name_of

NAMED_AT_MOST = 3
COUPLE = 2
SMALLEST_P = 0.001


@dataclass(frozen=True)
class PartWords:
    """What can be said about one part."""

    name: str
    larger: tuple[str, ...]
    rest: str


@dataclass(frozen=True)
class DifferenceLine:
    """A row of the table of differences."""

    part: str
    pair: str
    difference: str
    t: str
    df: str
    p_adjusted: str
    larger: bool


@dataclass(frozen=True)
class Wording:
    """Words for one comparison; ``names`` are its people's, by session."""

    comparison: Comparison
    names: Mapping[str, str]

    @property
    def page(self) -> DifferencesPage:
        """What was placed and tested."""
        return self.comparison.differences

    def message(self) -> str:
        """Say what a busy person would repeat."""
        tests = [test for test in self.page.tests if test.what == OVERALL]
        if not tests:
            return "Nobody here can be compared with anybody; below it says why."
        larger = sorted((test for test in tests if test.differs), key=lambda test: (test.p_adjusted, -abs(test.t)))
        return f"{self._of_those_compared(tests, larger)}{self._but_not()}"

    def _of_those_compared(self, tests: Sequence[DifferenceTest], larger: Sequence[DifferenceTest]) -> str:
        n = len(self.compared)
        if n == COUPLE:
            return self._of_two(tests[0])
        if not larger:
            these = f"these {n} candidates" if n == len(self.names) else f"the {n} who are compared"
            return f"No two of {these} differ in the overall score by more than the error{self._takes()}."
        named = in_words([" over ".join(self.in_order(test)) for test in larger[:NAMED_AT_MOST]])
        first = "" if len(larger) <= NAMED_AT_MOST else "first of all "
        verb = "differs" if len(larger) == 1 else "differ"
        return (
            f"{len(larger)} of {len(tests)} pairs {verb} in the overall score by more than the error: "
            f"{first}{named}{self._takes()}."
        )

    @property
    def compared(self) -> tuple[str, ...]:
        """The sessions whose scores are held against each other."""
        return tuple(session for session, person in self.page.people.items() if person.not_compared is None)

    def _but_not(self) -> str:
        """Name whoever stands on the page and takes no part in what the message says."""
        others = [name for session, name in self.names.items() if session not in self.compared]
        if not others:
            return ""
        return f" {in_words(others)} {'is' if len(others) == 1 else 'are'} not compared."

    def _of_two(self, test: DifferenceTest) -> str:
        higher, lower = self.in_order(test)
        points = self.points(test)
        if test.differs:
            by = f"{_count(points)}: more than the error"
            return f"{higher} scores higher than {lower} overall, by {by}{self._takes()}."
        return (
            f"{higher} and {lower} do not differ in the overall score by more than the error: {_count(points)} "
            f"{'lies' if points == '1' else 'lie'} between them{self._takes()}."
        )

    def _takes(self) -> str:
        """Say how far apart scores must lie on this page, if that is known."""
        gap = self.page.gap
        return "" if gap is None else f"; here it takes about {_count(shown_difference(gap))}"

    def part(self, part: str) -> PartWords:
        """Say who scores higher in a part, and of whom that cannot be said."""
        tests = [test for test in self.page.tests if test.what == part]
        larger = [test for test in tests if test.differs]
        unclear = [f"{self.names[test.first]} and {self.names[test.second]}" for test in tests if not test.differs]
        return PartWords(
            self.name(part),
            tuple(self._higher(test) for test in larger),
            self._rest(unclear, len(larger)) if tests else "Nothing is tested here.",
        )

    def _rest(self, unclear: Sequence[str], n_larger: int) -> str:
        if not unclear:
            return ""
        if n_larger == 0 and len(self.compared) > COUPLE:
            which = "two" if len(self.compared) == len(self.names) else "two of those compared"
            return f"No {which} differ by more than the error."
        return f"No difference larger than the error: {'; '.join(unclear)}."

    def _higher(self, test: DifferenceTest) -> str:
        higher, lower = self.in_order(test)
        return f"{higher} scores higher than {lower}, by {_count(self.points(test))}: more than the error."

    def line(self, test: DifferenceTest) -> DifferenceLine:
        """Put a test into a row of the table."""
        return DifferenceLine(
            self.name(test.what),
            " over ".join(self.in_order(test)),
            self.points(test),
            f"{abs(test.t):.2f}",
            f"{test.df:.1f}",
            "< 0.001" if test.p_adjusted < SMALLEST_P else f"{test.p_adjusted:.3f}",
            test.differs,
        )

    def not_compared(self) -> tuple[str, ...]:
        """Say who is drawn and not compared, and why."""
        reasons = {session: person.not_compared for session, person in self.page.people.items()}
        return tuple(
            f"{self.names[session]} is drawn and not compared: {why_not_compared(reason)}."
            for session, reason in reasons.items()
            if reason is not None
        )

    def not_scored(self) -> tuple[str, ...]:
        """Say who has no score in a competency on display, and why."""
        model, said = self.comparison.bank.model, []
        shown = [part for parts in self.comparison.areas.values() for part in parts]
        for part, each in product(shown, self.comparison.candidates):
            if each.stored is not None and part not in each.stored.score.competencies:
                why = why_part_not_scored(each.stored.score, part, names_of(each.form, model))
                said.append(
                    f"{part_name(part, model)}: {self.names[each.row.session_id]} is not scored: "
                    f"{why or 'the reason is not known'}."
                )
        return tuple(said)

    def name(self, part: str) -> str:
        """Name the overall score or an area."""
        areas = {group.id: group.name for group in self.comparison.bank.model.groups}
        return areas.get(part) or name_of(part, self.comparison.bank)

    def points(self, test: DifferenceTest) -> str:
        """Write how many points lie between two people."""
        first, second = (self._score(session, test.what) for session in (test.first, test.second))
        return shown_difference(first - second)

    def _score(self, session: str, part: str) -> float:
        person = self.page.people[session]
        return (person.score if part == OVERALL else person.areas[part].score) or 0.0

    def in_order(self, test: DifferenceTest) -> tuple[str, str]:
        """Name the one who scores higher, and the one who scores lower."""
        first, second = self.names[test.first], self.names[test.second]
        return (first, second) if test.t >= 0 else (second, first)


def _count(points: str) -> str:
    return f"{points} point" if points == "1" else f"{points} points"
