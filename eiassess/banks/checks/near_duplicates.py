"""Scenarios and options that are nearly the same text: shingles of three words, and their Jaccard similarity."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from eiassess.banks.checks.content import CheckedBank, ScenarioFile
from eiassess.banks.checks.findings import Finding, error
from eiassess.banks.checks.words import list_words

SHINGLE = 3
ALIKE = 0.30
COMMON = 25
"""Scenarios with the same shingle that are compared for it: one of many is a phrase."""

Shingles = frozenset[tuple[str, ...]]


def check_near_duplicates(bank: CheckedBank) -> Iterator[Finding]:
    """Find situations that are nearly alike, and options of one scenario that are the same.

    The two situations of a flip pair are alike on purpose; only the same text is too much.
    """
    first: dict[Shingles, int] = {}
    shingled = [(each, shingles(each.scenario.situation)) for each in bank.everything]
    for place, (each, of_each) in enumerate(shingled):
        yield from _same_options(each)
        other = first.setdefault(of_each, place)
        if of_each and other != place:
            yield _alike(each, shingled[other][0], 1.0)
    distinct = [shingled[place] for of_each, place in first.items() if of_each]
    twins = _twins([each for each, _ in distinct])
    for here, there, similarity in _pairs([of_each for _, of_each in distinct], twins):
        yield _alike(distinct[there][0], distinct[here][0], similarity)


def _alike(each: ScenarioFile, other: ScenarioFile, similarity: float) -> Finding:
    said = f"is much like {other.file} ({similarity:.0%} of the runs of three words are shared; below {ALIKE:.0%})"
    return error(each.file, "situation", "near-duplicate", said, "Write another scene, or take one of the two out.")


def _same_options(each: ScenarioFile) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for place, option in enumerate(each.scenario.options, 1):
        words = tuple(word.lower() for word in list_words(option.text))
        other = first.setdefault(words, place)
        if words and other != place:
            said = f"says the same as options[{other}]"
            yield error(each.file, f"options[{place}].text", "near-duplicate", said, "Write another option.")


def shingles(text: str) -> Shingles:
    """List every run of three words, in lower case.

    Examples
    --------
    >>> sorted(shingles("He waits. He waits for you."))[:2]
    [('he', 'waits', 'for'), ('he', 'waits', 'he')]
    """
    words = [word.lower() for word in list_words(text)]
    return frozenset(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def _twins(scenarios: list[ScenarioFile]) -> dict[int, int]:
    """Give the places of scenarios that name each other as twins."""
    place = {each.stem: number for number, each in enumerate(scenarios)}
    named = {number: place.get(each.scenario.twin or "") for number, each in enumerate(scenarios)}
    return {here: there for here, there in named.items() if there is not None and named[there] == here}


def _pairs(texts: list[Shingles], twins: Mapping[int, int]) -> Iterator[tuple[int, int, float]]:
    """Give of each text the earlier one that it is most like: compared by what they share, since most share nothing."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        shared: set[int] = set()
        for shingle in text:
            shared.update(places[shingle][:COMMON])
            places[shingle].append(place)
        shared.discard(twins.get(place, place))
        similarity, other = max(((_jaccard(text, texts[other]), other) for other in shared), default=(0.0, 0))
        if similarity >= ALIKE:
            yield other, place, similarity


def _jaccard(one: Shingles, other: Shingles) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)
