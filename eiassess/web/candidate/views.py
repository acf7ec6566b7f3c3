"""The pages of a candidate's way: link, notice, practice, scenarios, review, thank-you."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from eiassess.domain.sessions import SessionState
from eiassess.services.adjustments.asking import get_ask_page
from eiassess.services.content.practice import has_practice_form
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.own_page.standing import get_standing
from eiassess.services.sitting.answers import (
    Sitting,
    StaleRevisionError,
    record_consent,
    save_response,
)
from eiassess.services.sitting.feedback import get_candidate_feedback
from eiassess.services.sitting.handing_in import submit_session
from eiassess.services.sitting.showings import record_showing
from eiassess.web.candidate.feedback import done_page
from eiassess.web.candidate.forms import ConsentForm, read_answers, read_json_answers
from eiassess.web.candidate.own_data import add_own_data
from eiassess.web.candidate.own_forms import ExperienceForm
from eiassess.web.candidate.own_page import add_own_page
from eiassess.web.candidate.practice import add_practice
from eiassess.web.candidate.presenters import conflict_page, first_open, notice_page, review_page, scenario_page
from eiassess.web.candidate.refusals import answer_refusals, show_clashes
from eiassess.web.candidate.voluntary import add_voluntary
from eiassess.web.candidate.way import contact_of, current_sitting, elsewhere, is_ended, to, to_scenario
from eiassess.web.shell.access import INVITATION, Permission, requires
from eiassess.web.shell.answering import Go, read_go, scenario_at
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm
from eiassess.web.shell.looking import is_looked_at
from eiassess.web.shell.moments import moment
from eiassess.web.shell.sessions import renew_session

area = Blueprint("candidate", __name__)
answer_refusals(area)
add_practice(area)
add_own_page(area)
add_voluntary(area)
add_own_data(area)

TWO_VERSIONS = (
    "These answers were changed in another tab or on another device after you opened this page. "
    "Nothing was overwritten. Which version do you want to keep?"
)


@area.get("/i/<token>/", strict_slashes=False)
@area.get("/i/<path:token>")  # mail programs take "</a>" along, which has a slash
@requires(Permission.PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    """Let a browser in by its link, and take the token out of the address."""
    invitation_id = open_invitation(database(), token)
    # Another person's link ends what was there. One's own, followed twice, leaves the pages of other tabs working.
    if session.get(INVITATION) != invitation_id:
        session.clear()
        session[INVITATION] = invitation_id
    renew_session(session)
    generate_csrf()  # now, so that no later page view has to change the session, and two at once cannot disagree
    return where_now(current_sitting())  # at once: each redirect more is a round trip more on a slow network


@area.get("/sit/no-link")
@requires(Permission.PUBLIC)
def no_link() -> ResponseReturnValue:
    """Say how to get in."""
    return render_template("candidate/no_link.html", contact=installation().settings.contact)


@area.get("/sit")
@requires(Permission.CANDIDATE)
def resume() -> ResponseReturnValue:
    """Send a candidate on to where they stand."""
    return where_now(current_sitting())


def where_now(sitting: Sitting) -> ResponseReturnValue:
    """Go to the page that comes next in a candidate's way."""
    return elsewhere(sitting) or to_scenario(first_open(sitting))


@area.get("/sit/notice")
@requires(Permission.CANDIDATE)
def notice() -> ResponseReturnValue:
    """Show what is measured, who sees it and what follows."""
    sitting = current_sitting()
    if sitting.state == SessionState.SUBMITTED:
        return to("done")
    if is_ended(sitting) and not sitting.consented:
        return to("own")
    return _notice(sitting, ConsentForm())


@area.post("/sit/notice")
@requires(Permission.CANDIDATE)
def consent() -> ResponseReturnValue:
    """Keep that the candidate agreed."""
    form = ConsentForm()
    if not form.is_valid():
        return _notice(current_sitting(), form), 400
    record_consent(database(), session[INVITATION], now())
    return to("practice")


@area.get("/sit/scenario/<int:number>")
@requires(Permission.CANDIDATE)
def scenario(number: int) -> ResponseReturnValue:
    """Show one scenario with what was saved; nothing is kept but that it was shown, when it is the first time."""
    sitting = current_sitting()
    shown = scenario_at(sitting.form, number)
    other = elsewhere(sitting)
    if other is not None:
        return other
    if is_looked_at():
        record_showing(database(), session[INVITATION], shown.id, now())
    return render_template("candidate/scenario.html", page=scenario_page(sitting, number, now()), form=PlainForm())


