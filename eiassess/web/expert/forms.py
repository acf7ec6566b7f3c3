"""What an expert's pages send: agreement, ratings with comments and the revision that the page had seen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import BooleanField
from wtforms.validators import InputRequired

from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError
from eiassess.services.panels.rating import GivenRatings
from eiassess.web.shell.answering import RATING, posted_fields, whole
from eiassess.web.shell.forms import PlainForm

COMMENT = "comment-"
"""How the names of comments begin; the option's id follows."""

CANNOT_JUDGE = "cannot-judge"
"""What a field holds in place of a rating."""

UNREADABLE = "A rating on this page could not be read; load the page again and repeat your last step"


class AgreeForm(PlainForm):
    """Agreeing to the notice."""

    agree = BooleanField(
        "I have read this page, will rate alone, and agree that my ratings are stored and used as it says",
        validators=[InputRequired("Tick the box if you agree. Without it we may not store your ratings.")],
    )


@dataclass(frozen=True)
class GivenPage:
    """A posted page.

    ``untouched`` tells that nothing was changed since the page was opened.
    """

    given: GivenRatings
    revision: int
    untouched: bool


def read_page(scenario: Scenario) -> GivenPage:
    """Read a posted page; fields that are not on it change nothing.

    Raises
    ------
    InvalidInputError
        A rating or the revision is no whole number.
    """
    form = request.form
    ratings = {
        option: None if (text := form[RATING + option]) == CANNOT_JUDGE else whole(text, UNREADABLE)
        for option in scenario.option_ids
        if form.get(RATING + option)
    }
    comments = {
        option: form[COMMENT + option] for option in scenario.option_ids if form.get(COMMENT + option, "").strip()
    }
    given = GivenRatings(ratings, comments)
    return GivenPage(given, whole(form.get("revision", ""), UNREADABLE), form.get("shown") == fingerprint(given))


def read_json_page() -> tuple[GivenRatings, int]:
    """Read what the script sends: ``{"ratings": {option: number or null}, "comments": {...}, "revision": n}``.

    Raises
    ------
    InvalidInputError
        It is anything else.
    """
    try:
        body: Any = request.get_json(silent=True)
    except RecursionError:  # nested deeper than anything that we ask for
        body = None
    if not isinstance(body, dict) or not all(isinstance(body.get(part), dict) for part in ("ratings", "comments")):
        raise InvalidInputError(UNREADABLE)
    ratings, comments = body["ratings"], body["comments"]
    revision: Any = body.get("revision")
    numbers = [revision, *(each for each in ratings.values() if each is not None)]
    if any(type(each) is not int for each in numbers) or any(type(each) is not str for each in comments.values()):
        raise InvalidInputError(UNREADABLE)
    return GivenRatings(ratings, comments), revision


def fingerprint(given: GivenRatings) -> str:
    """Digest what a page was opened with, so that it can tell whether it was changed."""
    comments = {option: " ".join(text.split()) for option, text in given.comments.items()}
    return hashlib.sha256(json.dumps([dict(given.ratings), comments], sort_keys=True).encode()).hexdigest()[:16]


def posted_ratings() -> Mapping[str, str]:
    """Return the fields of a page of ratings as they were sent, to be sent once more."""
    return posted_fields("expert", lambda name: name.startswith((RATING, COMMENT)))
