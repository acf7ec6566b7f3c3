"""An opening's end: closing it, which asks about those on their way, opening it again, and the archive."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.hiring.closing import (
    archive_opening,
    close_opening,
    list_on_their_way,
    reopen_opening,
    unarchive_opening,
)
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.settings.presenters import present_settings
from eiassess.web.recruiter.settings.views import details
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

WAYS = ("finish", "end")
"""What becomes of those on their way."""
NAMED_AT_MOST = 50


@area.get("/openings/<opening_id>/close")
@requires(Permission.OPEN_JOBS)
def close(opening_id: str) -> ResponseReturnValue:
    """Say who is still on their way, and ask what becomes of them."""
    return _close_page(opening_id)


def _close_page(opening_id: str, error: str = "") -> str:
    page = present_settings(details(opening_id))
    people = list_on_their_way(database(), current_user.id, opening_id, now())
    return render_template(
        "recruiter/settings/close.html",
        page=page,
        people=people[:NAMED_AT_MOST],
        n_people=len(people),
        error=error,
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/close")
@requires(Permission.OPEN_JOBS)
def close_now(opening_id: str) -> ResponseReturnValue:
    """Close the opening."""
    way = request.form.get("way", "")
    if way not in WAYS and list_on_their_way(database(), current_user.id, opening_id, now()):
        return _close_page(opening_id, "Choose what becomes of those on their way."), 400
    close_opening(database(), current_user.id, opening_id, now(), end_links=way == "end")
    return redirect(url_for("recruiter.settings", opening_id=opening_id), 303)


@area.post("/openings/<opening_id>/reopen")
@requires(Permission.OPEN_JOBS)
def reopen(opening_id: str) -> ResponseReturnValue:
    """Let the opening take invitations again."""
    reopen_opening(database(), current_user.id, opening_id)
    return redirect(url_for("recruiter.settings", opening_id=opening_id), 303)


@area.post("/openings/<opening_id>/archive")
@requires(Permission.OPEN_JOBS)
def archive(opening_id: str) -> ResponseReturnValue:
    """Take the opening out of the list."""
    archive_opening(database(), current_user.id, opening_id)
    return redirect(url_for("recruiter.openings", show="archived"), 303)


@area.post("/openings/<opening_id>/unarchive")
@requires(Permission.OPEN_JOBS)
def unarchive(opening_id: str) -> ResponseReturnValue:
    """Take the opening back into the list."""
    unarchive_opening(database(), current_user.id, opening_id)
    return redirect(url_for("recruiter.settings", opening_id=opening_id), 303)
