"""The result of interviews in words: how far people agree, the mean with how sure it is, and the sum of both parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.names import isolated
from eiassess.domain.shown_scores import shown_estimate
from eiassess.scoring.interviews import (
    INTERVAL_FROM,
    Agreement,
    CombinedScore,
    InterviewResult,
    PartResult,
    agreements,
    combined_score,
    interview_result,
)
from eiassess.services.interviews.overview import CandidateInterviews


@dataclass(frozen=True)
class ResultBlock:
    """What stands beside the test's score once ratings may be read."""

    test: str
    interview: str
    sureness: str
    parts: tuple[tuple[str, str, str, str], ...]
    agreement: tuple[str, ...]
    combined: str
    rule: str


def present_result(found: CandidateInterviews) -> ResultBlock | None:
    """Word what counts of the ratings that may be read; nothing where none may, or none counts."""
    result = interview_result(found.ratings)
    if result is None:
        return None
    combined = combined_score(found.overall, result.mean, found.combination) if found.overall else None
    names = found.bank.model.competencies
    parts = {each.competency: each for each in result.parts}
    return ResultBlock(
        _test(found),
        f"{result.mean:.1f} of 5",
        _sureness(result),
        tuple(
            (names[each].name, f"{one.mean:.1f}", _ends(one), str(one.n))
            for each in found.bank.model.competency_ids
            if (one := parts.get(each))
        ),
        _agreement(agreements(found.ratings)),
        _combined(combined) if combined else "",
        _rule(found, combined),
    )


def _test(found: CandidateInterviews) -> str:
    if found.overall is None:
        return "no score"
    score, interval, _ = shown_estimate(found.overall)
    return f"{score} of 100 (95 % interval {interval})" if interval else f"{score} of 100"


def _ends(part: PartResult) -> str:
    return str(part.lowest) if part.lowest == part.highest else f"{part.lowest} to {part.highest}"


def _sureness(result: InterviewResult) -> str:
    n = len(result.people)
    if n == 1:
        return "One person's ratings. How another would have rated is not known."
    if n < INTERVAL_FROM:
        means = " and ".join(f"{isolated(name)} {mean:.1f}" for name, mean in result.people)
        return f"Each person's own mean: {means}. From two people no interval can be given that would help."
    if result.interval is None:
        return f"All {n} people have the same mean. How another would have rated cannot be said from that."
    return (
        f"95 % interval {result.interval.low:.1f} to {result.interval.high:.1f}, from how these {n} people differ. It "
        "leaves out what other questions or another day would have changed."
    )


def _agreement(found: Sequence[Agreement]) -> tuple[str, ...]:
    if not found:
        return ("Only one person's ratings count, so nothing can be said of agreement.",)
    several = len(found) > 1
    return tuple(f"{f'Interview {each.interview}: ' if several else ''}{_agree(each)}" for each in found)


def _agree(each: Agreement) -> str:
    n = len(each.people)
    who = " and ".join(map(isolated, each.people)) if n == 2 else f"{n} people"  # noqa: PLR2004 - two are named
    if not each.n_parts:
        return f"{who} rated no part in common."
    parts = "1 part" if each.n_parts == 1 else f"{each.n_parts} parts"
    everybody = "both rated" if n == 2 else "all of them rated"  # noqa: PLR2004 - two are named
    words = (
        f"{who} agree within one step on {each.n_close} of {parts} that {everybody}, and give the same point on "
        f"{each.n_same}."
    )
    return words if n == 2 else f"{words} {_correlation(each)}"  # noqa: PLR2004 - two are named


def _correlation(each: Agreement) -> str:
    found = each.correlation
    if found is None or found.value is None:
        return "That is too little for an intraclass correlation."
    if found.lower is None or found.upper is None:
        return f"ICC(2,1) {found.value:.2f}; the ratings are too few for an interval."
    return (
        f"ICC(2,1) {found.value:.2f}, 95 % interval {found.lower:.2f} to {found.upper:.2f}: how far they tell this "
        f"person's stronger parts from the weaker alike, from {each.n_parts} parts only."
    )


def _combined(found: CombinedScore) -> str:
    interval = (
        f" The interval from the test's error alone is {found.interval.low:.0f} to {found.interval.high:.0f}"
        if found.interval
        else " It has no interval"
    )
    twice = "" if found.weight == 1 else ", the interview counted twice"
    return (
        f"{found.score:.0f} of 100: the test's {found.test:.0f} and the interview's {found.interview:.0f}{twice}."
        f"{interval}; how another interviewer would have rated is not in it. No study here shows that the sum says "
        "more than its parts."
    )


def _rule(found: CandidateInterviews, combined: CombinedScore | None) -> str:
    if combined is not None:
        return "Combined by the rule in this opening's settings."
    if found.overall is None:
        return "Nothing is combined: there is no overall score."
    return "This opening keeps test and interview apart: nothing is combined."
