"""How long situations and options are, how many options there are, and how hard they are to read."""

from collections.abc import Iterator

from eiassess.banks.checks.content import CheckedBank, ScenarioFile
from eiassess.banks.checks.findings import Finding, advice, error
from eiassess.banks.checks.words import count_words, reading_grade
from eiassess.domain.scenarios import ScenarioKind

SITUATION_WORDS = (40, 90)
OPTION_WORDS = {ScenarioKind.RESPONSES: (8, 30), ScenarioKind.EMOTIONS: (1, 3)}
OPTIONS = {ScenarioKind.RESPONSES: 4, ScenarioKind.EMOTIONS: 5}
GRADE_AT_MOST = 8.0
GRADE_WANTED = 7.0


def check_lengths(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every scenario, practice too, to the numbers of words and options."""
    for each in bank.everything:
        yield from _situation(each)
        if each.has_kind and "options" not in each.wrong:
            yield from _options(each)


def _situation(each: ScenarioFile) -> Iterator[Finding]:
    words, (least, most) = count_words(each.scenario.situation), SITUATION_WORDS
    if each.scenario.situation and not least <= words <= most:
        mend = f"Write {least} to {most}: who, where, what happened, how it shows."
        yield error(each.file, "situation", "situation-length", f"has {_counted(words)}", mend)


def _options(each: ScenarioFile) -> Iterator[Finding]:
    kind = each.scenario.kind
    listed = each.content.get("options")
    count = len(listed) if isinstance(listed, list) else 0
    if count != OPTIONS[kind]:
        mend = f"Give it {OPTIONS[kind]}: a scenario of {kind} has as many."
        yield error(each.file, "options", "option-count", f"has {count} options", mend)
    least, most = OPTION_WORDS[kind]
    for place, option in enumerate(each.scenario.options, 1):
        words = count_words(option.text)
        if option.text and not least <= words <= most:
            mend = f"Write {least} to {most}, and about as many in each option."
            yield error(each.file, f"options[{place}].text", "option-length", f"has {_counted(words)}", mend)


def _counted(words: int) -> str:
    return f"{words} word" if words == 1 else f"{words} words"


def check_reading(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every scenario in English to the reading grade."""
    for each in bank.everything if bank.is_english else ():
        grade = reading_grade(_read(each))
        said = f"the Flesch-Kincaid grade of situation and options is {grade:.1f} (approximate)"
        mend = "Write shorter sentences and plainer words."
        if grade > GRADE_AT_MOST:
            yield error(each.file, "", "reading-grade", f"{said}; at most {GRADE_AT_MOST:g}", mend)
        elif grade > GRADE_WANTED:
            yield advice(each.file, "", "reading-grade", f"{said}; up to {GRADE_WANTED:g} is easy for all", mend)


def _read(each: ScenarioFile) -> tuple[str, ...]:
    options = tuple(option.text for option in each.scenario.options)
    # emotions are a list of words: five sentences of a word each would make any situation look easy
    return (each.scenario.situation, *(options if each.is_of_responses else (", ".join(options),)))
