"""The pages of a candidate's way: link, notice, practice, scenarios, review, thank-you."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from eiassess.domain.scenarios import Scenario
from eiassess.domain.sessions import SessionState
from eiassess.services.delivery import (
    Sitting,
    StaleRevisionError,
    get_sitting,
    record_consent,
    record_practice,
    save_response,
)
from eiassess.services.feedback import get_candidate_feedback
from eiassess.services.invitations import open_invitation
from eiassess.services.scoring import submit_session
from eiassess.web.access import INVITATION, Permission, requires
from eiassess.web.candidate.forms import (
    ConsentForm,
    Go,
    PlainForm,
    read_answers,
    read_go,
    read_json_answers,
    read_ratings,
)
from eiassess.web.candidate.presenters import (
    conflict_page,
    first_open,
    moment,
    notice_page,
    question,
    review_page,
    scenario_page,
)
from eiassess.web.candidate.refusals import answer_refusals
from eiassess.web.context import database, installation, now
from eiassess.web.sessions import renew_session

area = Blueprint("candidate", __name__)
answer_refusals(area)

TWO_VERSIONS = (
    "These answers were changed in another tab or on another device after you opened this page. "
    "Nothing was overwritten. Which version do you want to keep?"
)


@area.get("/i/<token>")
@requires(Permission.PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    """Let a browser in by its link, and take the token out of the address."""
    invitation_id = open_invitation(database(), token, now())
    # Another person's link ends what was there. One's own, followed twice, leaves the pages of other tabs working.
    if session.get(INVITATION) != invitation_id:
        session.clear()
        session[INVITATION] = invitation_id
    renew_session(session)
    generate_csrf()  # now, so that no later page view has to change the session, and two at once cannot disagree
    return redirect(url_for("candidate.resume"), 303)


@area.get("/sit/no-link")
@requires(Permission.PUBLIC)
def no_link() -> ResponseReturnValue:
    """Say how to get in."""
    return render_template("candidate/no_link.html", contact=installation().settings.contact)


@area.get("/sit")
@requires(Permission.CANDIDATE)
def resume() -> ResponseReturnValue:
    """Send a candidate on to where they stand."""
    sitting = _sitting()
    return _elsewhere(sitting) or _to_scenario(first_open(sitting))


@area.get("/sit/notice")
@requires(Permission.CANDIDATE)
def notice() -> ResponseReturnValue:
    """Show what is measured, who sees it and what follows."""
    sitting = _sitting()
    if sitting.state == SessionState.SUBMITTED:
        return _to("done")
    return _notice(sitting, ConsentForm())


@area.post("/sit/notice")
@requires(Permission.CANDIDATE)
def consent() -> ResponseReturnValue:
    """Keep that the candidate agreed."""
    form = ConsentForm()
    if not form.is_agreed():
        return _notice(_sitting(), form), 400
    record_consent(database(), session[INVITATION], now())
    return _to("practice")


@area.get("/sit/practice")
@requires(Permission.CANDIDATE)
def practice() -> ResponseReturnValue:
    """Show a scenario to try out."""
    sitting = _sitting()
    if sitting.state == SessionState.SUBMITTED or not sitting.consented:
        return _elsewhere(sitting) or _to("resume")
    return _practice(sitting, checked=False)


@area.post("/sit/practice")
@requires(Permission.CANDIDATE)
def try_practice() -> ResponseReturnValue:
    """Show what the key thinks of the practice ratings, without storing them; or begin."""
    sitting = _sitting()
    if read_go() is not Go.CONTINUE and sitting.consented:
        return _practice(sitting, checked=True)
    record_practice(database(), session[INVITATION], now())
    return _to("resume")


@area.get("/sit/scenario/<int:number>")
@requires(Permission.CANDIDATE)
def scenario(number: int) -> ResponseReturnValue:
    """Show one scenario with what was saved."""
    sitting = _sitting()
    _scenario(sitting, number)
    return _elsewhere(sitting) or render_template(
        "candidate/scenario.html", page=scenario_page(sitting, number), form=PlainForm()
    )


@area.post("/sit/scenario/<int:number>")
@requires(Permission.CANDIDATE)
def answer(number: int) -> ResponseReturnValue:
    """Save a page of ratings and go where its button says."""
    sitting = _sitting()
    scenario = _scenario(sitting, number)
    given = read_answers(scenario)
    try:
        save_response(database(), session[INVITATION], scenario.id, given.ratings, given.revision, now())
    except StaleRevisionError as stale:
        if not given.untouched:
            page = conflict_page(sitting, number, given.ratings, stale.saved, TWO_VERSIONS)
            return render_template("candidate/conflict.html", conflict=page, form=PlainForm()), 409
    return _go(sitting, number)


@area.post("/sit/scenario/<int:number>/save")
@requires(Permission.CANDIDATE)
def save(number: int) -> ResponseReturnValue:
    """Save ratings for the script; when it answers, they are committed."""
    scenario = _scenario(_sitting(), number)
    given = read_json_answers()
    try:
        saved = save_response(database(), session[INVITATION], scenario.id, given.ratings, given.revision, now())
    except StaleRevisionError as stale:
        saved_there = {"ratings": dict(stale.saved.ratings), "revision": stale.saved.revision}
        return {"message": str(stale), "saved": saved_there, "given": {"ratings": dict(stale.given)}}, 409
    return {"revision": saved.revision, "saved_at": moment(saved.saved_at or now()).iso}


@area.get("/sit/review")
@requires(Permission.CANDIDATE)
def review() -> ResponseReturnValue:
    """Show what is complete before handing in."""
    sitting = _sitting()
    return _elsewhere(sitting) or render_template("candidate/review.html", page=review_page(sitting), form=PlainForm())


@area.post("/sit/submit")
@requires(Permission.CANDIDATE)
def submit() -> ResponseReturnValue:
    """Hand in the last saved answers; doing it twice is doing it once."""
    sitting = _sitting()
    elsewhere = _elsewhere(sitting)
    if elsewhere is not None:
        return elsewhere
    submit_session(database(), session[INVITATION], now())
    return _to("done")


@area.get("/sit/done")
@requires(Permission.CANDIDATE)
def done() -> ResponseReturnValue:
    """Thank the candidate and give something back."""
    sitting = _sitting()
    if sitting.state != SessionState.SUBMITTED:
        return _to("resume")
    feedback = get_candidate_feedback(database(), session[INVITATION], now())
    return render_template(
        "candidate/done.html",
        feedback=feedback,
        submitted=moment(feedback.submitted_at),
        until=moment(sitting.expires_at),
        contact=installation().settings.contact,
    )


def _sitting() -> Sitting:
    return get_sitting(database(), session[INVITATION], now())


def _scenario(sitting: Sitting, number: int) -> Scenario:
    if not 1 <= number <= len(sitting.form.scenarios):
        abort(404)
    return sitting.form.scenarios[number - 1]


def _elsewhere(sitting: Sitting) -> ResponseReturnValue | None:
    """Return where a candidate has to be who is not in the midst of the scenarios."""
    if sitting.state == SessionState.SUBMITTED:
        return _to("done")
    if not sitting.consented:
        return _to("notice")
    return None if sitting.practised else _to("practice")


def _go(sitting: Sitting, number: int) -> ResponseReturnValue:
    match read_go():
        case Go.BACK:
            return _to_scenario(number - 1) if number > 1 else _to("practice")
        case Go.CONTINUE:
            return _to_scenario(number + 1 if number < len(sitting.form.scenarios) else None)
        case Go.REVIEW:
            return _to("review")
    return _to_scenario(number)


def _to(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(f"candidate.{endpoint}"), 303)


def _to_scenario(number: int | None) -> ResponseReturnValue:
    """Go to a scenario, or to the review if there is none to go to."""
    return _to("review") if number is None else redirect(url_for("candidate.scenario", number=number), 303)


def _notice(sitting: Sitting, form: ConsentForm) -> str:
    return render_template(
        "candidate/notice.html", page=notice_page(sitting, installation().settings.contact), form=form
    )


def _practice(sitting: Sitting, *, checked: bool) -> str:
    example = sitting.form.practice[0] if sitting.form.practice else None
    ratings = read_ratings(example) if checked and example else {}
    return render_template(
        "candidate/practice.html",
        question=question(sitting, example, ratings) if example else None,
        checked=checked,
        sitting=sitting,
        form=PlainForm(),
    )
