"""What an expert is told when something is refused: plain words, what to do next, and never a rating lost."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from eiassess.errors import InvalidInputError
from eiassess.services.links import LinkClosedError
from eiassess.services.panels.rating import (
    IncompleteRatingsError,
    NotRatingError,
    PanelClosedError,
    get_expert_sitting,
)
from eiassess.web.expert.forms import posted_ratings, read_page
from eiassess.web.expert.presenters import rating_page
from eiassess.web.expert.visitor import visitor
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm
from eiassess.web.shell.guessing import guesses_too_often

OTHER_SESSION = (
    "Your link was opened once more after you opened this page, so this is not saved yet. Check the ratings below and "
    "press Save."
)


def answer_refusals(area: Blueprint) -> None:
    """Have the expert's area answer refusals in its own way."""
    area.register_error_handler(LinkClosedError, _closed)
    area.register_error_handler(PanelClosedError, _panel_closed)
    area.register_error_handler(NotRatingError, _not_rating)
    area.register_error_handler(IncompleteRatingsError, _not_rating)
    area.register_error_handler(InvalidInputError, _invalid)
    area.register_error_handler(CSRFError, _unknown_page)


def message_page(name: str, **said: object) -> str:
    """Show one of the pages that say something and ask for nothing."""
    return render_template("expert/message.html", name=name, contact=installation().settings.contact, **said)


def _closed(_error: LinkClosedError) -> ResponseReturnValue:
    if request.endpoint == "expert.follow_link" and guesses_too_often():
        return render_template("errors/error.html", code=429, message=""), 429
    return message_page("link closed", sent=request.method == "POST"), 410


def _panel_closed(_error: PanelClosedError) -> ResponseReturnValue:
    return message_page("panel closed", sent=request.method == "POST"), 410


def _not_rating(error: NotRatingError | IncompleteRatingsError) -> ResponseReturnValue:
    return message_page("refused", message=f"{error}."), 409


def _invalid(error: InvalidInputError) -> ResponseReturnValue:
    return message_page("refused", message=f"{error}."), 400


def _unknown_page(_error: CSRFError) -> ResponseReturnValue:
    """Answer a page that another browser session was given: what it sends is handed back, not dropped."""
    if request.endpoint == "expert.save":
        return {"message": "Your link was opened once more after you opened this page."}, 401
    if request.endpoint != "expert.rate":
        again = "Your browser session was renewed meanwhile, so nothing was changed. Please try again."
        return message_page("refused", message=again), 400
    try:
        return _shown_again() or (render_template("expert/session_ended.html", fields=posted_ratings()), 400)
    except LinkClosedError as error:
        return _closed(error)
    except InvalidInputError as error:
        return _invalid(error)


def _shown_again() -> ResponseReturnValue | None:
    """Show what a page of an earlier browser session of the same expert sends, to be saved by a press."""
    who = visitor(session)
    if who is None or request.form.get("expert") != who.expert_id:
        return None
    sitting, number = get_expert_sitting(database(), who, now()), (request.view_args or {})["number"]
    if not 1 <= number <= len(sitting.form.scenarios):
        return None
    given = read_page(sitting.form.scenarios[number - 1]).given
    page = rating_page(sitting, number, given, OTHER_SESSION, compare=True)
    return render_template("expert/scenario.html", page=page, form=PlainForm()), 400
