"""The conversation with a mail server, one mail to one person at a time.

What real servers do, and why we behave so: docs/mail.md.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from enum import StrEnum
from types import TracebackType
from typing import Self

from eiassess.config import Encryption, MailServer
from eiassess.mail.building import OutgoingMail, build_message, server_address

MAILS_A_CONNECTION = 10
"""Debian's Exim delivers at once only ten of a connection."""
SECONDS, SECONDS_TO_DELIVER = 60, 600
"""For an answer, and for the one after the text (RFC 5321, 4.5.3.2.6)."""
WORDS_AT_MOST = 500
_GREETED, _GO_ON, _LATER, _REFUSED = 200, 354, 400, 500
_CLOSING, _FULL = 421, 452
"""The server asks to come again, on another connection; 452 may also be about one person's full mailbox."""
_LONE_ENDS = re.compile(rb"\r\n|\r|\n")
_DOTS = re.compile(rb"(?m)^\.")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]+")


class Delivery(StrEnum):
    """What came of handing a mail over."""

    TAKEN = "taken"
    """The server has it."""
    LATER = "later"
    """The server does not have it, and may take it another time."""
    REFUSED = "refused"
    """The server will never take it."""
    UNKNOWN = "unknown"
    """It was handed over, and no answer came: it may have arrived."""
    NOT_WANTED = "not wanted"
    """At the last moment the caller did not want it sent; the server does not have it."""


@dataclass(frozen=True)
class Answer:
    """What came of handing a mail over.

    Parameters
    ----------
    words
        The server's, or ours where it had none.
    stops_all
        Whether it is about the server or about us, so that the next mail would fare no better now.
    """

    delivery: Delivery
    words: str = ""
    stops_all: bool = False


def _nothing() -> None:
    """Do nothing while the server thinks."""


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Moments:
    """What is done during the conversation about one mail.

    Parameters
    ----------
    while_greeting
        Done while the server thinks about the sender: there is time for noting down the mail before.
    still_wanted
        Asked while the server gets ready for the text and has none of it. After a "yes" only its answer can say
        whether it has the mail: whoever notes that down here knows it also after a crash.
    while_delivering
        Done while the server takes the text in: there is time for making the next mail.
    """

    while_greeting: Callable[[], None] = _nothing
    still_wanted: Callable[[], bool] = _always
    while_delivering: Callable[[], None] = _nothing


PLAIN = Moments()


class _StepError(Exception):
    """A step of the conversation that went another way than hoped."""

    def __init__(self, answer: Answer, *, hang_up: bool = False) -> None:
        super().__init__(answer.words)
        self.answer, self.hang_up = answer, hang_up


