"""Panels at work: the list, a new one, one panel with its experts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.banks.catalog import load_form
from eiassess.errors import BankError, InvalidInputError, RefusedError
from eiassess.services.content.offered_forms import list_offered_forms
from eiassess.services.panels.experts import IssuedLink, invite_experts, replace_expert_link, revoke_expert
from eiassess.services.panels.panels import add_panel, close_panel, forget_names, get_panel, list_panels, reopen_panel
from eiassess.services.panels.publishing import list_published
from eiassess.web.keying.area import area
from eiassess.web.keying.panels.forms import ForgetForm, InviteForm, PanelForm, read_people
from eiassess.web.keying.panels.presenters import present_panel, present_panels
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.moments import full_day


@area.get("/panels")
@requires(Permission.ANALYSE)
def panels() -> ResponseReturnValue:
    """List all panels."""
    return render_template("keying/panels/panels.html", lines=present_panels(list_panels(database())))


@area.get("/panels/new")
@requires(Permission.ANALYSE)
def new() -> ResponseReturnValue:
    """Ask for the form that the experts are to rate."""
    return _new(PanelForm())


@area.post("/panels/new")
@requires(Permission.ANALYSE)
def add() -> ResponseReturnValue:
    """Add a panel for a form as it is today."""
    form, settings = PanelForm(), installation().settings
    form.offer(list_offered_forms(settings.bank_folders))
    if not form.is_valid():
        return _new(form), 400
    try:
        loaded = load_form(form.form.data, settings.bank_folders, key_folders=settings.key_folders)
        title = form.title.data or ""
        panel_id = add_panel(database(), current_user.id, title, loaded, now(), simulated=settings.demo)
    except (BankError, RefusedError) as error:
        form.blame(error, "form")
        return _new(form), 400
    except InvalidInputError as error:
        form.blame(error, "title")
        return _new(form), 400
    return _to("panel", panel_id)


@area.get("/panels/<panel_id>")
@requires(Permission.ANALYSE)
def panel(panel_id: str) -> ResponseReturnValue:
    """Show how far a panel is; no ratings."""
    page = present_panel(get_panel(database(), panel_id), list_published(database(), panel_id))
    mailed = request.args.get("mailed", 0, type=int)
    return render_template("keying/panels/panel.html", page=page, by_mail=_is_by_mail(), mailed=mailed)


@area.get("/panels/<panel_id>/invite")
@requires(Permission.ANALYSE)
def invite(panel_id: str) -> ResponseReturnValue:
    """Ask for experts' names and addresses."""
    return _invite(panel_id, InviteForm())


@area.post("/panels/<panel_id>/invite")
@requires(Permission.ANALYSE)
def send(panel_id: str) -> ResponseReturnValue:
    """Invite the experts; show their links, this once, if no server mails them."""
    form = InviteForm()
    if not form.is_valid():
        return _invite(panel_id, form), 400
    try:
        issued = invite_experts(database(), installation().links, panel_id, read_people(form.people.data or ""), now())
    except InvalidInputError as error:
        form.blame(error, "people")
        return _invite(panel_id, form), 400
    return _links(panel_id, issued)


@area.post("/panels/<panel_id>/experts/<expert_id>/replace")
@requires(Permission.ANALYSE)
def replace(panel_id: str, expert_id: str) -> ResponseReturnValue:
    """Give an expert another link; show it, this once, if no server mails it."""
    issued = replace_expert_link(database(), installation().links, panel_id, expert_id, now())
    return _links(panel_id, (issued,))


@area.post("/panels/<panel_id>/experts/<expert_id>/withdraw")
@requires(Permission.ANALYSE)
def withdraw(panel_id: str, expert_id: str) -> ResponseReturnValue:
    """Close an expert's link."""
    revoke_expert(database(), panel_id, expert_id, now())
    return _to("panel", panel_id)


@area.post("/panels/<panel_id>/close")
@requires(Permission.ANALYSE)
def close(panel_id: str) -> ResponseReturnValue:
    """Close a panel, so that its results can be seen."""
    close_panel(database(), panel_id, now())
    return _to("panel", panel_id)


@area.post("/panels/<panel_id>/open")
@requires(Permission.ANALYSE)
def reopen(panel_id: str) -> ResponseReturnValue:
    """Open a panel again."""
    reopen_panel(database(), panel_id)
    return _to("panel", panel_id)


@area.get("/panels/<panel_id>/forget")
@requires(Permission.ANALYSE)
def forget(panel_id: str) -> ResponseReturnValue:
    """Say what forgetting names means, and ask."""
    return _forget(panel_id, ForgetForm())


@area.post("/panels/<panel_id>/forget")
@requires(Permission.ANALYSE, fresh=True)
def forget_for_good(panel_id: str) -> ResponseReturnValue:
    """Replace the experts' names by numbers."""
    form = ForgetForm()
    if not form.is_valid():
        return _forget(panel_id, form), 400
    forget_names(database(), panel_id)
    return _to("panel", panel_id)


def _new(form: PanelForm) -> str:
    offered = list_offered_forms(installation().settings.bank_folders)
    form.offer(offered)
    return render_template("keying/panels/new.html", form=form, offered=offered)


def _invite(panel_id: str, form: InviteForm) -> str:
    return render_template(
        "keying/panels/invite.html", form=form, panel=get_panel(database(), panel_id).summary, by_mail=_is_by_mail()
    )


def _is_by_mail() -> bool:
    """Whether a server sends mails; else analysts send links, and so have to see them."""
    return installation().settings.mail is not None


def _links(panel_id: str, issued: tuple[IssuedLink, ...]) -> ResponseReturnValue:
    if _is_by_mail():
        return redirect(url_for("keying.panel", panel_id=panel_id, mailed=len(issued)), 303)
    links = [(each.name, each.email, each.url) for each in issued]
    until, panel = full_day(issued[0].expires_at), get_panel(database(), panel_id).summary
    return render_template("keying/panels/links.html", links=links, until=until, panel=panel)


def _forget(panel_id: str, form: ForgetForm) -> str:
    return render_template("keying/panels/forget.html", form=form, panel=get_panel(database(), panel_id).summary)


def _to(endpoint: str, panel_id: str) -> ResponseReturnValue:
    return redirect(url_for(f"keying.{endpoint}", panel_id=panel_id), 303)
