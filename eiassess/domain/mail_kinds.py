"""All kinds of mail: another one is a file in ``domain/mails``, its wording in ``templates/mail``, and a line here."""

from eiassess.domain.mails.deadline_moved import DEADLINE_MOVED
from eiassess.domain.mails.handed_in import HANDED_IN
from eiassess.domain.mails.invitation import INVITATION
from eiassess.domain.mails.kept_for_study import KEPT_FOR_STUDY
from eiassess.domain.mails.kind import MailKind
from eiassess.domain.mails.new_link import NEW_LINK
from eiassess.domain.mails.one_use_code import ONE_USE_CODE
from eiassess.domain.mails.panel_invitation import PANEL_INVITATION
from eiassess.domain.mails.password_reset import PASSWORD_RESET
from eiassess.domain.mails.question_answered import QUESTION_ANSWERED
from eiassess.domain.mails.reminder import REMINDER
from eiassess.domain.mails.request_answered import REQUEST_ANSWERED
from eiassess.domain.mails.staff_invited import STAFF_INVITED
from eiassess.domain.mails.told_interview import TOLD_INTERVIEW
from eiassess.domain.mails.told_not_taken import TOLD_NOT_TAKEN
from eiassess.domain.mails.told_offer import TOLD_OFFER
from eiassess.domain.mails.work_asked import WORK_ASKED
from eiassess.errors import NotFoundError

__all__ = [
    "DEADLINE_MOVED",
    "HANDED_IN",
    "INVITATION",
    "KEPT_FOR_STUDY",
    "MAIL_KINDS",
    "NEW_LINK",
    "ONE_USE_CODE",
    "PANEL_INVITATION",
    "PASSWORD_RESET",
    "QUESTION_ANSWERED",
    "REMINDER",
    "REQUEST_ANSWERED",
    "STAFF_INVITED",
    "TOLD_INTERVIEW",
    "TOLD_NOT_TAKEN",
    "TOLD_OFFER",
    "WAITED_FOR",
    "WORK_ASKED",
    "MailKind",
    "get_mail_kind",
]

MAIL_KINDS: dict[str, MailKind] = {
    kind.name: kind
    for kind in (
        INVITATION,
        REMINDER,
        DEADLINE_MOVED,
        NEW_LINK,
        HANDED_IN,
        REQUEST_ANSWERED,
        QUESTION_ANSWERED,
        TOLD_INTERVIEW,
        TOLD_OFFER,
        TOLD_NOT_TAKEN,
        KEPT_FOR_STUDY,
        WORK_ASKED,
        ONE_USE_CODE,
        PANEL_INVITATION,
        STAFF_INVITED,
        PASSWORD_RESET,
    )
}
WAITED_FOR = frozenset(kind.name for kind in (ONE_USE_CODE, PASSWORD_RESET))
"""Mails for which somebody sits and waits, and that are of no use after minutes: they go before all others."""


def get_mail_kind(name: str) -> MailKind:
    """Return a kind of mail by its name.

    Raises
    ------
    NotFoundError
        There is no such kind.
    """
    if name not in MAIL_KINDS:
        message = f"There is no kind of mail {name!r}; there are {', '.join(MAIL_KINDS)}"
        raise NotFoundError(message)
    return MAIL_KINDS[name]
