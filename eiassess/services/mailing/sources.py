"""What mails are made from besides rows."""

import json
from dataclasses import dataclass

from eiassess.errors import EIAssessError
from eiassess.persistence.tables import MessageRecord
from eiassess.services.links import LinkMaker


class NotNeededError(EIAssessError):
    """There is no reason for a mail any more; the message says why, in a sentence that staff read."""


class SimulatedError(NotNeededError):
    """It is to somebody who is simulated: such mails are read by staff alone."""

    def __init__(self) -> None:
        super().__init__("Simulated people get no mail")


HIDDEN_LINK = "(the link, which only they see)"


@dataclass(frozen=True)
class MailSources:
    """What an installation gives to its mails.

    Parameters
    ----------
    links
        Makes the links; without it a link is shown as something that only its person sees.
    contact
        Whom to ask where an opening names nobody.
    to_reader
        Whether it goes to its reader and to nobody else: then it names the times that only they may know, and a link
        that cannot be made again, since the installation's secret was changed, is replaced by a new one.
    may_renew
        Whether it is replaced now; otherwise the mail is not made.
    """

    links: LinkMaker | None
    contact: str
    to_reader: bool = False
    may_renew: bool = True


def given_values(record: MessageRecord) -> dict[str, str]:
    """Return what was given when the mail was asked for."""
    given: dict[str, str] = json.loads(record.given)
    return given
