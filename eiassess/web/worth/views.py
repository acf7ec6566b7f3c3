"""What better hiring is worth: the address carries the figures, and nothing is stored."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eiassess.services.outcomes.validity import list_found_validities
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database
from eiassess.web.worth.forms import WorthForm
from eiassess.web.worth.presenters import EXAMPLE, SOURCES, present_worth

area = Blueprint("worth", __name__)


@area.get("/worth")
@requires(Permission.WEIGH)
def worth() -> ResponseReturnValue:
    """Ask for the company's figures, and weigh them if they are there."""
    form = WorthForm(request.args)
    asked = "hired" in request.args  # a study's own page gives r and n alone, to begin with
    figures = form.figures() if asked and form.validate() else None
    found = list_found_validities(database())
    is_example = "example" in request.args
    page = present_worth(figures, is_example=is_example, found_here=bool(found)) if figures else None
    shown = render_template("worth/worth.html", form=form, page=page, sources=SOURCES, example=EXAMPLE, found=found)
    return shown, 400 if form.errors else 200
