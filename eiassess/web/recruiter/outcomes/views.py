"""An opening's page on outcomes, and the page where somebody's work is rated."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.outcomes import ASKED_AFTER_DAYS, HIGHEST, LOWEST, QUESTION_IDS, QUESTIONS
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.outcomes.recording import get_person_to_rate, rate_work
from eiassess.services.outcomes.switching import get_outcomes, switch_off, switch_on
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.outcomes.presenters import lead_of
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.moments import short_day


@area.get("/openings/<opening_id>/outcomes")
@requires(Permission.RECRUIT)
def outcomes(opening_id: str) -> ResponseReturnValue:
    """Say whether this opening asks how people work, and who waits to be rated."""
    return _outcomes_page(opening_id, str(ASKED_AFTER_DAYS), {})


def _outcomes_page(opening_id: str, days: str, errors: Mapping[str, str]) -> str:
    page = get_outcomes(database(), current_user.id, opening_id, ASKED_AFTER_DAYS)
    return render_template(
        "recruiter/outcomes/outcomes.html",
        page=page,
        lead=lead_of(page, now()),
        fields={"days": days},
        errors=errors,
        blind=is_blind(),
        now=now(),
        short_day=short_day,
    )


@area.post("/openings/<opening_id>/outcomes")
@requires(Permission.RECRUIT)
def ask_outcomes(opening_id: str) -> ResponseReturnValue:
    """Switch asking on, or off."""
    days = request.form.get("days", "")
    try:
        if "off" in request.form:
            switch_off(database(), current_user.id, opening_id)
        else:
            switch_on(database(), current_user.id, opening_id, int(days) if days.isascii() and days.isdigit() else 0)
    except InvalidInputError as error:
        return _outcomes_page(opening_id, days, {"days": f"{error}."}), 400
    except RefusedError as error:
        return _outcomes_page(opening_id, days, {"switch": f"{error}."}), 409
    return redirect(url_for("recruiter.outcomes", opening_id=opening_id), 303)


@area.get("/candidates/<session_id>/work")
@requires(Permission.RECRUIT)
def work_rating(session_id: str) -> ResponseReturnValue:
    """Ask how somebody works who was hired."""
    return _rating_page(session_id, {}, {})


def _rating_page(session_id: str, fields: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "recruiter/outcomes/rate.html",
        page=get_person_to_rate(database(), current_user.id, session_id, now()),
        questions=QUESTIONS,
        points=range(LOWEST, HIGHEST + 1),
        fields=fields,
        errors=errors,
        blind=is_blind(),
    )


@area.post("/candidates/<session_id>/work")
@requires(Permission.RECRUIT)
def rate_this_work(session_id: str) -> ResponseReturnValue:
    """Record how somebody works."""
    sent = {name: request.form[name] for name in QUESTION_IDS if request.form.get(name)}
    ratings = {name: int(text) if text.isascii() and text.isdigit() else 0 for name, text in sent.items()}
    opening_id = get_person_to_rate(database(), current_user.id, session_id, now()).opening_id
    try:
        rate_work(database(), current_user.id, session_id, ratings, now())
    except InvalidInputError as error:
        return _rating_page(session_id, sent, {error.field: f"{error}."}), 400
    except RefusedError as error:
        return _rating_page(session_id, sent, {QUESTION_IDS[0]: f"{error}."}), 409
    return redirect(url_for("recruiter.outcomes", opening_id=opening_id), 303)
