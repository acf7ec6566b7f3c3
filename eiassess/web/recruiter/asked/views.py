"""What comes from candidates: questions that a person answers, and how they found it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from eiassess.errors import InvalidInputError
from eiassess.services.own_page.experience import get_experience
from eiassess.services.own_page.questions import answer_question, get_question, list_questions
from eiassess.services.own_page.standing import get_opening_standing
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.asked.presenters import asked_page, question_line
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.forms import RefusableForm


class ReplyForm(RefusableForm):
    """The answer to a question."""

    words = TextAreaField("Your answer", validators=[InputRequired("Write what the candidate is to read.")])


@area.get("/openings/<opening_id>/asked")
@requires(Permission.RECRUIT)
def asked(opening_id: str) -> ResponseReturnValue:
    """List what an opening's candidates asked, and sum up how they found it."""
    user = current_user.id
    questions = list_questions(database(), user, opening_id)
    experience = get_experience(database(), user, opening_id)
    title, n_failed = get_opening_standing(database(), user, opening_id)
    page = asked_page((opening_id, title), questions, experience, n_failed, blind=is_blind())
    return render_template("recruiter/asked/asked.html", page=page, blind=is_blind())


@area.get("/asked/<question_id>")
@requires(Permission.RECRUIT)
def question(question_id: str) -> ResponseReturnValue:
    """Show a question with room for the answer."""
    return _question(question_id, ReplyForm())


@area.post("/asked/<question_id>")
@requires(Permission.RECRUIT)
def reply(question_id: str) -> ResponseReturnValue:
    """Answer a question; the candidate is mailed the words."""
    form = ReplyForm()
    if form.is_valid():
        try:
            opening_id = answer_question(database(), current_user.id, question_id, form.words.data or "", now())
        except InvalidInputError as error:
            form.blame(error, "words")
        else:
            return redirect(url_for("recruiter.asked", opening_id=opening_id), 303)
    return _question(question_id, form), 400


def _question(question_id: str, form: ReplyForm) -> str:
    found, opening_id = get_question(database(), current_user.id, question_id)
    line = question_line(found, blind=is_blind())
    return render_template(
        "recruiter/asked/question.html", line=line, opening_id=opening_id, form=form, blind=is_blind()
    )
