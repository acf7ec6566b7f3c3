"""Reasons as the first engine stored them, in sentences: read back as the codes that they would be today.

Scores of that engine are never changed, so that this stays as long as one of them is kept.
"""

import math
import re

from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.scoring.person.missing import CHOICE_SCENARIOS_FOR_A_PART, PART_SHARE, RATED_SCENARIOS_FOR_A_PART

_OVERALL_SHARE = 0.8
_NUMBERS = {"two": RATED_SCENARIOS_FOR_A_PART, "three": CHOICE_SCENARIOS_FOR_A_PART}
_SENTENCES = {
    NotScoredCode.NO_SCENARIOS: r"(?P<part>overall): the form has no scenarios but those for practice",
    NotScoredCode.TOO_FEW_COMPLETE: (
        r"(?P<part>[^:]+): (?P<counted>\d+) of (?P<asked>\d+) scenarios are complete; at least .+ are needed"
    ),
    NotScoredCode.SAME_RATINGS: (
        r"(?P<part>overall): (?P<counted>\d+) of (?P<asked>\d+) ratings are the same; nothing can be told from them"
    ),
    NotScoredCode.SAME_RATINGS_OF_KIND: (
        r"overall: all ratings of (?P<part>\w+) are the same; these scenarios are not counted"
    ),
    NotScoredCode.SAME_KEY_OF_SCENARIO: (
        r"overall: the key does not tell the options of (?P<part>.+) apart; it is not counted"
    ),
    NotScoredCode.FORM_TOO_SMALL: (
        r"(?P<part>[^:]+): the form has fewer than (?P<needed>two|three) of its scenarios(, which choices need)?"
    ),
    NotScoredCode.FORM_OVERALL_ONLY: (
        r"(?P<part>)This form gives an overall score only: it has fewer than (?P<needed>two|three) scenarios .+"
    ),
    NotScoredCode.FORM_MIXES_FORMATS: r"(?P<part>)No strength or weakness is named, since the form mixes formats .+",
}


def reason_of_sentence(sentence: str) -> NotScored:
    """Read a reason that was stored as a sentence; one that no engine wrote is not known.

    Examples
    --------
    >>> reason_of_sentence("recovery: 1 of 3 scenarios are complete; at least two thirds are needed")
    NotScored(part='recovery', code=<NotScoredCode.TOO_FEW_COMPLETE: 'too-few-complete'>, counted=1, asked=3, needed=2)
    """
    for code, pattern in _SENTENCES.items():
        if found := re.fullmatch(pattern, sentence):
            return _reason(code, found.groupdict())
    return NotScored("", NotScoredCode.UNKNOWN)


def _reason(code: NotScoredCode, words: dict[str, str]) -> NotScored:
    part, counted, asked = words["part"], int(words.get("counted", 0)), int(words.get("asked", 0))
    needed = _NUMBERS.get(words.get("needed", ""), 0)
    if code is NotScoredCode.TOO_FEW_COMPLETE:
        needed = math.ceil((_OVERALL_SHARE if part == OVERALL else PART_SHARE) * asked)
    return NotScored(part, code, counted, asked, needed)
