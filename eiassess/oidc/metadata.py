"""What a provider says of itself under its well-known address (OpenID Connect Discovery 1.0)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from eiassess.config import LOOPBACK_HOSTS
from eiassess.oidc.failures import ProviderError

WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures that only the provider can make: none without a key, and none by a secret that we hold too."""
BASIC, POST = "client_secret_basic", "client_secret_post"


@dataclass(frozen=True)
class Metadata:
    """Where a provider is asked for what, and how.

    Parameters
    ----------
    authorization_endpoint
        Where the browser is sent.
    token_endpoint
        Where a code is changed for tokens.
    jwks_uri
        Where the keys of its signatures stand.
    userinfo_endpoint
        Where it says more of a person; empty if it has none.
    algorithms
        How it signs, of what we take.
    secret_goes_by
        How we prove who we are.
    signs_returns
        Whether it says at each return of a browser that it comes from it (RFC 9207).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    algorithms: tuple[str, ...]
    secret_goes_by: str
    signs_returns: bool


def address_of_metadata(issuer: str) -> str:
    """Return where a provider describes itself."""
    return f"{issuer.rstrip('/')}{WELL_KNOWN}"


def read_metadata(document: object, issuer: str) -> Metadata:
    """Read what a provider says of itself.

    Raises
    ------
    ProviderError
        It is another one than we were told of, or lacks something that we need.
    """
    if not isinstance(document, dict):
        message = "what stands at its well-known address is no description"
        raise ProviderError(message)
    if document.get("issuer") != issuer:
        message = f"it names itself {document.get('issuer')!r:.300}, which is not letter by letter {issuer!r}"
        raise ProviderError(message)
    algorithms = document.get("id_token_signing_alg_values_supported", ["RS256"])
    usable = tuple(each for each in _texts(algorithms) if each in ALGORITHMS)
    if not usable:
        message = "it signs in no way that only itself can"
        raise ProviderError(message)
    ways = _texts(document.get("token_endpoint_auth_methods_supported", [BASIC]))
    return Metadata(
        _endpoint(document, "authorization_endpoint", issuer),
        _endpoint(document, "token_endpoint", issuer),
        _endpoint(document, "jwks_uri", issuer),
        _endpoint(document, "userinfo_endpoint", issuer) if document.get("userinfo_endpoint") else "",
        usable,
        # In a form a secret arrives as it is; in a header, Authlib does not encode it first, as RFC 6749 has it.
        POST if POST in ways else BASIC,
        document.get("authorization_response_iss_parameter_supported") is True,
    )


def _texts(found: object) -> tuple[str, ...]:
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _endpoint(document: dict[str, object], name: str, issuer: str) -> str:
    """Read an address that is as well protected as the provider's own; which hosts it has is its business."""
    address = document.get(name)
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    is_local = urlsplit(issuer).scheme == parts.scheme == "http" and host in LOOPBACK_HOSTS
    if not isinstance(address, str) or not host or not (parts.scheme == "https" or is_local) or "@" in parts.netloc:
        message = f"its {name} is {address!r:.300}, which is no address with https"
        raise ProviderError(message)
    return address
