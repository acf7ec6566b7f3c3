"""What the page of other weights says: how sure it is, who would stand elsewhere, and why there may be nothing."""

from collections.abc import Iterator, Mapping

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE
from eiassess.domain.shown_scores import shown_difference
from eiassess.services.results.bands import Bands
from eiassess.services.results.what_if import PEOPLE_AT_MOST, WeighedPerson, WhatIf, WhyNot
from eiassess.web.recruiter.openings.sentences import GAP_NOT_KNOWN, not_compared_sentence
from eiassess.web.recruiter.words import name_of, use_sentences

UP, DOWN = "up", "down"
WHY_NOT = {
    WhyNot.ORDER: (
        "Scores put nobody in order here, with these weights or others: too few experts stand behind this answer key, "
        "and candidates here were told that results are not for ranking."
    ),
    WhyNot.CHOICES: (
        "In this opening's form people choose or rank responses. No study has shown how sure a weighted score would be "
        "there, so there is none."
    ),
    WhyNot.OVERALL_ONLY: (
        "This opening's form has too few scenarios of each competency. It gives an overall score and nothing to weigh."
    ),
    WhyNot.NOBODY: "Nobody has a score yet that can be weighed. Once people have handed in, you can try weights here.",
    WhyNot.TOO_MANY: (
        f"More than {PEOPLE_AT_MOST:,} people have a score here, too many to weigh while you wait. The list by the "
        "overall score works for all of them."
    ),
    WhyNot.NOTHING_COUNTS: (
        "Every weight is 0, so nothing counts and there is no score. Give at least one competency a weight above 0."
    ),
}
INTERVALS = (
    "In our simulations the 95 % interval of a weighted score held the truth in 93 to 97 of 100 people, in groups of "
    "39 who left nothing out. Other cases were not tried."
)
NOT_TESTED = (
    "Nothing is tested here, and within a band people stand by name. A weight says what counts for this job; whether "
    "scores weighed like this foretell work better, nobody knows."
)
NO_GAP = (
    "How far apart two scores must lie with these weights is not known: it takes the errors of "
    f"{PEOPLE_FOR_AN_ESTIMATE} people who differ. So there are no bands."
)


def lead_sentence(found: WhatIf) -> str:
    """Say who would stand in another band; the one sentence that a screen reader hears after each change."""
    if found.why_not is not None:
        return WHY_NOT[found.why_not]
    if all(each.not_compared for each in found.people):
        return f"{not_compared_sentence(found.not_compared)} So there are no bands, and people stand by name."
    if found.before is None:
        return f"{GAP_NOT_KNOWN} Until then there are no bands, and people stand by name."
    return _moves(found) if found.bands else NO_GAP


def _moves(found: WhatIf) -> str:
    up, down = (sum(move(each) == way for each in found.people) for way in (UP, DOWN))
    if not up and not down:
        return "Nobody would stand in another band than by the overall score."
    n = sum(each.band is not None and each.weighted_band is not None for each in found.people)
    higher, lower = (f"{n:,}" if n else "nobody" for n in (up, down))
    return (
        f"Of {n:,} people, {higher} would stand in a higher band than by the overall score, and {lower} in a lower one."
    )


def move(person: WeighedPerson) -> str:
    """Say whether somebody would stand in a higher or a lower band, or the same; empty where a band is missing."""
    if person.band is None or person.weighted_band is None or person.band == person.weighted_band:
        return ""
    return UP if person.weighted_band < person.band else DOWN


def said_of_result(found: WhatIf) -> tuple[str, ...]:
    """Say how sure it is and what it cannot bear."""
    return () if found.why_not is not None else tuple(_said(found))


def _said(found: WhatIf) -> Iterator[str]:
    counting = [each for each, weight in found.weights.items() if weight]
    if len(set(found.weights.values())) == 1:
        yield "All count the same, so this is the overall score."
    elif len(counting) == 1:
        name = name_of(counting[0], found.bank)
        yield f"{name} alone counts. One competency alone is far less sure than the overall score."
    if found.before and found.bands:
        yield from _said_of_gap(found, found.before, found.bands)
    without = sum(each.weighted is None and each.not_compared is None for each in found.people)
    if without:
        yield (
            f"{without:,} {'person has' if without == 1 else 'people have'} no score with these weights: their answers "
            "agree completely with the key in what counts, leave out too much of it, or rate all of one kind alike "
            "once a scenario is left out."
        )
    if found.n_apart:
        yield f"{found.n_apart:,} with a score that does not compare with the others' {_are(found.n_apart)} left out."
    yield NOT_TESTED


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _said_of_gap(found: WhatIf, before: Bands, bands: Bands) -> Iterator[str]:
    gap, usual = shown_difference(bands.gap), shown_difference(before.gap)
    yield f"Two scores must lie about {gap} points apart with these weights to be called different."
    if gap != usual:
        wider, wide = ("wider", "wide") if bands.gap > before.gap else ("narrower", "narrow")
        who = "nobody" if not found.n_by_width else f"{found.n_by_width:,}"
        yield (
            f"By the overall score it is {usual}. Bands are {wider} here, and that alone moves people: with the "
            f"overall score and bands this {wide}, {who} would change band."
        )


def begins_sentence(found: WhatIf) -> str:
    """Say with which weights the page begins, and what the job weighs that cannot be weighed here."""
    missing = [name_of(each, found.bank) for each in found.not_measured]
    not_measured = f" Not every form here has scenarios of what the job weighs as well: {', '.join(missing)}."
    if found.starts_with_job:
        return f"You begin with the job's own weights, from its settings.{not_measured if missing else ''}"
    if missing:
        return (
            f"The job's settings give a weight to nothing but {', '.join(missing)}, of which not every form here has "
            "scenarios, so you begin with 1 for all: the overall score."
        )
    return "The job's settings give nothing a weight, so you begin with 1 for all: the overall score."


def weights_in_words(weights: Mapping[str, int], found: WhatIf) -> str:
    """Name the competencies that count, those that count most first."""
    model = found.bank.model
    counting = sorted((each for each in model.competency_ids if weights.get(each)), key=lambda each: -weights[each])
    named = ", ".join(f"{name_of(each, found.bank)} {weights[each]}" for each in counting)
    rest = "" if all(weights.get(each) for each in found.competencies) else "; nothing else counts"
    return f"{named}{rest}"


def evidence_sentences(found: WhatIf) -> tuple[str, ...]:
    """Say what the scores and their intervals rest on."""
    who = "simulated people" if found.simulated else "people"
    few = f"Fewer than {PEOPLE_FOR_AN_ESTIMATE} people lend each other strength: everybody has their own error alone."
    shaped = tuple(
        f"Errors are estimated from the answers of {n:,} {who}, with these weights in every step." if n else few
        for n in found.shaped_by
    )
    return (found.bank.evidence.key, *use_sentences(found.use), *shaped, INTERVALS)
