"""What became of the demo's mails: a demo sends none, so those of earlier days are marked as if they had been sent."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.mail_states import MailState
from eiassess.persistence.tables import MessageRecord

TAKEN = "250 2.0.0 taken"


def tell_mail(
    db: Session, mail: MessageRecord, at: datetime, state: MailState = MailState.SENT, words: str = TAKEN
) -> None:
    """Tell a mail what became of it, within the caller's transaction."""
    mail.state, mail.tries, mail.words = state.value, 1, words
    mail.message_id = f"<{mail.id}@demo.example.org>"
    mail.sent_at = None if state is MailState.REFUSED else at
    db.add(mail)


def send_waiting(db: Session, opening_id: str) -> None:
    """Tell all mails of an opening that still wait that they were sent soon after somebody asked for them."""
    mail = MessageRecord
    waiting = select(mail).where(mail.opening_id == opening_id, mail.state == MailState.WAITING)
    for number, each in enumerate(db.exec(waiting.order_by(col(mail.created_at), col(mail.id))).all()):
        tell_mail(db, each, each.created_at + timedelta(seconds=20 + 2 * number))
