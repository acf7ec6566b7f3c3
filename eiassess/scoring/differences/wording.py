"""Why somebody is drawn and not compared, in words that blame nobody."""

from collections.abc import Mapping

from eiassess.domain.error_estimates import NotCompared

_WHY = {
    NotCompared.NOT_SCORED: "there is no overall score",
    NotCompared.AT_THE_END: "agreement with the key is complete, so that its error cannot be estimated",
    NotCompared.ALIKE_WITHOUT_ONE: (
        "all ratings of one kind are alike once a scenario is left out, so that the error cannot be estimated"
    ),
    NotCompared.NO_ERROR: "too few scenarios count for an error to be estimated",
    NotCompared.UNEVEN: "answered unevenly over the sitting",
}
WHAT_UNEVEN_MEANS = (
    "Some stretches agree with the key much more than others. An interruption is enough for that; it is nothing to "
    "hold against anybody."
)


def why_not_compared(reason: NotCompared) -> str:
    """Say why in a clause.

    Examples
    --------
    >>> why_not_compared(NotCompared.UNEVEN)
    'answered unevenly over the sitting'
    """
    return _WHY[reason]


def who_is_not_compared(counts: Mapping[NotCompared, int]) -> str:
    """Say of how many people why they are not compared, reason by reason.

    Examples
    --------
    >>> who_is_not_compared({NotCompared.UNEVEN: 1})
    '1 person answered unevenly over the sitting'
    >>> who_is_not_compared({NotCompared.NO_ERROR: 2, NotCompared.UNEVEN: 1})
    'of 2 people, too few scenarios count for an error to be estimated; 1 person answered unevenly over the sitting'
    """
    people = {why: f"{n:,} {'person' if n == 1 else 'people'}" for why, n in counts.items()}
    return "; ".join(
        f"{who} {_WHY[why]}" if why is NotCompared.UNEVEN else f"of {who}, {_WHY[why]}" for why, who in people.items()
    )


def not_compared_words(reason: NotCompared | None) -> str:
    """Say on one person's page that the score is drawn and not compared; nothing of whoever is compared or not scored.

    Examples
    --------
    >>> not_compared_words(NotCompared.NO_ERROR)
    'Drawn, and not compared with other people: too few scenarios count for an error to be estimated.'
    >>> not_compared_words(None)
    ''
    """
    if reason is None or reason is NotCompared.NOT_SCORED:
        return ""
    words = f"Drawn, and not compared with other people: {why_not_compared(reason)}."
    return f"{words} {WHAT_UNEVEN_MEANS}" if reason is NotCompared.UNEVEN else words
