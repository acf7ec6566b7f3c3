"""Who works on an opening, and in which parts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.openings import MemberPart
from eiassess.errors import EIAssessError, InvalidInputError, NotFoundError, RefusedError
from eiassess.services.hiring.opening_members import NoContactLeftError, set_parts
from eiassess.services.hiring.openings import assign_member
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.settings.presenters import present_settings
from eiassess.web.recruiter.settings.views import details
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now


@area.get("/openings/<opening_id>/members")
@requires(Permission.OPEN_JOBS)
def members(opening_id: str) -> ResponseReturnValue:
    """Show who works on an opening."""
    return _members_page(opening_id)


def _members_page(opening_id: str, field: str = "", error: EIAssessError | None = None) -> str:
    page = present_settings(details(opening_id))
    errors = {field: f"{error}."} if error else {}
    return render_template(
        "recruiter/settings/members.html", page=page, errors=errors, typed=request.form, blind=is_blind()
    )


def _sent_parts() -> list[MemberPart]:
    return [part for part in MemberPart if part in request.form.getlist("part")]


@area.post("/openings/<opening_id>/members")
@requires(Permission.OPEN_JOBS, fresh=True)
def add_member(opening_id: str) -> ResponseReturnValue:
    """Let somebody work on the opening."""
    details(opening_id)
    try:
        if not _sent_parts():
            message = "Choose at least one part"
            raise InvalidInputError(message, "part")  # noqa: TRY301 - one way to the page
        assign_member(database(), opening_id, request.form.get("email", ""), _sent_parts())
    except InvalidInputError as error:
        return _members_page(opening_id, error.field, error), 400
    except (NotFoundError, RefusedError) as error:
        return _members_page(opening_id, "email", error), 409
    return redirect(url_for("recruiter.members", opening_id=opening_id), 303)


@area.post("/openings/<opening_id>/members/<user_id>")
@requires(Permission.OPEN_JOBS, fresh=True)
def change_member(opening_id: str, user_id: str) -> ResponseReturnValue:
    """Give a member other parts; without any they are taken off the opening.

    What follows from having no contact for adjustments any more is said and agreed to first.
    """
    details(opening_id)
    agreed = request.form.get("without_contact") == "yes"
    try:
        set_parts(database(), opening_id, user_id, _sent_parts(), now(), without_contact=agreed)
    except NoContactLeftError:
        return _without_contact_page(opening_id, user_id)
    except RefusedError as error:
        return _members_page(opening_id, user_id, error), 409
    if user_id == current_user.id and MemberPart.RECRUITS not in _sent_parts():
        return redirect(url_for("recruiter.openings"), 303)
    return redirect(url_for("recruiter.members", opening_id=opening_id), 303)


def _without_contact_page(opening_id: str, user_id: str) -> str:
    page = present_settings(details(opening_id))
    member = next(each for each in page.members if each.user_id == user_id)
    return render_template(
        "recruiter/settings/without_contact.html", page=page, member=member, sent=_sent_parts(), blind=is_blind()
    )
