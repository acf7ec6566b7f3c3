"""A mail server on loopback that really converses, and does on demand what servers of all kinds do."""

import asyncio
import email
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, LoginPassword

Says = Callable[[str, str], str | None]
"""What the server answers to a command about an address; nothing for the usual answer."""
CUT = "cut"
"""Instead of an answer: the connection breaks."""
KEEP_AND_CUT = "keep and cut"
"""Instead of the answer to a text: the server keeps it, and the connection breaks."""


@dataclass(frozen=True)
class Taken:
    """A mail that the server took."""

    sender: str
    to: str
    content: bytes
    mail_options: tuple[str, ...]
    rcpt_options: tuple[str, ...]
    connection: int

    @property
    def message(self) -> EmailMessage:
        return cast("EmailMessage", email.message_from_bytes(self.content, policy=SMTPUTF8))

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class MailHost:
    """A server that runs in a thread of its own while the context lasts."""

    offers: frozenset[str] = frozenset({"smtputf8", "dsn"})
    tls: ssl.SSLContext | None = None
    from_first_byte: bool = False
    password: str = ""
    says: Says = lambda _command, _address: None
    after: Callable[[int], None] = lambda _n_taken: None
    seconds_an_answer: float = 0
    taken: list[Taken] = field(default_factory=list)
    n_connections: int = 0
    hellos: list[str] = field(default_factory=list)
    address: str = "127.0.0.1"
    port: int = 0

    def url(self, options: str = "", user: str = "") -> str:
        scheme = "smtps" if self.from_first_byte else "smtp"
        return f"{scheme}://{user}{self.address}:{self.port}{options}"

    @property
    def recipients(self) -> list[str]:
        return [mail.to for mail in self.taken]


@contextmanager
def running(host: MailHost) -> Iterator[MailHost]:
    """Serve until the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    conversations: list[SMTP] = []
    server = asyncio.run_coroutine_threadsafe(_listen(host, conversations), loop).result(30)
    try:
        yield host
    finally:
        try:
            asyncio.run_coroutine_threadsafe(_stop(server, conversations), loop).result(30)
        finally:  # or the thread would keep the whole process from ending
            loop.call_soon_threadsafe(loop.stop)
            thread.join(30)
            loop.close()


async def _listen(host: MailHost, conversations: list[SMTP]) -> asyncio.AbstractServer:
    def begin() -> SMTP:
        conversations.append(_conversation(host))
        return conversations[-1]

    tls = host.tls if host.from_first_byte else None
    server = await asyncio.get_running_loop().create_server(begin, host.address, 0, ssl=tls)
    host.port = server.sockets[0].getsockname()[1]
    return server


async def _stop(server: asyncio.AbstractServer, conversations: list[SMTP]) -> None:
    server.close()
    for conversation in conversations:
        if conversation.transport is not None:
            with suppress(AttributeError):  # Python 3.11.2, Debian 12's, if the connection has ended
                conversation.transport.abort()  # type: ignore[attr-defined]  # a stream has it
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # transports are closed in the next turn


def _conversation(host: MailHost) -> SMTP:
    host.n_connections += 1
    return _Conversation(
        _Handler(host, host.n_connections),
        enable_SMTPUTF8="smtputf8" in host.offers,
        tls_context=None if host.from_first_byte else host.tls,
        authenticator=_authenticator(host),
        auth_require_tls=host.tls is not None,
        loop=asyncio.get_running_loop(),
        host=host,
    )


def _authenticator(host: MailHost) -> Any:
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        good = isinstance(given, LoginPassword) and given.password == host.password.encode()
        return AuthResult(success=good, handled=False)

    return check


class _Conversation(SMTP):
    """aiosmtpd's, which refuses the options of DSN, made to take them where they are offered."""

    def __init__(self, *args: Any, host: MailHost, **options: Any) -> None:
        super().__init__(*args, **options)
        self._host = host

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(self._host.seconds_an_answer)
        await super().smtp_EHLO(hostname)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the same
        await asyncio.sleep(self._host.seconds_an_answer)
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802 - the same
        await asyncio.sleep(self._host.seconds_an_answer)
        await super().smtp_QUIT(arg)

    def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:
        found = super()._getparams(params)
        if found is not None and "dsn" in self._host.offers:
            for option in ("RET", "ENVID", "NOTIFY"):
                found.pop(option, None)
        return found


class _Handler:
    def __init__(self, host: MailHost, connection: int) -> None:
        self._host, self._connection = host, connection
        self._options: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names and order
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._host.hellos.append(hostname)
        more = ["250-DSN"] if "dsn" in self._host.offers else []
        return [*responses[:-1], *more, responses[-1]]

    async def handle_MAIL(  # noqa: N802 - the same
        self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        said = await self._said(server, "MAIL", address)
        if said is MISSING:
            envelope.mail_from = address
            self._options = (tuple(options), ())
        return "250 OK" if said is MISSING else said

    async def handle_RCPT(  # noqa: N802 - the same
        self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        said = await self._said(server, "RCPT", address)
        if said is MISSING:
            envelope.rcpt_tos.append(address)
            self._options = (self._options[0], tuple(options))
        return "250 OK" if said is MISSING else said

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        (address,) = envelope.rcpt_tos
        said = self._host.says("DATA", address)
        if said in {None, KEEP_AND_CUT}:
            self._host.taken.append(
                Taken(envelope.mail_from, address, envelope.content, *self._options, self._connection)
            )
        answer = await self._pause(server, said, "250 2.0.0 taken")
        # in a turn of the loop after the answer was written
        asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(self._after))
        return answer

    def _after(self) -> None:
        self._host.after(len(self._host.taken))

    async def _said(self, server: Any, command: str, address: str) -> Any:
        return await self._pause(server, self._host.says(command, address), MISSING)

    async def _pause(self, server: Any, said: str | None, usual: Any) -> Any:
        await asyncio.sleep(self._host.seconds_an_answer)
        if said in {CUT, KEEP_AND_CUT}:
            server.transport.abort()
            return "421 gone"
        return usual if said is None else said


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for 127.0.0.1; return its file, which a client can trust, and the server's side."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*words, "-keyout", key, "-out", made], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context
