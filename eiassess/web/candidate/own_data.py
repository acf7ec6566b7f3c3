"""A candidate gets or erases all that is stored about them, after a code that was mailed to their stored address."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, render_template, session
from flask.typing import ResponseReturnValue

from eiassess.domain.erasures import Erasure
from eiassess.domain.requests import CodePurpose
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.own_page.codes import check_code, send_code
from eiassess.services.own_page.erasing import erase_own, find_own_hold
from eiassess.services.own_page.own_data import OwnData, get_own_data
from eiassess.web.candidate.data_sections import data_sections
from eiassess.web.candidate.own_forms import CodeForm
from eiassess.web.candidate.own_page import shown_own_page
from eiassess.web.candidate.way import current_sitting, to
from eiassess.web.shell.access import INVITATION, Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.moments import moment_in

DATA_UNTIL = "data_until"
"""Where the browser session keeps until when the data are shown after a right code."""

SHOWN_FOR = timedelta(minutes=15)
NOT_IN_HERE = (
    "What people at the company wrote about you, and interviews: who interviews you, on which day, and the points "
    "given. Since that may name others, ask a person for it."
)
"""What the file says that it leaves out."""


@dataclass(frozen=True)
class CodePage:
    """A page that asks for a code before it does something."""

    title: str
    lead: str
    send: str
    action: str
    button: str
    kind: str


PAGES = {
    CodePurpose.DATA: CodePage(
        "Get your data",
        "All that is stored about you here, to read and as a file.",
        "candidate.send_data_code",
        "candidate.show_data",
        "Show my data",
        "primary",
    ),
    CodePurpose.ERASURE: CodePage(
        "Have your data erased",
        "Your name, your address, your answers and everything made from them are deleted here, for good.",
        "candidate.send_erasure_code",
        "candidate.erase_now",
        "Erase everything about me",
        "danger",
    ),
}


def add_own_data(area: Blueprint) -> None:
    """Give the candidate's area the ways to their data."""
    area.add_url_rule("/sit/data", "data", data, methods=["GET"])
    area.add_url_rule("/sit/data", "show_data", show_data, methods=["POST"])
    area.add_url_rule("/sit/data/code", "send_data_code", send_data_code, methods=["POST"])
    area.add_url_rule("/sit/data/file", "data_file", data_file, methods=["GET"])
    area.add_url_rule("/sit/erase", "erase", erase, methods=["GET"])
    area.add_url_rule("/sit/erase", "erase_now", erase_now, methods=["POST"])
    area.add_url_rule("/sit/erase/code", "send_erasure_code", send_erasure_code, methods=["POST"])


@requires(Permission.CANDIDATE)
def data() -> ResponseReturnValue:
    """Show the data after a right code, or ask for one."""
    if _may_see():
        sitting = current_sitting()
        sections = data_sections(get_own_data(database(), session[INVITATION]), sitting.form, sitting.time_zone)
        return render_template("candidate/data_all.html", sections=sections)
    return _code_page(CodePurpose.DATA, CodeForm())


@requires(Permission.CANDIDATE)
def send_data_code() -> ResponseReturnValue:
    """Mail a code that opens the data."""
    return _sent(CodePurpose.DATA)


@requires(Permission.CANDIDATE)
def show_data() -> ResponseReturnValue:
    """Take the code; from then on the data are shown in this browser for a while."""
    form = CodeForm()
    if form.is_valid():
        try:
            check_code(database(), session[INVITATION], CodePurpose.DATA, form.code.data or "", now())
        except InvalidInputError as error:
            form.blame(error, "code")
        else:
            session[DATA_UNTIL] = (now() + SHOWN_FOR).isoformat()
            return to("data")
    return _code_page(CodePurpose.DATA, form), 400


@requires(Permission.CANDIDATE)
def data_file() -> ResponseReturnValue:
    """Give the data as a file, after a right code."""
    if not _may_see():
        return to("data")
    answer = Response(as_json(get_own_data(database(), session[INVITATION])), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@requires(Permission.CANDIDATE)
def erase() -> ResponseReturnValue:
    """Say what is erased, and ask for a code."""
    return _code_page(CodePurpose.ERASURE, CodeForm())


@requires(Permission.CANDIDATE)
def send_erasure_code() -> ResponseReturnValue:
    """Mail a code that erases."""
    return _sent(CodePurpose.ERASURE)


@requires(Permission.CANDIDATE)
def erase_now() -> ResponseReturnValue:
    """Take the code and erase everything."""
    form = CodeForm()
    if form.is_valid():
        try:
            done = erase_own(database(), session[INVITATION], form.code.data or "", now())
        except InvalidInputError as error:
            form.blame(error, "code")
        else:
            return _erased(done)
    return _code_page(CodePurpose.ERASURE, form), 400


def _erased(done: Erasure) -> str:
    """Say that everything is gone, or that the wish waits for the end of a duty to keep the records."""
    if done.hold is None:
        session.clear()
        return render_template("candidate/erased.html", receipt=done.receipt)
    ends = moment_in(done.hold.until, current_sitting().time_zone)
    return render_template("candidate/erased_later.html", hold=done.hold, ends=ends)


def as_json(found: OwnData) -> str:
    """Write all of it as one JSON document, times in ISO 8601."""
    return json.dumps({"not_in_here": NOT_IN_HERE} | asdict(found), default=_iso, ensure_ascii=False, indent=2) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _may_see() -> bool:
    until = session.get(DATA_UNTIL)
    return until is not None and now() < datetime.fromisoformat(until)


def _sent(purpose: CodePurpose) -> ResponseReturnValue:
    try:
        send_code(database(), session[INVITATION], purpose, now())
    except RefusedError as error:
        form = CodeForm(formdata=None)
        form.blame(error, "code")
        return _code_page(purpose, form), 429
    return _code_page(purpose, CodeForm(formdata=None), sent=True)


def _code_page(purpose: CodePurpose, form: CodeForm, *, sent: bool = False) -> str:
    hold = find_own_hold(database(), session[INVITATION], now()) if purpose is CodePurpose.ERASURE else None
    ends = moment_in(hold.until, current_sitting().time_zone) if hold else None
    return render_template(
        "candidate/code.html", own=shown_own_page(), page=PAGES[purpose], form=form, sent=sent, hold=hold, ends=ends
    )
