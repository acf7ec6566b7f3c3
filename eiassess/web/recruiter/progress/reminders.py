"""Planning a reminder before the deadline: who would get it, what is planned, and taking it back."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.deadlines import Deadline
from eiassess.domain.job_states import JobState
from eiassess.domain.names import isolated
from eiassess.errors import EIAssessError, InvalidInputError, RefusedError
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.progress.reminder_plans import (
    PlannedReminder,
    cancel_reminder,
    count_unreached,
    list_reminded,
    list_reminders,
    plan_reminder,
)
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.progress.presenters import NAMED_AT_MOST
from eiassess.web.recruiter.settings.presenters import deadline_in_words
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now


@dataclass(frozen=True)
class ReminderLine:
    """A planned reminder in words."""

    id: str
    due: str
    words: str
    waits: bool


@area.get("/openings/<opening_id>/reminders")
@requires(Permission.RECRUIT)
def reminders(opening_id: str) -> ResponseReturnValue:
    """Show what is planned, and whom it would go to as things stand."""
    return _reminders_page(opening_id)


def _reminders_page(opening_id: str, error: EIAssessError | None = None) -> str:
    found = get_opening(database(), current_user.id, opening_id)
    names = list_reminded(database(), current_user.id, opening_id, now())
    deadline = found.settings.deadline
    return render_template(
        "recruiter/progress/reminders.html",
        opening_id=found.id,
        title=found.settings.title,
        deadline=deadline_in_words(deadline) if deadline else "",
        n_people=len(names),
        n_unreached=count_unreached(database(), current_user.id, opening_id, now()),
        names=() if is_blind() else tuple(map(isolated, names[:NAMED_AT_MOST])),
        n_more=max(0, len(names) - NAMED_AT_MOST),
        lines=tuple(_line(each, found.time_zone) for each in list_reminders(database(), current_user.id, opening_id)),
        errors={"days": f"{error}."} if error else {},
        typed=request.form,
        blind=is_blind(),
    )


def _line(planned: PlannedReminder, zone: str) -> ReminderLine:
    waits = planned.state is JobState.WAITING
    words = planned.words if planned.words or not waits else "planned"
    if planned.own_end is not None and waits:
        words = f"planned, for who has until {deadline_in_words(Deadline(planned.own_end, zone))}"
    if waits and not planned.holds:
        words = "will not be sent, for the deadline was moved: plan it anew"
    if planned.state is JobState.FAILED:
        words = "was not sent, since this program failed at it several times: try it again on Background work"
    return ReminderLine(planned.id, deadline_in_words(Deadline(planned.due_at, zone)), words, waits)


@area.post("/openings/<opening_id>/reminders")
@requires(Permission.RECRUIT)
def add_reminder(opening_id: str) -> ResponseReturnValue:
    """Plan a reminder."""
    typed = request.form.get("days", "").strip()
    try:
        days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("100") else 0
        plan_reminder(database(), current_user.id, opening_id, days, now())
    except InvalidInputError as error:
        return _reminders_page(opening_id, error), 400
    except RefusedError as error:
        return _reminders_page(opening_id, error), 409
    return redirect(url_for("recruiter.reminders", opening_id=opening_id), 303)


@area.post("/openings/<opening_id>/reminders/<reminder_id>/cancel")
@requires(Permission.RECRUIT)
def drop_reminder(opening_id: str, reminder_id: str) -> ResponseReturnValue:
    """Take a planned reminder back."""
    cancel_reminder(database(), current_user.id, opening_id, reminder_id)
    return redirect(url_for("recruiter.reminders", opening_id=opening_id), 303)
