"""A candidate's own page, before and after handing in: where they stand, and all that they can ask for."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue

from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.adjustments.asking import ask_adjustment, get_ask_page
from eiassess.services.hiring.withdrawing import withdraw_own
from eiassess.services.own_page.experience import complain_of_scenario, rate_experience
from eiassess.services.own_page.questions import ask_people
from eiassess.services.own_page.standing import get_standing
from eiassess.web.candidate.own_forms import AdjustmentForm, ExperienceForm, QuestionForm, WithdrawForm
from eiassess.web.candidate.own_presenters import OwnPage, own_page
from eiassess.web.candidate.way import contact_of, current_sitting, to
from eiassess.web.shell.access import INVITATION, Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.forms import PlainForm


def add_own_page(area: Blueprint) -> None:
    """Give the candidate's area the page of their own, and what leads from it."""
    area.add_url_rule("/sit/own", "own", own, methods=["GET"])
    for rule, name, show, take in (
        ("/sit/ask", "ask", ask, send_request),
        ("/sit/question", "question", question, send_question),
        ("/sit/withdraw", "withdraw", withdraw, withdraw_now),
        ("/sit/experience", "experience", experience, send_experience),
    ):
        area.add_url_rule(rule, name, show, methods=["GET"])
        area.add_url_rule(rule, take.__name__, take, methods=["POST"])


def shown_own_page() -> OwnPage:
    """Make the own page of the candidate whose link this browser has opened."""
    sitting = current_sitting()
    return own_page(sitting, get_standing(database(), session[INVITATION]), now(), contact_of(sitting))


@requires(Permission.CANDIDATE)
def own() -> ResponseReturnValue:
    """Say where the candidate stands, and offer what they can do."""
    sent = request.args.get("sent", "")
    return render_template("candidate/own.html", page=shown_own_page(), sent=sent, form=PlainForm())


@requires(Permission.CANDIDATE)
def ask() -> ResponseReturnValue:
    """Offer to ask for something different."""
    return _ask(AdjustmentForm())


@requires(Permission.CANDIDATE)
def send_request() -> ResponseReturnValue:
    """Keep what the candidate needs for whoever takes care of it."""
    form = AdjustmentForm()
    form.offer(get_ask_page(database(), session[INVITATION]).kinds)
    if not form.is_valid():
        return _ask(form), 400
    kind, words = AdjustmentKind(form.kind.data), form.words.data or ""
    try:
        ask_adjustment(database(), session[INVITATION], kind, words, now())
    except (InvalidInputError, RefusedError) as error:
        form.blame(error, "words")
        return _ask(form), 400
    return to("own", sent="request")


def _ask(form: AdjustmentForm) -> str:
    page = get_ask_page(database(), session[INVITATION])
    form.offer(page.kinds)
    return render_template("candidate/ask.html", own=shown_own_page(), page=page, form=form)


@requires(Permission.CANDIDATE)
def question() -> ResponseReturnValue:
    """Offer to ask the people who recruit."""
    return render_template("candidate/question.html", own=shown_own_page(), form=QuestionForm())


@requires(Permission.CANDIDATE)
def send_question() -> ResponseReturnValue:
    """Keep a question for the people who recruit."""
    form = QuestionForm()
    if form.is_valid():
        kind, words = QuestionKind(form.kind.data), form.words.data or ""
        try:
            ask_people(database(), session[INVITATION], kind, words, now())
        except (InvalidInputError, RefusedError) as error:
            form.blame(error, "words")
        else:
            return to("own", sent="question")
    return render_template("candidate/question.html", own=shown_own_page(), form=form), 400


@requires(Permission.CANDIDATE)
def withdraw() -> ResponseReturnValue:
    """Say what withdrawing means, and ask."""
    return render_template("candidate/withdraw.html", own=shown_own_page(), form=WithdrawForm())


@requires(Permission.CANDIDATE)
def withdraw_now() -> ResponseReturnValue:
    """End the invitation for whoever does not want to take part."""
    form = WithdrawForm()
    if not form.is_valid():
        return render_template("candidate/withdraw.html", own=shown_own_page(), form=form), 400
    withdraw_own(database(), session[INVITATION], now())
    return to("own")


@requires(Permission.CANDIDATE)
def experience() -> ResponseReturnValue:
    """Ask how it was, with room for a line and for a scenario that was unclear."""
    return render_template("candidate/experience.html", own=shown_own_page(), form=ExperienceForm())


@requires(Permission.CANDIDATE)
def send_experience() -> ResponseReturnValue:
    """Keep how it was."""
    form = ExperienceForm()
    if form.is_valid():
        try:
            _keep_experience(form)
        except InvalidInputError as error:
            form.blame(error, "line")
        else:
            return to("own", sent="experience")
    return render_template("candidate/experience.html", own=shown_own_page(), form=form), 400


def _keep_experience(form: ExperienceForm) -> None:
    invitation = session[INVITATION]
    if form.scenario.data is not None:
        complain_of_scenario(database(), invitation, form.scenario.data, form.about.data or "", now())
    rate_experience(database(), invitation, int(form.rating.data), form.line.data or "", now())
