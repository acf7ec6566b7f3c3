"""What a candidate is told when something is refused: plain words, what to do next, and never an answer lost."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.services.links import LinkClosedError
from eiassess.services.sitting.answers import NotSittingError, Sitting, TimeOverError, get_sitting
from eiassess.web.candidate.answers import read_page
from eiassess.web.candidate.forms import GivenPage, posted_answers, read_answers
from eiassess.web.candidate.late import late_page
from eiassess.web.candidate.presenters import conflict_page, scenario_page
from eiassess.web.shell.access import INVITATION
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm
from eiassess.web.shell.guessing import guesses_too_often

SESSION_ENDED = "Your browser session has ended, so this is not saved yet. Please open your invitation link again."
OTHER_SESSION = (
    "Your link was opened once more after you opened this page, so we ask before we save. "
    "Nothing was overwritten. Which version do you want to keep?"
)


def answer_refusals(area: Blueprint) -> None:
    """Have the candidate's area answer refusals in its own way, and the script's requests as JSON."""
    area.register_error_handler(LinkClosedError, _closed)
    area.register_error_handler(TimeOverError, _too_late)
    area.register_error_handler(NotSittingError, _not_sitting)
    area.register_error_handler(InvalidInputError, _invalid)
    area.register_error_handler(CSRFError, _unknown_page)


def show_clashes(sitting: Sitting, number: int, given: GivenPage) -> ResponseReturnValue:
    """Show a page again as it was sent, with what clashes on it; nothing of it is saved."""
    page = scenario_page(sitting, number, now(), given)
    return render_template("candidate/scenario.html", page=page, page_error=True, form=PlainForm()), 400


def _closed(error: LinkClosedError) -> ResponseReturnValue:
    if request.endpoint == "candidate.follow_link" and guesses_too_often():
        return render_template("errors/error.html", code=429, message=""), 429
    if _by_script():
        return {"message": f"{error}. Ask {installation().settings.contact} for a new one."}, 410
    sent = request.method == "POST"
    return render_template("candidate/closed.html", contact=installation().settings.contact, sent=sent), 410


def _not_sitting(error: NotSittingError) -> ResponseReturnValue:
    return _refused(f"{error}.", 403)


def _too_late(error: TimeOverError) -> ResponseReturnValue:
    """Show what came after the end, in words that can be copied: it is stored nowhere else."""
    sitting = get_sitting(database(), session[INVITATION])
    late = late_page(sitting, (request.view_args or {}).get("number"), error)
    if _by_script():
        return {"message": late.message, "late": list(late.lines), "ended": True}, 410
    return render_template("candidate/late.html", page=late), 410


def _invalid(error: InvalidInputError) -> ResponseReturnValue:
    return _refused(f"{error}.", 400)


def _refused(message: str, code: int) -> ResponseReturnValue:
    if _by_script():
        return {"message": message}, code
    return render_template("candidate/refused.html", message=message), code


def _unknown_page(_error: CSRFError) -> ResponseReturnValue:
    """Answer a page that another browser session was given: what it sends is handed back, not dropped."""
    if _by_script():
        return {"message": SESSION_ENDED}, 401
    if request.endpoint != "candidate.answer":
        return _refused("Your browser session was renewed meanwhile, so nothing was changed. Please try again.", 400)
    try:
        return _confirm() or (render_template("candidate/session_ended.html", fields=posted_answers()), 400)
    except LinkClosedError as error:
        return _closed(error)
    except InvalidInputError as error:
        return _invalid(error)


def _confirm() -> ResponseReturnValue | None:
    """Ask whether to save what a page of an earlier browser session of the same candidate sends."""
    if INVITATION not in session:
        return None
    sitting = get_sitting(database(), session[INVITATION])
    number = (request.view_args or {})["number"]
    if request.form.get("sitting") != sitting.session_id or not 1 <= number <= len(sitting.form.scenarios):
        return None
    if sitting.state == SessionState.SUBMITTED:
        return _refused("Your answers are handed in already, so they cannot be changed any more.", 403)
    scenario = sitting.form.scenarios[number - 1]
    answer, saved = read_page(sitting.form, scenario, request.form), sitting.response_to(scenario.id)
    if answer.clashes:
        return show_clashes(sitting, number, read_answers(sitting.form, scenario))
    if answer.ratings == saved.ratings:
        return redirect(url_for("candidate.scenario", number=number), 303)
    page = conflict_page(sitting, number, now(), answer.ratings, saved, OTHER_SESSION)
    return render_template("candidate/conflict.html", conflict=page, form=PlainForm()), 400


def _by_script() -> bool:
    return request.endpoint == "candidate.save"
