"""The links of an opening: which there are, for whom, and ending them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.sharing.links import list_links, revoke_link
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.sharing.presenters import link_line
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now


@area.get("/openings/<opening_id>/sharing")
@requires(Permission.RECRUIT)
def sharing(opening_id: str) -> ResponseReturnValue:
    """List the links of an opening."""
    found = list_links(database(), installation().links, current_user.id, opening_id, now())
    return render_template(
        "recruiter/sharing/sharing.html",
        opening=get_opening(database(), current_user.id, opening_id),
        lines=tuple(map(link_line, found)),
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/sharing/<link_id>/revoke")
@requires(Permission.RECRUIT)
def revoke_shared(opening_id: str, link_id: str) -> ResponseReturnValue:
    """End a link now."""
    revoke_link(database(), current_user.id, opening_id, link_id, now())
    return redirect(url_for("recruiter.sharing", opening_id=opening_id), 303)
