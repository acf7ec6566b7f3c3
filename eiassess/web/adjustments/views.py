"""The requests that somebody takes care of, and the answer to one."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.adjustments.answering import answer_request, get_request, list_requests
from eiassess.web.adjustments.forms import AnswerForm
from eiassess.web.adjustments.presenters import request_line, request_page
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

area = Blueprint("adjustments", __name__)


@area.get("/adjustments")
@requires(Permission.ADJUST)
def requests() -> ResponseReturnValue:
    """List the requests that this person reads; of those of others nothing is said."""
    lines = tuple(request_line(each) for each in list_requests(database(), current_user.id))
    return render_template("adjustments/requests.html", lines=lines)


@area.get("/adjustments/<request_id>")
@requires(Permission.ADJUST)
def request_(request_id: str) -> ResponseReturnValue:
    """Show a request with room for the answer."""
    asked = get_request(database(), current_user.id, request_id)
    form = AnswerForm()
    form.offer(asked)
    return render_template("adjustments/request.html", page=request_page(asked), form=form)


@area.post("/adjustments/<request_id>")
@requires(Permission.ADJUST)
def answer(request_id: str) -> ResponseReturnValue:
    """Answer a request; the candidate is mailed the words."""
    asked = get_request(database(), current_user.id, request_id)
    form = AnswerForm()
    form.offer(asked)
    if form.is_valid():
        try:
            answer_request(database(), current_user.id, request_id, form.answer(asked), now())
        except (InvalidInputError, RefusedError) as error:
            form.blame(error, "words")
        else:
            return redirect(url_for("adjustments.requests"), 303)
    return render_template("adjustments/request.html", page=request_page(asked), form=form), 400
