"""The pages of an expert's way: link, notice, scenarios to rate, review, thank-you."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from eiassess.errors import InvalidInputError
from eiassess.services.panels.rating import (
    ExpertPass,
    ExpertSitting,
    PanelClosedError,
    StaleRatingsError,
    agree_to_rate,
    get_expert_sitting,
    open_expert_link,
    save_expert_ratings,
    submit_ratings,
)
from eiassess.web.expert.forms import AgreeForm, read_page
from eiassess.web.expert.presenters import first_open, notice_page, rating_page, review_page
from eiassess.web.expert.refusals import answer_refusals, message_page
from eiassess.web.expert.saving import add_saving
from eiassess.web.expert.visitor import let_in, visitor
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.answering import Go, read_go, scenario_at
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm
from eiassess.web.shell.sessions import renew_session

area = Blueprint("expert", __name__)
answer_refusals(area)
add_saving(area)

TWO_VERSIONS = (
    "These ratings were changed in another tab or on another device after you opened this page. Nothing was "
    "overwritten. Choose what is to stand, and press Save."
)


@area.get("/e/<token>/", strict_slashes=False)
@area.get("/e/<path:token>")  # mail programs take "</a>" along, which has a slash
@requires(Permission.PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    """Let a browser in by its link, and take the token out of the address."""
    let_in(session, open_expert_link(database(), token, now()))
    renew_session(session)
    generate_csrf()  # now, so that no later page view has to change the session
    return _to("resume")


@area.get("/rate/no-link")
@requires(Permission.PUBLIC)
def no_link() -> ResponseReturnValue:
    """Say how to get in."""
    return message_page("no link")


@area.get("/rate")
@requires(Permission.EXPERT)
def resume() -> ResponseReturnValue:
    """Send an expert on to where they stand."""
    sitting = _sitting()
    return _elsewhere(sitting) or _to_scenario(first_open(sitting))


@area.get("/rate/notice")
@requires(Permission.EXPERT)
def notice() -> ResponseReturnValue:
    """Show what the ratings are for and who sees them."""
    sitting = _sitting()
    return _to("done") if sitting.submitted_at else _notice(sitting, AgreeForm())


@area.post("/rate/notice")
@requires(Permission.EXPERT)
def agree() -> ResponseReturnValue:
    """Keep that the expert agreed."""
    form = AgreeForm()
    if not form.is_valid():
        return _notice(_sitting(), form), 400
    agree_to_rate(database(), _who(), now())
    return _to("resume")


@area.get("/rate/scenario/<int:number>")
@requires(Permission.EXPERT)
def scenario(number: int) -> ResponseReturnValue:
    """Show one scenario with what was saved."""
    sitting = _sitting()
    scenario_at(sitting.form, number)
    return _elsewhere(sitting) or render_template(
        "expert/scenario.html", page=rating_page(sitting, number), form=PlainForm()
    )


@area.post("/rate/scenario/<int:number>")
@requires(Permission.EXPERT)
def rate(number: int) -> ResponseReturnValue:
    """Save a page of ratings and go where its button says."""
    sitting = _sitting()
    scenario = scenario_at(sitting.form, number)
    sent = read_page(scenario)
    try:
        save_expert_ratings(database(), _who(), scenario.id, sent.given, sent.revision, now())
    except StaleRatingsError:
        if not sent.untouched:
            page = rating_page(_sitting(), number, sent.given, TWO_VERSIONS, compare=True)
            return render_template("expert/scenario.html", page=page, form=PlainForm()), 409
    except InvalidInputError as error:
        page = rating_page(sitting, number, sent.given, f"{error}.")
        return render_template("expert/scenario.html", page=page, form=PlainForm()), 400
    return _go(sitting, number)


@area.get("/rate/review")
@requires(Permission.EXPERT)
def review() -> ResponseReturnValue:
    """Show what is complete before handing in."""
    sitting = _sitting()
    return _elsewhere(sitting) or render_template("expert/review.html", page=review_page(sitting), form=PlainForm())


@area.post("/rate/hand-in")
@requires(Permission.EXPERT)
def hand_in() -> ResponseReturnValue:
    """Hand in the last saved ratings; doing it twice is doing it once."""
    submit_ratings(database(), _who(), now())
    return _to("done")


@area.get("/rate/done")
@requires(Permission.EXPERT)
def done() -> ResponseReturnValue:
    """Thank the expert."""
    sitting = _sitting()
    if sitting.submitted_at is None:
        return _to("resume")
    return render_template("expert/done.html", sitting=sitting, contact=installation().settings.contact)


def _who() -> ExpertPass:
    return visitor(session) or abort(400)  # check_access has seen to it that there is one


def _sitting() -> ExpertSitting:
    return get_expert_sitting(database(), _who(), now())


def _elsewhere(sitting: ExpertSitting) -> ResponseReturnValue | None:
    """Return where an expert has to be who is not in the midst of the scenarios."""
    if sitting.submitted_at is not None:
        return _to("done")
    if sitting.closed:
        raise PanelClosedError
    return None if sitting.agreed else _to("notice")


def _go(sitting: ExpertSitting, number: int) -> ResponseReturnValue:
    match read_go():
        case Go.BACK:
            return _to_scenario(number - 1) if number > 1 else _to("notice")
        case Go.CONTINUE:
            return _to_scenario(number + 1 if number < len(sitting.form.scenarios) else None)
        case Go.REVIEW:
            return _to("review")
    return _to_scenario(number)


def _to(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(f"expert.{endpoint}"), 303)


def _to_scenario(number: int | None) -> ResponseReturnValue:
    """Go to a scenario, or to the review if there is none to go to."""
    return _to("review") if number is None else redirect(url_for("expert.scenario", number=number), 303)


def _notice(sitting: ExpertSitting, form: AgreeForm) -> str:
    if sitting.closed:
        raise PanelClosedError
    page = notice_page(sitting, installation().settings.contact)
    return render_template("expert/notice.html", page=page, form=form)
