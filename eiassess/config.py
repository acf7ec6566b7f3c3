"""The settings of one running installation: read once at the entrance, then passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from eiassess.errors import SetupError

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")

BACKUP_DAYS_AT_MOST = 3650
QUEUE_SCHEMES = ("sqlite", "postgresql")

ISSUER_AT_MOST = 255  # characters: who somebody is stands in the database with it


class Encryption(StrEnum):
    """How the way to the mail server is protected."""

    TLS = "tls"
    """From the first byte, ``smtps``."""
    REQUIRE = "require"
    """STARTTLS with a certificate that is checked, or no mail."""
    IF_OFFERED = "if-offered"
    """STARTTLS where the server has it, whatever its certificate."""
    NEVER = "never"


@dataclass(frozen=True)
class MailServer:
    """The server that takes our mails, and as whom we send them."""

    host: str
    port: int
    encryption: Encryption
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_this_machine(self) -> bool:
        """Whether nothing travels over a network on the way there."""
        return _is_loopback(self.host)


@dataclass(frozen=True)
class SignInProvider:
    """Who proves for us who somebody is, by OpenID Connect.

    Parameters
    ----------
    issuer
        Its address, letter by letter as it names itself.
    client_id
        As whom it knows us.
    client_secret
        What proves to it that we are that.
    name
        What people know it by, as on the button.
    links_by_address
        Whether an account that has no identity yet gets that of the first person whose address it has, by the
        provider's word that this address is checked.
    is_only_way
        Whether nobody signs in by password.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    links_by_address: bool = False
    is_only_way: bool = False


@dataclass(frozen=True)
class Settings:
    """What differs from one installation to the next.

    Parameters
    ----------
    instance
        Folder for the embedded database and the secret key.
    database_url
        SQLAlchemy address of the database.
    base_url
        Address under which people reach the product, without a slash at its end; links in mails and on the
        terminal start with it, never with what a request says.
    bank_folders
        Folders that hold question banks, searched in order.
    contact
        Whom a candidate asks for adjustments or about their data.
    trusted_proxy
        Address of the web server in front, whose ``X-Forwarded-For`` is believed when tries are counted; without one
        nothing that a request says of its origin is.
    demo
        Whether this is the demo: simulated candidates are allowed, and every page says so.
    key_folders
        Folders that hold keys beside their banks, as ``<folder>/<bank>/<key>.toml``, searched in order and before the
        banks' own keys.
    mail
        The server that mails are sent by; without one they wait on the outbox page, where they can be read.
    queue_url
        Where background work is woken: a file of SQLite, or PostgreSQL.
    provider
        Who proves who somebody is besides our own passwords, or instead of them; nobody else does without one.
    two_steps_for
        The roles whose people must sign in in two steps.
    backups
        Folder of copies of the database.
    backup_days
        For how many days each is kept.
    """

    instance: Path
    database_url: str
    base_url: str
    bank_folders: tuple[Path, ...]
    contact: str
    trusted_proxy: str = ""
    demo: bool = False
    key_folders: tuple[Path, ...] = ()
    mail: MailServer | None = None
    queue_url: str = ""
    provider: SignInProvider | None = None
    two_steps_for: frozenset[str] = frozenset()
    backups: Path = Path("backups")
    backup_days: int = 30

    @property
    def host(self) -> str:
        """The host name of the base URL, without its port."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_https(self) -> bool:
        """Whether cookies can be kept to encrypted connections."""
        return urlsplit(self.base_url).scheme == "https"


def settings_from_environment(environment: Mapping[str, str], folder: Path, shipped_banks: Path) -> Settings:
    """Read the settings from ``EIASSESS_...`` variables.

    Raises
    ------
    SetupError
        A variable has a value that cannot be used.
    """
    instance = Path(environment.get("EIASSESS_INSTANCE", folder / "instance")).absolute()
    base_url = environment.get("EIASSESS_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    _check_base_url(base_url)
    return Settings(
        instance=instance,
        database_url=environment.get("EIASSESS_DATABASE_URL", f"sqlite:///{instance / 'eiassess.sqlite'}"),
        base_url=base_url,
        bank_folders=(*_folders(environment.get("EIASSESS_BANKS", "")), shipped_banks),
        contact=environment.get("EIASSESS_CONTACT", "the person who invited you"),
        trusted_proxy=_address(environment.get("EIASSESS_TRUSTED_PROXY", "")),
        key_folders=_folders(environment.get("EIASSESS_KEYS", "")),
        mail=_mail_server(environment.get("EIASSESS_SMTP_URL", ""), environment.get("EIASSESS_MAIL_FROM", "")),
        queue_url=_queue_url(environment.get("EIASSESS_QUEUE_URL", "") or f"sqlite:///{instance / 'queue.sqlite'}"),
        provider=_sign_in_provider(environment),
        two_steps_for=frozenset(map(str.strip, environment.get("EIASSESS_TWO_STEPS_FOR", "").split(","))) - {""},
        backups=Path(environment.get("EIASSESS_BACKUPS", "") or instance / "backups").absolute(),
        backup_days=_days(environment.get("EIASSESS_BACKUP_DAYS", "") or "30"),
    )


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= BACKUP_DAYS_AT_MOST:
        message = f"EIASSESS_BACKUP_DAYS is {text!r}; give a number of days from 1 to {BACKUP_DAYS_AT_MOST}"
        raise SetupError(message)
    return int(text)


def _folders(text: str) -> tuple[Path, ...]:
    """Read a search path: folders with a colon between them."""
    return tuple(Path(part) for part in text.split(":") if part)


def _check_base_url(base_url: str) -> None:
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        message = f"EIASSESS_BASE_URL is {base_url!r}; give scheme and host only, such as https://hiring.example.org"
        raise SetupError(message)
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        message = (
            f"EIASSESS_BASE_URL is {base_url!r}; anything but this very machine needs https, "
            "or answers travel unprotected"
        )
        raise SetupError(message)


def _address(text: str) -> str:
    try:
        return text and str(ip_address(text))
    except ValueError:
        message = f"EIASSESS_TRUSTED_PROXY is {text!r}; give the address of the web server in front, such as 127.0.0.1"
        raise SetupError(message) from None


def _mail_server(url: str, sender: str) -> MailServer | None:
    """Read where mails go; an error never repeats the address, which may hold a password."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        message = (
            "EIASSESS_SMTP_URL has to look like smtp://user:password@mail.example.org:587 or "
            "smtps://user:password@mail.example.org; letters such as @ and / in a password are written as %40 and %2F"
        )
        raise SetupError(message)
    user, password = (unquote(part or "") for part in (parts.username, parts.password))
    if not (user + password).isascii() or bool(user) != bool(password):
        message = "EIASSESS_SMTP_URL needs both a user and a password, in ASCII, or neither"
        raise SetupError(message)
    encryption = _encryption(parts)
    port = _mail_port(parts) or (465 if encryption is Encryption.TLS else 587 if user else 25)
    return MailServer(parts.hostname, port, encryption, _sender(sender), user, password)


