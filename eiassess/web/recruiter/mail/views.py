"""An opening's mails, for its recruiters."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.mails.wording import FilledMail
from eiassess.errors import InvalidInputError
from eiassess.services.mailing.following_up import mark_bounced, retry_dead_letters, send_again, send_trial
from eiassess.services.mailing.showing import list_mails, show_mail
from eiassess.services.mailing.sources import MailSources
from eiassess.services.outbox.wordings import forget_wording, get_wording, list_wordings, sample_mail, save_wording
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.mail.forms import BouncedForm, WordingForm
from eiassess.web.recruiter.mail.presenters import FILTERS, present_mail, present_outbox
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm


@area.get("/openings/<opening_id>/mail")
@requires(Permission.RECRUIT)
def outbox(opening_id: str) -> ResponseReturnValue:
    """List the mails of an opening, filtered and paged as the address says."""
    chosen = request.args.get("state", "")
    chosen, page = chosen if chosen in FILTERS else "", max(1, request.args.get("page", 1, type=int))
    found = list_mails(
        database(), current_user.id, opening_id, states=FILTERS[chosen][1], page=page, by_hand=_is_by_hand()
    )
    shown = present_outbox(found, opening_id, chosen, page, by_hand=_is_by_hand(), blind=is_blind())
    return render_template("recruiter/mail/outbox.html", page=shown, chosen=chosen, blind=is_blind())


@area.post("/openings/<opening_id>/mail/retry")
@requires(Permission.RECRUIT)
def retry_mails(opening_id: str) -> ResponseReturnValue:
    """Try again what was refused or given up."""
    retry_dead_letters(database(), current_user.id, opening_id, now())
    return redirect(url_for("recruiter.outbox", opening_id=opening_id), 303)


@area.get("/openings/<opening_id>/mail/<mail_id>")
@requires(Permission.RECRUIT)
def mail(opening_id: str, mail_id: str) -> ResponseReturnValue:
    """Show a mail as its person would get it."""
    return _mail(opening_id, mail_id, BouncedForm())


@area.post("/openings/<opening_id>/mail/<mail_id>/again")
@requires(Permission.RECRUIT)
def mail_again(opening_id: str, mail_id: str) -> ResponseReturnValue:
    """Send a mail once more."""
    send_again(database(), current_user.id, mail_id, now())
    return _to_mail(opening_id, mail_id)


@area.post("/openings/<opening_id>/mail/<mail_id>/bounced")
@requires(Permission.RECRUIT)
def mail_bounced(opening_id: str, mail_id: str) -> ResponseReturnValue:
    """Note that a mail came back."""
    mark_bounced(database(), current_user.id, mail_id, BouncedForm().words.data or "")
    return _to_mail(opening_id, mail_id)


@area.get("/openings/<opening_id>/wording")
@requires(Permission.RECRUIT)
def wordings(opening_id: str) -> ResponseReturnValue:
    """List the mails that the opening can word itself."""
    found = list_wordings(database(), current_user.id, opening_id)
    return render_template("recruiter/mail/wordings.html", opening_id=opening_id, wordings=found, blind=is_blind())


@area.get("/openings/<opening_id>/wording/<kind>")
@requires(Permission.RECRUIT)
def wording(opening_id: str, kind: str) -> ResponseReturnValue:
    """Show the wording of a mail, to read and to change."""
    found = get_wording(database(), current_user.id, opening_id, kind).wording
    form = WordingForm(subject=found.subject, text=found.text)
    return _wording(opening_id, kind, form, sample_mail(kind, found))


@area.post("/openings/<opening_id>/wording/<kind>")
@requires(Permission.RECRUIT)
def change_wording(opening_id: str, kind: str) -> ResponseReturnValue:
    """Keep a wording, show a preview, or mail it to whoever wrote it, as the button says."""
    get_wording(database(), current_user.id, opening_id, kind)  # theirs, or nothing is said of it
    form = WordingForm()
    if not form.is_valid():
        return _wording(opening_id, kind, form), 400
    try:
        preview = sample_mail(kind, form.wording)
        if request.form.get("do") == "save":
            save_wording(database(), current_user.id, opening_id, kind, form.wording, now())
            return redirect(url_for("recruiter.wordings", opening_id=opening_id), 303)
        if request.form.get("do") == "test":
            address = send_trial(database(), current_user.id, opening_id, kind, form.wording, now())
            return _wording(opening_id, kind, form, preview, tried=address)
    except InvalidInputError as error:
        form.blame(error, "text")
        return _wording(opening_id, kind, form), 400
    return _wording(opening_id, kind, form, preview)


@area.post("/openings/<opening_id>/wording/<kind>/reset")
@requires(Permission.RECRUIT)
def reset_wording(opening_id: str, kind: str) -> ResponseReturnValue:
    """Go back to the wording that we ship."""
    forget_wording(database(), current_user.id, opening_id, kind)
    return redirect(url_for("recruiter.wording", opening_id=opening_id, kind=kind), 303)


def _is_by_hand() -> bool:
    return installation().settings.mail is None


def _mail(opening_id: str, mail_id: str, form: BouncedForm) -> str:
    if is_blind():
        return render_template("recruiter/mail/hidden.html", opening_id=opening_id, blind=True)
    # With a server, a link is for its person alone: whoever saw it could sit in their place.
    links = installation().links if _is_by_hand() else None
    sources = MailSources(links, installation().settings.contact)
    shown = show_mail(database(), current_user.id, mail_id, sources, now(), by_hand=_is_by_hand())
    if shown.line.opening_id != opening_id:
        abort(404)
    page = present_mail(shown, opening_id)
    return render_template("recruiter/mail/mail.html", page=page, form=form, by_hand=_is_by_hand(), blind=False)


def _to_mail(opening_id: str, mail_id: str) -> ResponseReturnValue:
    return redirect(url_for("recruiter.mail", opening_id=opening_id, mail_id=mail_id), 303)


def _wording(
    opening_id: str, kind: str, form: WordingForm, preview: FilledMail | None = None, *, tried: str = ""
) -> str:
    found = get_wording(database(), current_user.id, opening_id, kind)
    return render_template(
        "recruiter/mail/wording.html",
        opening_id=opening_id,
        found=found,
        form=form,
        preview=preview,
        tried=tried,
        by_hand=_is_by_hand(),
        reset_form=PlainForm(),
        blind=is_blind(),
    )
