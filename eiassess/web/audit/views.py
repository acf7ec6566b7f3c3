"""The audit, for administrators: a page with filters, and a file."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from eiassess.services.auditing.reading import (
    AuditPage,
    count_entries,
    csv_of_audit,
    json_lines_of_audit,
    list_actors,
    list_entries,
)
from eiassess.web.audit.filters import number_from, read_filter
from eiassess.web.audit.presenters import present_audit
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database

area = Blueprint("audit", __name__)


@area.get("/audit")
@requires(Permission.ADMINISTER)
def entries() -> ResponseReturnValue:
    """List entries, the newest first, as the address asks."""
    asked = read_filter(request.args)
    before, after = (number_from(request.args.get(name, "")) for name in ("before", "after"))
    nothing = AuditPage((), {}, None, None)
    found = nothing if asked.problems else list_entries(database(), asked.wanted, before=before, after=after)
    page = present_audit(found, asked, list_actors(database()), count_entries(database()))
    shown = render_template("audit/entries.html", page=page, asked=asked, page_error=bool(asked.problems))
    return shown, 400 if asked.problems else 200


@area.get("/audit/file")
@requires(Permission.ADMINISTER, fresh=True, back="audit.entries")
def file() -> ResponseReturnValue:
    """Send what the page's filter finds as a file, while it is read."""
    asked = read_filter(request.args)
    if asked.problems:
        return entries()
    is_csv = request.args.get("format") != "jsonl"
    pieces = (csv_of_audit if is_csv else json_lines_of_audit)(database(), asked.wanted)
    response = Response(pieces, content_type="text/csv; charset=utf-8" if is_csv else "application/jsonl")
    response.headers["Content-Disposition"] = f'attachment; filename="audit.{"csv" if is_csv else "jsonl"}"'
    return response