@area.post("/sit/scenario/<int:number>")
@requires(Permission.CANDIDATE)
def answer(number: int) -> ResponseReturnValue:
    """Save a page of answers and go where its button says; one that clashes is shown again as it was."""
    sitting = current_sitting()
    scenario = scenario_at(sitting.form, number)
    given = read_answers(sitting.form, scenario)
    if given.answer.clashes and sitting.state == SessionState.STARTED:
        return show_clashes(sitting, number, given)
    ratings = given.answer.ratings
    try:
        save_response(database(), session[INVITATION], scenario.id, ratings, given.revision, now())
    except StaleRevisionError as stale:
        if not given.untouched:
            page = conflict_page(sitting, number, now(), ratings, stale.saved, TWO_VERSIONS)
            return render_template("candidate/conflict.html", conflict=page, form=PlainForm()), 409
    return _go(sitting, number)


@area.post("/sit/scenario/<int:number>/save")
@requires(Permission.CANDIDATE)
def save(number: int) -> ResponseReturnValue:
    """Save answers for the script; when it answers, they are committed."""
    scenario = scenario_at(current_sitting().form, number)
    given = read_json_answers()
    try:
        saved = save_response(
            database(), session[INVITATION], scenario.id, given.ratings, given.revision, now(), tries=given.tries
        )
    except StaleRevisionError as stale:
        saved_there = {"ratings": dict(stale.saved.ratings), "revision": stale.saved.revision}
        return {"message": str(stale), "saved": saved_there, "given": {"ratings": dict(stale.given)}}, 409
    return {"revision": saved.revision, "saved_at": moment(saved.saved_at or now()).iso}


@area.get("/sit/review")
@requires(Permission.CANDIDATE)
def review() -> ResponseReturnValue:
    """Show what is complete before handing in."""
    sitting = current_sitting()
    return elsewhere(sitting) or render_template(
        "candidate/review.html", page=review_page(sitting, now()), form=PlainForm()
    )


@area.get("/sit/hand-in")
@requires(Permission.CANDIDATE)
def hand_in() -> ResponseReturnValue:
    """Name what is missing, before it is handed in like that."""
    sitting = current_sitting()
    other = elsewhere(sitting)
    if other is not None:
        return other
    page = review_page(sitting, now())
    return to("review") if page.is_complete else render_template("candidate/gaps.html", page=page, form=PlainForm())


@area.post("/sit/submit")
@requires(Permission.CANDIDATE)
def submit() -> ResponseReturnValue:
    """Hand in the last saved answers, with gaps only if these were named; doing it twice is doing it once."""
    sitting = current_sitting()
    other = elsewhere(sitting)
    if other is not None:
        return other
    if request.form.get("gaps", "") != review_page(sitting, now()).gaps_named:
        return to("hand_in")
    submit_session(database(), session[INVITATION], now())
    return to("done")


@area.get("/sit/done")
@requires(Permission.CANDIDATE)
def done() -> ResponseReturnValue:
    """Thank the candidate and give something back."""
    sitting = current_sitting()
    if sitting.state != SessionState.SUBMITTED:
        return to("resume")
    feedback = get_candidate_feedback(database(), session[INVITATION])
    page = done_page(feedback, sitting, contact_of(sitting))
    voluntary = get_standing(database(), session[INVITATION]).fairness
    return render_template(
        "candidate/done.html", sitting=sitting.session_id, page=page, voluntary=voluntary, form=ExperienceForm()
    )


def _go(sitting: Sitting, number: int) -> ResponseReturnValue:
    match read_go():
        case Go.BACK:
            return to_scenario(number - 1) if number > 1 else to("practice")
        case Go.CONTINUE:
            return to_scenario(number + 1 if number < len(sitting.form.scenarios) else None)
        case Go.REVIEW:
            return to("review")
    return to_scenario(number)


def _notice(sitting: Sitting, form: ConsentForm) -> str:
    settings = installation().settings
    keeps_promise = get_ask_page(database(), session[INVITATION]).keeps_promise
    return render_template(
        "candidate/notice.html",
        page=notice_page(sitting, now(), contact_of(sitting), keeps_promise=keeps_promise),
        has_try_out=has_practice_form(settings.bank_folders),
        form=form,
    )
