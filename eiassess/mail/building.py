"""A mail as it travels: headers that a receiver's programs understand, and text and HTML beside each other."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import idna

LONGEST_ID = 77
"""With its brackets: a longer one would become encoded words in ``In-Reply-To``, which no program reads back."""
# What every server carries: no byte over 127 in the body, and no line over 998
_SEVEN_BITS = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class OutgoingMail:
    """One mail to one person.

    Parameters
    ----------
    message_id
        Ours and the same whenever this mail is sent, so that a receiver can tell a repeat.
    thread_of
        The id of the mail that it hangs on, or nothing.
    """

    message_id: str
    thread_of: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str


def make_message_id(mail_id: str, domain: str) -> str:
    """Make the ``Message-ID`` of a mail from our own id of it.

    Parameters
    ----------
    mail_id
        Of chance, and unique.
    domain
        The sender's, in ASCII; what is too long of it is left out at its beginning.

    Examples
    --------
    >>> make_message_id("5f3a", "example.org")
    '<5f3a@example.org>'
    """
    room = LONGEST_ID - len(mail_id) - len("<@>")
    while len(domain) > room and "." in domain:
        domain = domain.partition(".")[2]
    return f"<{mail_id}@{domain[-room:]}>"


def server_address(address: str) -> str:
    """Write an address as servers take it: an international domain has an ASCII form, a name before the @ has none.

    Examples
    --------
    >>> server_address("kari@blåbær.example")
    'kari@xn--blbr-roah.example'
    """
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode()}"


def build_message(mail: OutgoingMail, sender: Address, now: datetime) -> bytes:
    """Build the bytes of a mail; UTF-8 stands in its headers only if the address needs it."""
    address = server_address(mail.to_address)
    policy = _SEVEN_BITS if address.isascii() else _SEVEN_BITS.clone(utf8=True)
    message = EmailMessage(policy=policy)
    message["From"] = sender
    local, _, domain = address.rpartition("@")
    message["To"] = Address(mail.to_name, local, domain)  # which takes international ones, as addr_spec does not
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mail.message_id
    if mail.thread_of:
        message["In-Reply-To"] = message["References"] = mail.thread_of
    # Stops answers of holiday programs, and servers' warnings that it is late (RFC 3834)
    message["Auto-Submitted"] = "auto-generated"
    _add_texts(message, mail)
    return message.as_bytes()


def _add_texts(message: EmailMessage, mail: OutgoingMail) -> None:
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    # The boundary is made from the id, so that a repeat has the same bytes
    message.set_boundary(f"=_{mail.message_id.strip('<>').partition('@')[0]}")
    for part in message.iter_parts():
        del part["MIME-Version"]
