"""What stands over a list: how many handed in, and how far scores must lie apart. A list tests nothing."""

from collections.abc import Mapping, Sequence

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate, NotCompared
from eiassess.domain.shown_scores import shown_difference, shown_score
from eiassess.scoring.comparing import Apart
from eiassess.scoring.differences.wording import who_is_not_compared
from eiassess.services.results.bands import Band, Bands
from eiassess.services.results.candidate_lists import ListSort
from eiassess.services.results.score_groups import ListSummary
from eiassess.web.shell.moments import long_day

SCORED = {Apart.KEY: "scored under another key", Apart.ENGINE: "scored by another scoring engine"}
GAP_NOT_KNOWN = (
    "How far apart two scores must lie to be called different is not known here yet: it is worked out at night, once "
    f"{PEOPLE_FOR_AN_ESTIMATE} people were scored on a form."
)


INTERVALS = (
    "Overall scores stand with the drawn 95 % interval, the same as where people are compared: it leans on what the "
    f"errors of all who sat the form have in common, once {PEOPLE_FOR_AN_ESTIMATE} people have and where all responses "
    "are rated. The stored interval, from one person's answers alone, stands on the candidate's page. Areas and "
    "competencies stand with their own."
)


def lead_sentence(summary: ListSummary, bands: Bands | None = None) -> str:
    """Say how many have handed in, and what the scores of the list can bear."""
    n_submitted = summary.n_submitted
    said = [f"{n_submitted:,} of {summary.n_all:,} {'has' if n_submitted == 1 else 'have'} handed in."]
    if summary.n_set_apart:
        said.append(set_apart_sentence(summary))
    if summary.not_compared:
        said.append(not_compared_sentence(summary.not_compared))
    if summary.lowest is not None:
        said.append(_about_scores(bands))
    return " ".join(said)


def _about_scores(bands: Bands | None) -> str:
    """Say how far two scores must lie apart, and how many lie near the highest where scores may rank."""
    if bands is None:
        return GAP_NOT_KNOWN
    needed = f"Two scores must lie about {shown_difference(bands.gap)} points apart here to be called different"
    return f"{needed}; {_near_the_highest(bands.bands[0])}." if bands.bands else f"{needed}."


def _near_the_highest(first: Band) -> str:
    return (
        "nobody else lies within that of the highest" if first.n == 1 else f"{first.n:,} lie within that of the highest"
    )


def band_heading(place: int, bands: Bands) -> str:
    """Name a band by the highest score that is in it, and how many people have a score of it in the opening."""
    band = bands.bands[place]
    people = "1 person" if band.n == 1 else f"{band.n:,} people"
    reach = f"within {shown_difference(bands.gap)} points of {shown_score(band.highest)}"
    return f"Band {place + 1}: {people} {reach}"


def estimate_sentences(estimates: Sequence[ErrorEstimate]) -> tuple[str, ...]:
    """Say what the gap was worked out from."""
    return tuple(
        "How far apart two scores must lie is reckoned for two people near the middle of this list, from the answers "
        f"of {each.n:,} {'simulated people' if each.simulated else 'people'}, as of {long_day(each.made_at)}."
        for each in estimates
    )


def set_apart_sentence(summary: ListSummary) -> str:
    """Say how many scores do not compare with the others, and for which causes."""
    n = summary.n_set_apart
    were = "was" if n == 1 else "were"
    causes = " or ".join(
        f"{were} {SCORED[why]}" if why in SCORED else "sat another form or version" for why in summary.apart
    )
    return f"{n} {causes}: no comparison with those scores."


def not_compared_sentence(counts: Mapping[NotCompared, int]) -> str:
    """Say how many are compared with nobody, and why, apart from the others."""
    return f"{not_compared_heading(counts)}."


def not_compared_heading(counts: Mapping[NotCompared, int]) -> str:
    """Head those who stand below the others, with how many there are in the opening, reason by reason."""
    return f"Compared with nobody: {who_is_not_compared(counts)}"


def why_not_sorted(instead: ListSort) -> str:
    """Say why an order by score was not given, and which one was."""
    order = "the order of invitation" if instead is ListSort.NUMBER else "name"
    return (
        f"The list stands by {order}, not by score: too few experts stand behind this answer key, and candidates here "
        "were told that results are not for ranking."
    )
