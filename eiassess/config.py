"""The settings of one running installation: read once at the entrance, then passed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from eiassess.errors import SetupError

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


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
    """

    instance: Path
    database_url: str
    base_url: str
    bank_folders: tuple[Path, ...]
    contact: str
    trusted_proxy: str = ""
    demo: bool = False
    key_folders: tuple[Path, ...] = ()

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
    )


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
