"""People: the list, an invitation, one person and what is changed of them."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.people.administering import deactivate, reactivate, set_roles, sign_out_everywhere
from eiassess.services.people.inviting_staff import (
    NewPerson,
    StaffLink,
    invite_again,
    invite_person,
    take_invitation_back,
)
from eiassess.services.people.signed_in import list_signed_in
from eiassess.services.people.staff_list import get_person, list_people
from eiassess.web.admin.forms import InviteForm, RolesForm
from eiassess.web.admin.presenters import Sought, one_page, people_page
from eiassess.web.admin.words import FILTERS
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.moments import full_moment

area = Blueprint("admin", __name__)


@area.get("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    """List who can sign in, or was invited to."""
    sought = _sought()
    states = FILTERS[sought.show][1] if sought.show else ()
    role = Role(sought.role) if sought.role else None
    found = list_people(database(), now(), search=sought.search, states=states, role=role, page=sought.page)
    page = people_page(found, sought, request.args.get("done", ""))
    return render_template("admin/people.html", page=page, filters=FILTERS, roles=tuple(Role))


@area.get("/people/invite")
@requires(Permission.ADMINISTER)
def invite() -> ResponseReturnValue:
    """Ask whom to invite, and as what."""
    return _invite(InviteForm())


@area.post("/people/invite")
@requires(Permission.ADMINISTER, fresh=True)
def send_invitation() -> ResponseReturnValue:
    """Invite somebody; show the link, this once, if no server mails it."""
    form = InviteForm()
    if form.is_valid():
        person = NewPerson(form.name.data or "", form.email.data or "", form.chosen_roles())
        try:
            return _issued(invite_person(database(), installation().links, current_user.id, person, now()))
        except InvalidInputError as error:
            form.blame(error, "name")
    return _invite(form), 400


@area.get("/people/<user_id>")
@requires(Permission.ADMINISTER)
def person(user_id: str) -> ResponseReturnValue:
    """Show one person, and what can be changed."""
    return _person(user_id)


@area.post("/people/<user_id>/roles")
@requires(Permission.ADMINISTER, fresh=True)
def change_roles(user_id: str) -> ResponseReturnValue:
    """Change what somebody is here, from their next request on."""
    form = RolesForm()
    if form.is_valid():
        try:
            set_roles(database(), user_id, form.chosen_roles())
        except (InvalidInputError, RefusedError) as error:
            form.blame(error, "roles")
        else:
            return _done(user_id, "roles")
    return _person(user_id, form), 400


@area.post("/people/<user_id>/invite-again")
@requires(Permission.ADMINISTER, fresh=True)
def send_again(user_id: str) -> ResponseReturnValue:
    """Send somebody who has not come another link."""
    return _issued(invite_again(database(), installation().links, current_user.id, user_id, now()))


@area.post("/people/<user_id>/take-back")
@requires(Permission.ADMINISTER, fresh=True)
def take_back(user_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    if take_invitation_back(database(), user_id):
        return redirect(url_for("admin.people", done="deleted"), 303)
    return _done(user_id, "taken-back")


@area.post("/people/<user_id>/deactivate")
@requires(Permission.ADMINISTER, fresh=True)
def switch_off(user_id: str) -> ResponseReturnValue:
    """Let somebody in no longer, from this moment on."""
    deactivate(database(), user_id)
    return _done(user_id, "deactivated")


@area.post("/people/<user_id>/reactivate")
@requires(Permission.ADMINISTER, fresh=True)
def switch_on(user_id: str) -> ResponseReturnValue:
    """Let somebody in again."""
    reactivate(database(), user_id)
    return _done(user_id, "reactivated")


@area.post("/people/<user_id>/sign-out")
@requires(Permission.ADMINISTER, fresh=True)
def end_sessions(user_id: str) -> ResponseReturnValue:
    """End all sessions of somebody."""
    sign_out_everywhere(database(), user_id)
    return _done(user_id, "signed-out")


def _sought() -> Sought:
    """Read what the address asks for; what it cannot ask for is left out."""
    show, role = request.args.get("show", ""), ""
    with suppress(ValueError):
        role = Role(request.args.get("role", "")).value
    page = max(1, request.args.get("page", 1, type=int))
    return Sought(request.args.get("q", "").strip(), show if show in FILTERS else "", role, page)


def _is_by_mail() -> bool:
    """Whether a server sends mails; else administrators send links, and so have to see them."""
    return installation().settings.mail is not None


def _issued(link: StaffLink) -> ResponseReturnValue:
    if _is_by_mail():
        return _done(link.user_id, "invited")
    found = get_person(database(), link.user_id, now()).person
    until = full_moment(link.expires_at)
    return render_template("admin/link.html", person=found, url=link.url, until=until)


def _invite(form: InviteForm) -> str:
    return render_template("admin/invite.html", form=form, by_mail=_is_by_mail())


def _person(user_id: str, form: RolesForm | None = None) -> str:
    found = get_person(database(), user_id, now())
    page = one_page(found, list_signed_in(database(), user_id, now()), request.args.get("done", ""))
    shown = form or RolesForm(formdata=None, roles=page.roles)
    return render_template("admin/person.html", page=page, form=shown, by_mail=_is_by_mail())


def _done(user_id: str, what: str) -> ResponseReturnValue:
    return redirect(url_for("admin.person", user_id=user_id, done=what), 303)
