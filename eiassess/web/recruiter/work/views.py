"""An opening's background work, for its recruiters."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.jobs.showing import list_jobs, retry_job
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.work.presenters import present_work
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

LAST_PAGE = 1_000_000


@area.get("/openings/<opening_id>/work")
@requires(Permission.RECRUIT)
def work(opening_id: str) -> ResponseReturnValue:
    """List the background work of an opening, paged as the address says."""
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = list_jobs(database(), current_user.id, opening_id, page)
    shown = present_work(found, opening_id, page, blind=is_blind())
    return render_template("recruiter/work/work.html", page=shown, blind=is_blind())


@area.post("/openings/<opening_id>/work/<job_id>/retry")
@requires(Permission.RECRUIT)
def retry_work(opening_id: str, job_id: str) -> ResponseReturnValue:
    """Have work that was given up tried again; asked twice, it is done once."""
    retry_job(database(), current_user.id, opening_id, job_id, now())
    return redirect(url_for("recruiter.work", opening_id=opening_id), 303)