class Postbox:
    """Hands mails to a server; a connection lives for ten of them, or until the server asks to come again.

    Parameters
    ----------
    server
        Where to, and as whom.
    hello
        The name by which we greet: the host under which people reach us.
    trusted
        What certificates are checked against; those that this machine trusts if not given.
    """

    def __init__(self, server: MailServer, hello: str, *, trusted: ssl.SSLContext | None = None) -> None:
        self._server, self._hello = server, hello
        self._trusted = trusted or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None
        self._n_handed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        del error, at
        self._hang_up(politely=kind is None)

    def hand_over(self, mail: OutgoingMail, now: datetime, moments: Moments = PLAIN) -> Answer:
        """Hand a mail over and say what came of it; never raises for what a server or the network does.

        Parameters
        ----------
        mail
            The mail.
        now
            The time, for its date.
        moments
            What is done meanwhile.
        """
        if self._n_handed >= MAILS_A_CONNECTION:
            self._hang_up()
        try:
            text = self._written(mail, now)
            smtp = self._connected()
            self._n_handed += 1
            self._name_both(smtp, mail, moments)
            return self._give_text(smtp, text, moments)
        except _StepError as step:
            self._after(step)
            return step.answer
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up(politely=False)
            return Answer(Delivery.LATER, _said(error), stops_all=True)
        except BaseException:
            self._hang_up(politely=False)
            raise

    def try_out(self) -> str:
        """Connect, and say what stands in the way; nothing if nothing does."""
        try:
            self._connected()
        except (OSError, smtplib.SMTPException) as error:
            return _said(error)
        except _StepError as step:
            return step.answer.words
        finally:
            self._hang_up()
        return ""

    def takes_international(self) -> bool:
        """Tell whether the server takes addresses with letters of other scripts before the @ (RFC 6531).

        One that cannot be asked now is taken to do so: it answers for itself when the mail is handed over.
        """
        try:
            return self._connected().has_extn("smtputf8")
        except (OSError, smtplib.SMTPException, _StepError):
            return True
        finally:
            self._hang_up()

    def _written(self, mail: OutgoingMail, now: datetime) -> bytes:
        try:
            return build_message(mail, self._server.sender, now)
        except (ValueError, IndexError, MessageError) as error:
            words = f"{mail.to_address} cannot be written into a mail: {_said(error)}"
            raise _StepError(Answer(Delivery.REFUSED, words)) from error

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp, self._n_handed = self._dialled(), 0
            self._protect(self._smtp)
            self._sign_in(self._smtp)
        return self._smtp

    def _dialled(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, self._hello, timeout=SECONDS, context=self._trusted)
        return smtplib.SMTP(server.host, server.port, self._hello, timeout=SECONDS)

    def _protect(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        kind = self._server.encryption
        if kind is Encryption.REQUIRE and not smtp.has_extn("starttls"):
            words = (
                f"{self._server.host} offers no STARTTLS, and without it mails and password would travel unprotected"
            )
            raise _StepError(Answer(Delivery.LATER, words, stops_all=True), hang_up=True)
        if kind is Encryption.REQUIRE or (kind is Encryption.IF_OFFERED and smtp.has_extn("starttls")):
            smtp.starttls(context=self._trusted if kind is Encryption.REQUIRE else _whatever_certificate())
            smtp.ehlo_or_helo_if_needed()

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        if not self._server.user:
            return
        is_open = self._server.encryption is Encryption.IF_OFFERED and not isinstance(smtp.sock, ssl.SSLSocket)
        if is_open and not self._server.is_this_machine:
            words = f"{self._server.host} offers no STARTTLS, so the password was not sent"
            raise _StepError(Answer(Delivery.LATER, words, stops_all=True), hang_up=True)
        smtp.login(self._server.user, self._server.password)

    def _name_both(self, smtp: smtplib.SMTP, mail: OutgoingMail, moments: Moments) -> None:
        address = server_address(mail.to_address)
        if not address.isascii() and not smtp.has_extn("smtputf8"):
            words = (
                f"{mail.to_address} has letters before the @ that {self._server.host} cannot carry (it offers no "
                "SMTPUTF8); ask for another address"
            )
            raise _StepError(Answer(Delivery.REFUSED, words))
        smtp.command_encoding = "ascii" if address.isascii() else "utf-8"
        smtp.putcmd("MAIL", " ".join((f"FROM:<{self._server.sender.addr_spec}>", *_options(smtp, mail, address))))
        moments.while_greeting()
        code, said = smtp.getreply()
        if code >= _LATER:
            # also 5xx: it is about the sender that was set, which is the same for every mail
            raise _StepError(Answer(Delivery.LATER, _words(code, said), stops_all=True), hang_up=True)
        code, said = smtp.rcpt(address, ["NOTIFY=FAILURE"] if smtp.has_extn("dsn") else [])
        _require(code, said)

    def _give_text(self, smtp: smtplib.SMTP, text: bytes, moments: Moments) -> Answer:
        smtp.putcmd("DATA")
        is_wanted = moments.still_wanted()
        code, said = smtp.getreply()
        if code != _GO_ON:
            _require(max(code, _LATER), said)
        if not is_wanted:
            raise _StepError(
                Answer(Delivery.NOT_WANTED), hang_up=True
            )  # whoever breaks off before the dot sent nothing
        smtp.send(_quoted(text))
        moments.while_delivering()
        if smtp.sock is not None:
            smtp.sock.settimeout(SECONDS_TO_DELIVER)
        try:
            code, said = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            words = f"The connection broke before the server answered ({_said(error)}); it may have taken the mail"
            raise _StepError(Answer(Delivery.UNKNOWN, words), hang_up=True) from error
        if smtp.sock is not None:
            smtp.sock.settimeout(SECONDS)
        _require(code, said)
        return Answer(Delivery.TAKEN, _words(code, said))

    def _after(self, step: _StepError) -> None:
        if step.hang_up:
            self._hang_up(politely=step.answer.delivery is Delivery.LATER)
            return
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._hang_up(politely=False)

    def _hang_up(self, *, politely: bool = True) -> None:
        smtp, self._smtp, self._n_handed = self._smtp, None, 0
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass  # it is gone already
        finally:
            smtp.close()


def _options(smtp: smtplib.SMTP, mail: OutgoingMail, address: str) -> list[str]:
    """Ask for what the server offers: smtplib would ask any server, and some then blame the reader's address."""
    options = [] if address.isascii() else ["SMTPUTF8"]
    if not address.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if smtp.has_extn("dsn"):
        # A failure brings back the headers, where our id is, and not what the mail says about somebody
        options += ["RET=HDRS", f"ENVID={mail.message_id.strip('<>').partition('@')[0]}"]
    return options


def _require(code: int, said: bytes) -> None:
    if code >= _REFUSED:
        raise _StepError(Answer(Delivery.REFUSED, _words(code, said)))
    if code >= _LATER or code < _GREETED:
        is_gone = code == _CLOSING or code < _GREETED
        raise _StepError(
            Answer(Delivery.LATER, _words(code, said), stops_all=is_gone), hang_up=is_gone or code == _FULL
        )


def _quoted(text: bytes) -> bytes:
    """Write a text as DATA wants it: whole line ends, dots doubled at a line's beginning, and a dot at the end."""
    lines = _DOTS.sub(b"..", _LONE_ENDS.sub(b"\r\n", text))
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _whatever_certificate() -> ssl.SSLContext:
    """Encrypt without knowing to whom: Debian's Postfix on this machine has a certificate of its own making."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _words(code: int, said: bytes) -> str:
    return _printable(f"{code} {said.decode('utf-8', 'replace')}")


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _words(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return _printable(str(error) or type(error).__name__)


def _printable(words: str) -> str:
    return _UNPRINTABLE.sub(" ", words).strip()[:WORDS_AT_MOST]
