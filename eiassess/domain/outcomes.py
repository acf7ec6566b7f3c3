"""How people work who were hired: what is asked of it, and what a candidate reads of the study that it goes to."""

from dataclasses import dataclass, replace

from eiassess.domain.banks import CandidateNotice
from eiassess.domain.digests import canonical_json, digest_of

ASKED_AFTER_DAYS = 90
ASKED_AT_MOST = 730
STUDY_DAYS = 1095
"""Rows of the study are kept for three years."""

PEOPLE_FOR_VALIDITY = 30
"""With fewer, a correlation says next to nothing, and single people could be read from it."""

LOWEST, HIGHEST = 1, 5
WELL = 4.0
"""From this mean rating on, somebody counts as doing well: the fourth point of every question says so."""


@dataclass(frozen=True)
class WorkQuestion:
    """A question on somebody's work, with what the points 1, 3 and 5 look like; 2 and 4 lie between."""

    id: str
    name: str
    question: str
    anchors: tuple[str, str, str]


QUESTIONS = (
    WorkQuestion(
        "upset_customers",
        "Upset customers",
        "A customer is angry or worried. What happens mostly?",
        (
            "Argues, goes quiet or hides behind rules; the customer leaves angrier.",
            "Stays polite and solves it; the feeling is passed over.",
            "Hears them out, takes the feeling seriously and solves it; the customer leaves calmer.",
        ),
    ),
    WorkQuestion(
        "ownership",
        "Making it their own",
        "A problem falls between two departments. What happens mostly?",
        (
            "Sends the customer on, or says that it is not their job.",
            "Passes it on with the facts, and does not look again.",
            "Takes it on, sees it through and tells the customer how it stands.",
        ),
    ),
    WorkQuestion(
        "clear_answers",
        "Clear and honest answers",
        "The answer is no, or not known yet. What happens mostly?",
        (
            "Promises what cannot be kept, or recites a script.",
            "Says what is so, without a way on.",
            "Says what is so in plain words, why, and what can be done instead.",
        ),
    ),
    WorkQuestion(
        "colleagues",
        "With colleagues",
        "A colleague serves somebody badly or needs help. What happens mostly?",
        (
            "Looks away, or shows them up in front of others.",
            "Helps when asked.",
            "Steps in at the right moment, in private and with facts, and helps unasked.",
        ),
    ),
)
QUESTION_IDS = tuple(each.id for each in QUESTIONS)


def study_words(days: int) -> str:
    """Say to a candidate what happens to the scores of those who are hired."""
    return (
        f"If you are hired: about {days} days later, somebody who knows your work is asked for a short rating of it. "
        "Your results without your name and address, and that rating, go to a study of how well such results foretell "
        f"work. They are kept there for {STUDY_DAYS // 365} years. We write to you when that happens. As long as your "
        "other data are here, you can have them erased from the study too; after that they cannot be taken out any "
        "more. We keep nothing there that names you."
    )


def notice_with_study(notice: CandidateNotice, days: int) -> CandidateNotice:
    """Return the notice of an opening whose hired people go to the study: a version of its own."""
    words = study_words(days)
    return replace(notice, stored=f"{notice.stored} {words}", digest=digest_of(canonical_json([notice.digest, words])))
