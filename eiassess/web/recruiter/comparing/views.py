"""Candidates of an opening side by side."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.results.comparing import compare_candidates
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.comparing.presenters import present_comparison
from eiassess.web.recruiter.comparing.viewing import read_view
from eiassess.web.recruiter.openings.views import opening_page
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database


@area.get("/openings/<opening_id>/compare")
@requires(Permission.RECRUIT)
def compare(opening_id: str) -> ResponseReturnValue:
    """Put chosen candidates side by side; a choice that cannot be compared is shown again with the reason."""
    view = read_view(request.args, list_in_address())
    try:
        comparison = compare_candidates(database(), current_user.id, opening_id, view.chosen, view.estimates)
    except InvalidInputError as error:
        return opening_page(opening_id, list(view.chosen), str(error)), 400
    except RefusedError as error:
        return opening_page(opening_id, list(view.chosen), str(error)), 409
    page = present_comparison(comparison, view, blind=is_blind())
    return render_template("recruiter/comparing/compare.html", page=page, blind=is_blind())
