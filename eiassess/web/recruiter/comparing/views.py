"""Candidates of an opening side by side."""

from collections.abc import Callable

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.results.comparing import Comparison, compare_candidates
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.comparing.paper import comparison_report, file_name
from eiassess.web.recruiter.comparing.presenters import ComparisonPage, present_comparison
from eiassess.web.recruiter.comparing.viewing import read_view
from eiassess.web.recruiter.openings.views import opening_page
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation
from eiassess.web.shell.costly import is_costly
from eiassess.web.shell.papers import send_pdf


@area.get("/openings/<opening_id>/compare")
@requires(Permission.RECRUIT)
@is_costly
def compare(opening_id: str) -> ResponseReturnValue:
    """Put chosen candidates side by side; a choice that cannot be compared is shown again with the reason."""
    return _shown(opening_id, _page)


@area.get("/openings/<opening_id>/compare.pdf")
@requires(Permission.RECRUIT, fresh=True, back="recruiter.compare")
@is_costly
def compare_on_paper(opening_id: str) -> ResponseReturnValue:
    """Send exactly the view that an address of the page asks for, as a PDF."""
    return _shown(opening_id, _pdf)


def _shown(opening_id: str, show: Callable[[Comparison, ComparisonPage], ResponseReturnValue]) -> ResponseReturnValue:
    view = read_view(request.args, list_in_address())
    try:
        comparison = compare_candidates(database(), current_user.id, opening_id, view.chosen, view.estimates)
    except InvalidInputError as error:
        return opening_page(opening_id, list(view.chosen), str(error)), 400
    except RefusedError as error:
        return opening_page(opening_id, list(view.chosen), str(error)), 409
    return show(comparison, present_comparison(comparison, view, blind=is_blind()))


def _page(_comparison: Comparison, page: ComparisonPage) -> ResponseReturnValue:
    return render_template("recruiter/comparing/compare.html", page=page, blind=is_blind())


def _pdf(comparison: Comparison, page: ComparisonPage) -> ResponseReturnValue:
    report = comparison_report(comparison, page, installation().clock())
    return send_pdf(report, file_name(report), "recruiter/comparing/busy.html")
