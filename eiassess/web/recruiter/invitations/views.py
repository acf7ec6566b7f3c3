"""Inviting people to an opening: one by name, a pasted list, or a file; lists are shown before anybody is invited."""

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.mail.smtp import Postbox
from eiassess.people_lists.cells import ListSheet
from eiassess.people_lists.reading import MAX_FILE_BYTES, MAX_PASTED_LETTERS, MAX_ROWS, text_sheets, upload_sheets
from eiassess.services.hiring.invitation_lists import (
    choose_columns,
    confirm_list,
    discard_list,
    get_invitation_list,
    list_waiting,
    refused_file,
    stage_list,
)
from eiassess.services.hiring.invited_before import InvitedBeforeError
from eiassess.services.hiring.inviting import Invitee
from eiassess.services.hiring.inviting_one import SatLatelyError, invite_by_mail
from eiassess.services.hiring.list_records import InvitationList
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.invitations.forms import ColumnsForm, ConfirmForm, PastedForm, PersonForm, UploadForm
from eiassess.web.recruiter.invitations.presenters import present_list
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.costly import is_costly
from eiassess.web.shell.form_sizes import takes_up_to
from eiassess.web.shell.forms import RefusableForm
from eiassess.web.shell.moments import full_day

BYTES_OF_A_LETTER = 10
"""At most, as a form sends it."""
AROUND_A_FILE = 100_000
"""What a form may hold beside its file."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASTED = "pasted list"
LONGEST_NUMBER = 5
FOR_ANOTHER_LINK = "For a new link to the same answers, choose them on the page Progress and press Send a new link"


@area.get("/openings/<opening_id>/invite")
@requires(Permission.RECRUIT)
def invite(opening_id: str) -> ResponseReturnValue:
    """Ask for one person, a pasted list or a file; lists that wait are there too."""
    return _invite_page(opening_id)


def _invite_page(opening_id: str, sent: RefusableForm | None = None, *, asks_sat: bool = False) -> str:
    """Make the page with the form that was sent as it was, and the others empty."""
    forms = {"person": PersonForm, "pasted": PastedForm, "upload": UploadForm}
    waiting = list_waiting(database(), current_user.id, opening_id, now())
    shown = {name: sent if isinstance(sent, form) else form(formdata=None) for name, form in forms.items()}
    return render_template(
        "recruiter/invitations/invite.html",
        opening=get_opening(database(), current_user.id, opening_id),
        sent=sent,
        asks_sat=asks_sat,
        waiting=[(each.id, each.source, full_day(each.ends_at)) for each in waiting],
        max_bytes=MAX_FILE_BYTES,
        max_rows=MAX_ROWS,
        blind=is_blind(),
        **shown,
    )


@area.post("/openings/<opening_id>/invite/person")
@requires(Permission.RECRUIT)
def invite_person(opening_id: str) -> ResponseReturnValue:
    """Invite one person by mail."""
    form = PersonForm()
    if not form.is_valid():
        return _invite_page(opening_id, form), 400
    who = Invitee(form.name.data or "", form.email.data or "")
    try:
        issued = invite_by_mail(
            database(), installation().links, current_user.id, opening_id, who, now(), also_sat=form.also_sat.data
        )
    except SatLatelyError as error:
        form.blame(error, "also_sat")
        return _invite_page(opening_id, form, asks_sat=True), 409
    except InvitedBeforeError as error:
        form.blame(RefusedError(f"{error}. {FOR_ANOTHER_LINK}"), "email")
        return _invite_page(opening_id, form), 400
    except (InvalidInputError, RefusedError) as error:
        form.blame(error, "email")
        return _invite_page(opening_id, form), 400
    return redirect(url_for("recruiter.candidate", session_id=issued.session_id), 303)


@area.post("/openings/<opening_id>/invite/pasted")
@requires(Permission.RECRUIT)
@takes_up_to(BYTES_OF_A_LETTER * MAX_PASTED_LETTERS)
@is_costly
def paste_list(opening_id: str) -> ResponseReturnValue:
    """Read a pasted list and keep it aside."""
    form = PastedForm()
    return _stage(opening_id, form, lambda: text_sheets(form.text.data or ""), PASTED)


@area.post("/openings/<opening_id>/invite/upload")
@requires(Permission.RECRUIT)
@takes_up_to(MAX_FILE_BYTES + AROUND_A_FILE)
@is_costly
def upload_list(opening_id: str) -> ResponseReturnValue:
    """Read a file and keep it aside."""
    form, file = UploadForm(), request.files.get("file")
    if not form.is_valid() or file is None:
        return _invite_page(opening_id, form), 400
    name = file.filename or "file"
    with file.stream:  # a large one lies on the disk until it is closed
        data = file.read()
    return _stage(opening_id, form, lambda: upload_sheets(name, data), name)


def _stage(
    opening_id: str, form: PastedForm | UploadForm, read: Callable[[], tuple[ListSheet, ...]], source: str
) -> ResponseReturnValue:
    """Read a list and keep it aside, or show the form again with what is wrong."""
    try:
        list_id = stage_list(database(), current_user.id, opening_id, read(), source, now())
    except (InvalidInputError, RefusedError) as error:
        form.blame(error, "text" if isinstance(form, PastedForm) else "file")
        return _invite_page(opening_id, form), 400
    return _to_list(list_id)


def _to_list(list_id: str) -> ResponseReturnValue:
    return redirect(url_for("recruiter.invitation_list", list_id=list_id), 303)


def _found(list_id: str) -> InvitationList:
    """Return a list as it stands now; the mail server is asked only if an address is not for every server."""
    found = get_invitation_list(database(), current_user.id, list_id, now())
    if found.has_international and not _takes_international():
        return get_invitation_list(database(), current_user.id, list_id, now(), takes_international=False)
    return found


def _takes_international() -> bool:
    settings = installation().settings
    return settings.mail is None or Postbox(settings.mail, settings.host).takes_international()


@area.get("/invitation-lists/<list_id>")
@requires(Permission.RECRUIT)
def invitation_list(list_id: str) -> ResponseReturnValue:
    """Show what a list would do; one whose columns are not known asks for them first."""
    found = _found(list_id)
    if found.unread:
        return redirect(url_for("recruiter.list_columns", list_id=list_id), 303)
    return _list_page(found, ConfirmForm())


def _list_page(found: InvitationList, form: ConfirmForm) -> str:
    number = request.args.get("page", "1")
    page = present_list(found, int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 1)
    return render_template("recruiter/invitations/list.html", page=page, form=form, blind=is_blind())


@area.get("/invitation-lists/<list_id>/columns")
@requires(Permission.RECRUIT)
def list_columns(list_id: str) -> ResponseReturnValue:
    """Ask which column of a list holds what."""
    found, form = _found(list_id), ColumnsForm()
    form.offer(found.columns)
    form.fill(found.columns, found.chosen)
    return _columns_page(found, form)


def _columns_page(found: InvitationList, form: ColumnsForm) -> str:
    return render_template("recruiter/invitations/columns.html", found=found, form=form, blind=is_blind())


@area.post("/invitation-lists/<list_id>/columns")
@requires(Permission.RECRUIT)
def set_columns(list_id: str) -> ResponseReturnValue:
    """Read a list anew with the columns that were chosen."""
    found, form = _found(list_id), ColumnsForm()
    form.offer(found.columns)
    if not form.is_valid() or not form.is_enough():
        return _columns_page(found, form), 400
    choose_columns(database(), current_user.id, list_id, form.chosen, now())
    return _to_list(list_id)


@area.get("/invitation-lists/<list_id>/refused.xlsx")
@requires(Permission.RECRUIT, fresh=True, back="recruiter.invitation_list")
@is_costly
def refused_rows(list_id: str) -> ResponseReturnValue:
    """Give the rows that nobody is invited from as a file, to mend it and upload it again."""
    answer = make_response(refused_file(_found(list_id)))
    answer.headers["Content-Type"] = WORKBOOK
    answer.headers["Content-Disposition"] = "attachment; filename=refused-rows.xlsx"
    return answer


@area.post("/invitation-lists/<list_id>/confirm")
@requires(Permission.RECRUIT)
def confirm(list_id: str) -> ResponseReturnValue:
    """Invite the people of a list's good rows; a second press invites nobody."""
    form, found = ConfirmForm(), get_invitation_list(database(), current_user.id, list_id, now())
    try:
        confirm_list(
            database(),
            installation().links,
            current_user.id,
            list_id,
            now(),
            also_sat=bool(form.also_sat.data),
            takes_international=not found.has_international or _takes_international(),
        )
    except RefusedError as error:
        form.form_errors.append(f"{error}.")
        return _list_page(_found(list_id), form), 409
    return _to_list(list_id)


@area.post("/invitation-lists/<list_id>/discard")
@requires(Permission.RECRUIT)
def discard(list_id: str) -> ResponseReturnValue:
    """Throw a list away."""
    opening_id = discard_list(database(), current_user.id, list_id, now())
    return redirect(url_for("recruiter.invite", opening_id=opening_id), 303)
