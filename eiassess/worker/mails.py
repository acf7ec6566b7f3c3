"""Sending the mails that are due."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eiassess.config import MailServer
from eiassess.mail.building import OutgoingMail, make_message_id
from eiassess.mail.smtp import MAILS_A_CONNECTION, Answer, Delivery, Moments, Postbox
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
AT_ONCE = MAILS_A_CONNECTION
log = logging.getLogger(__name__)


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
    with Postbox(work.server, work.hello) as postbox:
        run = _Run(work, postbox)
        goes_on = True
        while goes_on and not stopping() and (claims := claim_due(work.database, work.clock(), at_most=AT_ONCE)):
            goes_on = run.send(claims, stopping)
    return run.n_sent


class _Run:
    """One after the other, with the work on our side done while the server thinks.

    While it thinks about a mail's sender, the answer to the mail before is noted; while it takes a text in, the next
    mail is made. So an answer is noted as soon as another command is on its way, and what a crash leaves unknown is one
    mail at most.
    """

    def __init__(self, work: MailWork, postbox: Postbox) -> None:
        self._work, self._postbox = work, postbox
        self._make_id = partial(make_message_id, domain=work.server.sender.domain)
        self._taken: tuple[Claim, str] | None = None
        self._made: dict[Claim, ReadyMail | None] = {}
        self.n_sent = 0

    def send(self, claims: Sequence[Claim], stopping: Stopping) -> bool:
        """Send claimed mails; return whether there is any use in claiming more."""
        for place, claim in enumerate(claims):
            answer = self._send(claim, claims[place + 1 : place + 2])
            if stopping() or (answer is not None and answer.stops_all):
                self._note_taken()
                release(self._work.database, claims[place + 1 :])
                return False
        self._note_taken()
        return True

    def _send(self, claim: Claim, following: Sequence[Claim]) -> Answer | None:
        ready = self._ready(claim)
        if ready is None:
            return None
        answer = self._postbox.hand_over(
            _outgoing(ready),
            self._work.clock(),
            Moments(
                while_greeting=self._note_taken,
                still_wanted=lambda: begin_handing_over(
                    self._work.database, claim, ready.message_id, self._work.clock()
                ),
                while_delivering=lambda: self._make(following),
            ),
        )
        self._note_taken()  # where the conversation did not come that far
        self._note(claim, answer)
        return answer

    def _ready(self, claim: Claim) -> ReadyMail | None:
        self._make((claim,))
        return self._made.pop(claim)

    def _make(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if claim not in self._made:
                self._made[claim] = self._made_or_put_off(claim)

    def _made_or_put_off(self, claim: Claim) -> ReadyMail | None:
        """Make a mail; one that cannot be made waits like one that the server does not take, and holds nobody up."""
        work = self._work
        try:
            return make_ready(work.database, work.sources, self._make_id, claim, work.clock())
        except Exception as error:
            log.exception("Mail %s could not be made", claim.id)
            words = f"It could not be made ({type(error).__name__}; the log says more)"
            record_later(work.database, claim, words, work.clock())
            return None

    def _note_taken(self) -> None:
        if self._taken is not None:
            (claim, words), self._taken = self._taken, None
            record_sent(self._work.database, claim, words, self._work.clock())

    def _note(self, claim: Claim, answer: Answer) -> None:
        database = self._work.database
        match answer.delivery:
            case Delivery.TAKEN:
                self._taken = claim, answer.words
                self.n_sent += 1
            case Delivery.REFUSED:
                record_refused(database, claim, answer.words)
            case Delivery.UNKNOWN:
                record_unknown(database, claim, answer.words)
            case Delivery.LATER:
                record_later(database, claim, answer.words, self._work.clock())
            case Delivery.NOT_WANTED:
                pass  # noted when it was asked


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
