"""An analyst's pages on voluntary answers: sums alone, of openings in which they have no part."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import NotFoundError
from eiassess.services.fairness.reading import get_opening_sums, list_openings_with_sums
from eiassess.web.analyst.presenters.fairness import opening_line, present_fairness, present_law
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database


def add_fairness(area: Blueprint) -> None:
    """Give the analyst's area the pages of sums."""
    area.add_url_rule("/analysis/fairness", "fairness", fairness, methods=["GET"])
    area.add_url_rule("/analysis/fairness/<opening_id>", "opening_fairness", opening_fairness, methods=["GET"])
    area.add_url_rule("/analysis/fairness/<opening_id>/law-144", "law_144", law_144, methods=["GET"])


@requires(Permission.ANALYSE)
def fairness() -> ResponseReturnValue:
    """List openings that ask voluntary questions."""
    found = list_openings_with_sums(database(), current_user.id)
    return render_template("analyst/fairness.html", openings=[(each, opening_line(each)) for each in found])


@requires(Permission.ANALYSE)
def opening_fairness(opening_id: str) -> ResponseReturnValue:
    """Show an opening's sums."""
    found = get_opening_sums(database(), current_user.id, opening_id)
    return render_template("analyst/opening_fairness.html", page=present_fairness(found))


@requires(Permission.ANALYSE)
def law_144(opening_id: str) -> ResponseReturnValue:
    """Show the tables of Local Law 144 where the opening asked that law's questions."""
    found = get_opening_sums(database(), current_user.id, opening_id)
    if not found.asked.law_144:
        message = "This opening does not ask that law's questions"
        raise NotFoundError(message)
    return render_template("analyst/law_144.html", page=present_law(found))
