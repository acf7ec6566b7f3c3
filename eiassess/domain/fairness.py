"""Voluntary questions after handing in, from which sums say whether an opening treats groups alike.

The questions and their categories are the company's own. Nothing here says what a country's law wants, but for the two
questions of New York City's Local Law 144, which a company may choose.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eiassess.domain.banks import CandidateNotice
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.errors import InvalidInputError

QUESTIONS_AT_MOST = 5
CATEGORIES = range(2, 13)
WORDS_AT_MOST = 200
CATEGORY_AT_MOST = 80
PERSON_AT_MOST = 200
STEP = 10
"""Sums are made from at least so many people, and made anew after so many more."""

NOT_SAID = "I would rather not say"
LAW_SEX, LAW_RACE = "law_sex", "law_race"


@dataclass(frozen=True)
class FairnessQuestion:
    """A question with the categories to choose from; that one may rather not say is always offered beside them."""

    id: str
    words: str
    categories: tuple[str, ...]


LAW_144 = (
    FairnessQuestion(LAW_SEX, "What is your sex?", ("Female", "Male")),
    FairnessQuestion(
        LAW_RACE,
        "What is your race or ethnicity?",
        (
            "Hispanic or Latino",
            "White",
            "Black or African American",
            "Native Hawaiian or Other Pacific Islander",
            "Asian",
            "American Indian or Alaska Native",
            "Two or More Races",
        ),
    ),
)
"""The questions that Local Law 144 of 2021 of New York City asks tables of, in its own categories."""

USUAL = (
    FairnessQuestion("q1", "How do you describe your gender?", ("Woman", "Man", "In another way")),
    FairnessQuestion("q2", "How old are you?", ("Under 30", "30 to 49", "50 or older")),
)
"""A start that can be changed as one likes: nobody prescribes it."""


@dataclass(frozen=True)
class FairnessQuestions:
    """What an opening asks; ``law_144`` says whether the tables of that law are made too."""

    questions: tuple[FairnessQuestion, ...]

    @property
    def law_144(self) -> bool:
        """Whether the law's own questions are among them."""
        return {LAW_SEX, LAW_RACE} <= {each.id for each in self.questions}


@dataclass(frozen=True)
class LabelRules:
    """How labels of groups are read: which say nothing, and how one is spelled without what tells none apart."""

    says_nothing: Callable[[str], bool]
    spelling: Callable[[str], str]


def checked_questions(
    own: Sequence[tuple[str, Iterable[str]]], rules: LabelRules, *, law_144: bool
) -> FairnessQuestions:
    """Make an opening's questions from what somebody typed: words and categories, in order; empty ones are left out.

    Raises
    ------
    InvalidInputError
        A question or its categories cannot be used; ``field`` is ``question-N`` or ``categories-N``.

    Examples
    --------
    >>> rules = LabelRules(lambda label: label == "?", str.casefold)
    >>> checked_questions([("How old are you?", ["Under 40", "40 or older"])], rules, law_144=False).questions[0].id
    'q1'
    """
    made = [
        _checked(number, " ".join(words.split()), [" ".join(each.split()) for each in categories], rules)
        for number, (words, categories) in enumerate(own, 1)
    ]
    questions = (*(LAW_144 if law_144 else ()), *(each for each in made if each is not None))
    if not questions:
        message = "Ask at least one question"
        raise InvalidInputError(message, "question-1")
    if len(questions) > QUESTIONS_AT_MOST:
        message = f"Ask at most {QUESTIONS_AT_MOST} questions in all, so that the page stays short"
        raise InvalidInputError(message, f"question-{len(own)}")
    _require_different(questions)
    return FairnessQuestions(questions)


def _checked(number: int, words: str, typed: list[str], rules: LabelRules) -> FairnessQuestion | None:
    categories = [each for each in typed if each]
    if not words and not categories:
        return None
    if not 1 <= len(words) <= WORDS_AT_MOST:
        message = f"Question {number}: give its words, at most {WORDS_AT_MOST} characters"
        raise InvalidInputError(message, f"question-{number}")
    problem = _problem_of(categories, rules)
    if problem:
        message = f"Question {number}: {problem}"
        raise InvalidInputError(message, f"categories-{number}")
    return FairnessQuestion(f"q{number}", words, tuple(categories))


def _problem_of(categories: Sequence[str], rules: LabelRules) -> str:
    if len(categories) not in CATEGORIES:
        return f"give {CATEGORIES[0]} to {CATEGORIES[-1]} categories, one on each line; there are {len(categories)}"
    # Whoever does not say belongs to no group: as a category they would be counted and compared as one.
    nothing = next((each for each in categories if rules.says_nothing(each)), "")
    if nothing:
        return f"leave out {nothing!r}, it names no group; {NOT_SAID!r} is always offered"
    long = next((each for each in categories if len(each) > CATEGORY_AT_MOST), "")
    if long:
        return f"a category has at most {CATEGORY_AT_MOST} characters, and {long[:20]!r}... has {len(long)}"
    spelled = [rules.spelling(each) for each in categories]
    twice = next((each for place, each in enumerate(categories) if spelled.index(spelled[place]) < place), "")
    return f"{twice!r} stands there twice" if twice else ""


def _require_different(questions: Sequence[FairnessQuestion]) -> None:
    seen: set[str] = set()
    for each in questions:
        if each.words.casefold() in seen:
            message = f"The question {each.words!r} stands there twice"
            raise InvalidInputError(message, f"question-{each.id.removeprefix('q')}")
        seen.add(each.words.casefold())


def checked_answers(asked: FairnessQuestions, given: Mapping[str, str]) -> dict[str, str]:
    """Return the category that was chosen for each question; what somebody would rather not say is left out.

    Parameters
    ----------
    given
        By question the place of the category as it was sent, from "1"; "" or "0" for rather not.

    Raises
    ------
    InvalidInputError
        What was sent is none of the categories.
    """
    chosen = {}
    for question in asked.questions:
        sent = given.get(question.id, "")
        if sent in {"", "0"}:
            continue
        places = {str(place): category for place, category in enumerate(question.categories, 1)}
        if sent not in places:
            message = "Choose one of the answers"
            raise InvalidInputError(message, question.id)
        chosen[question.id] = places[sent]
    return chosen


def fairness_words(asked: FairnessQuestions) -> str:
    """Say to a candidate, before they agree, what they may be asked after handing in."""
    n = len(asked.questions)
    words = (
        f"After you have handed in, you may answer {'one question' if n == 1 else f'{n} questions'} about yourself, if "
        f"you like. {'It helps' if n == 1 else 'They help'} to see whether everybody is treated alike. Whether and "
        "what you answer changes nothing for you, and nobody who decides is shown it. The answers are kept apart, "
        f"without your name. They are only added up with those of others, from {STEP} people on. You can change them "
        "or take them back, and they are deleted with your other data; sums that were made before stay."
    )
    return f"{words} {LAW_WORDS}" if asked.law_144 else words


LAW_WORDS = (
    "For a law of New York City, tables count every group by sex, by race or ethnicity, and by both together: how many "
    "scored above the middle, and how many came to an interview. A group can be as small as one person. The tables "
    "have no names."
)
"""What candidates read where the law's tables are made: there small groups are shown."""


def notice_with_fairness(notice: CandidateNotice, asked: FairnessQuestions) -> CandidateNotice:
    """Return the notice of an opening that asks: a version of its own."""
    words = fairness_words(asked)
    return replace(notice, stored=f"{notice.stored} {words}", digest=digest_of(canonical_json([notice.digest, words])))