def _encryption(parts: SplitResult) -> Encryption:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    chosen = options.pop("starttls", None)
    if options or (chosen is not None and parts.scheme == "smtps"):
        message = "EIASSESS_SMTP_URL knows one option, ?starttls=require, if-offered or never, and only for smtp://"
        raise SetupError(message)
    if parts.scheme == "smtps":
        return Encryption.TLS
    if chosen is None:
        return Encryption.IF_OFFERED if _is_loopback(parts.hostname or "") else Encryption.REQUIRE
    if chosen not in {Encryption.REQUIRE, Encryption.IF_OFFERED, Encryption.NEVER}:
        message = f"EIASSESS_SMTP_URL has ?starttls={chosen}; choose require, if-offered or never"
        raise SetupError(message)
    return Encryption(chosen)


def _is_loopback(host: str) -> bool:
    return (f"[{host}]" if ":" in host else host) in LOOPBACK_HOSTS


def _mail_port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        message = "EIASSESS_SMTP_URL has a port that is none; usual are 25, 465 (smtps) and 587"
        raise SetupError(message) from None


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    try:
        sender = Address(name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        sender = Address()
    if not sender.username or "." not in sender.domain or not address.isascii():
        message = (
            f"EIASSESS_MAIL_FROM is {text!r}; mails need a sender such as "
            "Hiring at Example <jobs@example.org>, whose address is ASCII, since answers and failures go there"
        )
        raise SetupError(message)
    return sender


def _queue_url(url: str) -> str:
    if urlsplit(url).scheme.partition("+")[0] not in QUEUE_SCHEMES:
        message = f"EIASSESS_QUEUE_URL must start with {' or '.join(QUEUE_SCHEMES)}; other queues are not supported"
        raise SetupError(message)
    return url


def _sign_in_provider(environment: Mapping[str, str]) -> SignInProvider | None:
    """Read who proves who somebody is; an error never repeats the secret."""
    given = {name: text for name, text in environment.items() if name.startswith("EIASSESS_OIDC_") and text}
    if not given:
        return None
    issuer, client_id, secret = (
        given.get(f"EIASSESS_OIDC_{each}", "") for each in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    )
    if not (issuer and client_id and secret):
        message = (
            f"{min(given)} is set; sign-in by a provider needs EIASSESS_OIDC_ISSUER, EIASSESS_OIDC_CLIENT_ID and "
            "EIASSESS_OIDC_CLIENT_SECRET, all three"
        )
        raise SetupError(message)
    if not (client_id + secret).isascii() or not (client_id + secret).isprintable() or ":" in client_id:
        message = "EIASSESS_OIDC_CLIENT_ID and EIASSESS_OIDC_CLIENT_SECRET have to be ASCII, and no colon in the first"
        raise SetupError(message)
    return SignInProvider(
        _issuer(issuer),
        client_id,
        secret,
        given.get("EIASSESS_OIDC_NAME") or urlsplit(issuer).netloc,
        links_by_address=_yes_or_no(given, "EIASSESS_OIDC_LINK_BY_ADDRESS"),
        is_only_way=_yes_or_no(given, "EIASSESS_OIDC_ONLY"),
    )


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
    is_safe = is_safe and len(text) <= ISSUER_AT_MOST
    if not is_safe or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        message = (
            f"EIASSESS_OIDC_ISSUER is {text!r}; give the address that the provider names itself by, such as "
            "https://login.example.org/realms/staff, with https and nothing behind the path"
        )
        raise SetupError(message)
    return text


def _yes_or_no(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "no")
    if text not in {"yes", "no"}:
        message = f"{name} is {text!r}; write yes or no"
        raise SetupError(message)
    return text == "yes"
