"""Downloading scores or answers of those whom a list shows: the number first, then a file that comes in pieces."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.errors import InvalidInputError
from eiassess.services.exporting.asking import ExportRequest
from eiassess.services.exporting.files import file_pieces
from eiassess.services.exporting.tables import export_table, get_export_offer
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.downloads.presenters import TYPES, file_name, present_download
from eiassess.web.recruiter.list_addresses import filters_of, nameless, parameters_of
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database
from eiassess.web.shell.costly import is_costly


@area.get("/openings/<opening_id>/download")
@requires(Permission.RECRUIT)
def download(opening_id: str) -> ResponseReturnValue:
    """Name how many people the file would hold, and let one choose what of them."""
    return _page(opening_id)


def _page(opening_id: str, error: InvalidInputError | None = None) -> str:
    query, chosen = list_in_address(), request.args.getlist("c")
    found = get_export_offer(database(), current_user.id, opening_id, query, chosen)
    return render_template(
        "recruiter/downloads/download.html",
        page=present_download(found, is_part=bool(chosen or filters_of(query))),
        chosen=chosen,
        parameters=parameters_of(query),
        nameless=nameless(query),
        typed=request.args,
        errors={"form": f"{error}."} if error else {},
        blind=is_blind(),
    )


@area.get("/openings/<opening_id>/download/file")
@requires(Permission.RECRUIT, fresh=True, back="recruiter.download")
@is_costly
def download_file(opening_id: str) -> ResponseReturnValue:
    """Send the file while it is read, so that nobody waits for the last row before the first one comes."""
    sent = request.args
    kind = ExportKind.ANSWERS if sent.get("what") == ExportKind.ANSWERS else ExportKind.SCORES
    written = FileFormat.CSV if sent.get("format") == FileFormat.CSV else FileFormat.XLSX
    asked = ExportRequest(
        kind,
        list_in_address(),
        tuple(sent.getlist("c")),
        form=sent.get("form", ""),
        with_names=sent.get("names") == "yes" and not is_blind(),
    )
    try:
        table = export_table(database(), current_user.id, opening_id, asked)
    except InvalidInputError as error:
        return _page(opening_id, error), 400
    response = Response(file_pieces(table, written), content_type=TYPES[written])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(table, written)}"'
    return response
