"""Sending the mails that are due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eiassess.config import MailServer
from eiassess.mail.building import OutgoingMail, make_message_id
from eiassess.mail.smtp import MAILS_A_CONNECTION, Answer, Delivery, Postbox
from eiassess.services import Database
from eiassess.services.mailing.sending import (
    Claim,
    ReadyMail,
    begin_handing_over,
    claim_due,
    make_ready,
    record_later,
    record_refused,
    record_sent,
    record_unknown,
    release,
)
from eiassess.services.mailing.sources import MailSources

Stopping = Callable[[], bool]


@dataclass(frozen=True)
class MailWork:
    """What sending needs.

    Parameters
    ----------
    hello
        The name by which a server is greeted.
    """

    database: Database
    sources: MailSources
    server: MailServer
    hello: str
    clock: Callable[[], datetime]


def send_due_mails(work: MailWork, stopping: Stopping = lambda: False) -> int:
    """Send all mails that are due, or until it is to stop or the server takes none; return how many were sent."""
    n_sent = 0
    with Postbox(work.server, work.hello) as postbox:
        while not stopping() and (claims := claim_due(work.database, work.clock(), at_most=MAILS_A_CONNECTION)):
            for place, claim in enumerate(claims):
                answer = _send(work, postbox, claim)
                n_sent += answer is not None and answer.delivery is Delivery.TAKEN
                if stopping() or (answer is not None and answer.stops_all):
                    release(work.database, claims[place + 1 :])
                    return n_sent
    return n_sent


def _send(work: MailWork, postbox: Postbox, claim: Claim) -> Answer | None:
    make_id = partial(make_message_id, domain=work.server.sender.domain)
    ready = make_ready(work.database, work.sources, make_id, claim, work.clock())
    if ready is None:
        return None
    answer = postbox.hand_over(
        _outgoing(ready), work.clock(), lambda: begin_handing_over(work.database, claim, work.clock())
    )
    _note(work, claim, answer)
    return answer


def _outgoing(ready: ReadyMail) -> OutgoingMail:
    return OutgoingMail(
        message_id=ready.message_id,
        thread_of=ready.thread_of,
        to_name=ready.to_name,
        to_address=ready.to_address,
        subject=ready.subject,
        text=ready.text,
        html=ready.html,
    )


def _note(work: MailWork, claim: Claim, answer: Answer) -> None:
    match answer.delivery:
        case Delivery.TAKEN:
            record_sent(work.database, claim, answer.words, work.clock())
        case Delivery.REFUSED:
            record_refused(work.database, claim, answer.words)
        case Delivery.UNKNOWN:
            record_unknown(work.database, claim, answer.words)
        case Delivery.LATER:
            record_later(work.database, claim, answer.words, work.clock())
        case Delivery.NOT_WANTED:
            pass  # noted when it was asked
