"""The page of other weights, by addresses that can be sent, and what is kept of it."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.results.saved_what_ifs import NewWhatIf
from eiassess.services.results.saved_what_ifs import delete_what_if as delete_own
from eiassess.services.results.saved_what_ifs import save_what_if as keep
from eiassess.services.results.what_if import get_what_if
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.list_addresses import NAME, read_page
from eiassess.web.recruiter.what_if.presenters import MOVED, PAGE, WEIGHT, WhatIfPage, present_what_if
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

WEIGHTS = frozenset("0123")


@area.get("/openings/<opening_id>/what-if")
@requires(Permission.RECRUIT)
def what_if(opening_id: str) -> ResponseReturnValue:
    """Show an opening's people with the weights of the address."""
    return _shown(_page(opening_id))


@area.get("/openings/<opening_id>/what-if/now")
@requires(Permission.RECRUIT)
def what_if_now(opening_id: str) -> ResponseReturnValue:
    """Send the part of the page that follows the weights."""
    return render_template("recruiter/what_if/_result.html", page=_page(opening_id))


@area.get("/openings/<opening_id>/what-if/<what_if_id>")
@requires(Permission.RECRUIT)
def saved_what_if(opening_id: str, what_if_id: str) -> ResponseReturnValue:
    """Show what somebody kept, worked out anew from the answers of today."""
    return _shown(_page(opening_id, what_if_id))


@area.post("/openings/<opening_id>/what-if")
@requires(Permission.RECRUIT)
def save_what_if(opening_id: str) -> ResponseReturnValue:
    """Keep the weights that the form brings along, which are those of the page, with a name and a reason."""
    weights = _weights(request.form)
    new = NewWhatIf(request.form.get("name", ""), request.form.get("reason", ""), weights)
    try:
        what_if_id = keep(database(), current_user.id, opening_id, new, now())
    except InvalidInputError as error:
        return _shown(_page(opening_id, weights=weights), request.form, {error.field: f"{error}."}), 400
    return redirect(url_for("recruiter.saved_what_if", opening_id=opening_id, what_if_id=what_if_id), 303)


@area.post("/openings/<opening_id>/what-if/<what_if_id>/delete")
@requires(Permission.RECRUIT)
def delete_what_if(opening_id: str, what_if_id: str) -> ResponseReturnValue:
    """Delete what one kept oneself."""
    delete_own(database(), current_user.id, opening_id, what_if_id)
    return redirect(url_for("recruiter.what_if", opening_id=opening_id), 303)


def _page(opening_id: str, what_if_id: str | None = None, weights: Mapping[str, int] | None = None) -> WhatIfPage:
    asked = _weights(request.args) if weights is None else weights
    found = get_what_if(database(), current_user.id, opening_id, asked, what_if_id)
    page, only_moved = read_page(request.args.get(PAGE, "")), request.args.get(MOVED) == "yes"
    return present_what_if(found, blind=is_blind(), only_moved=only_moved, page=page)


def _weights(fields: Mapping[str, str]) -> dict[str, int]:
    """Read the weights of an address or a form; what is none is left out."""
    asked = {name.removeprefix(WEIGHT): value for name, value in fields.items() if name.startswith(WEIGHT)}
    return {name: int(value) for name, value in asked.items() if value in WEIGHTS and NAME.fullmatch(name)}


def _shown(page: WhatIfPage, fields: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    return render_template(
        "recruiter/what_if/what_if.html", page=page, fields=fields or {}, errors=errors or {}, blind=is_blind()
    )
