"""Whether a provider's token says of somebody what has to be said, and says it to us, now and for this sign-in."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry

from eiassess.oidc.failures import ProviderError

CLOCKS_DIFFER_BY = timedelta(minutes=2)
SUBJECT_AT_MOST = 255


@dataclass(frozen=True)
class Expected:
    """What a token has to say."""

    issuer: str
    client_id: str
    nonce: str
    asked_since: datetime | None = None
    """From when on the person has to have been asked who they are; any time will do without one."""


def read_keys(document: object) -> KeySet:
    """Read a provider's public keys; one of a kind that we do not know takes none of the others away.

    Raises
    ------
    ProviderError
        There is none that signatures can be checked with.
    """
    found = document.get("keys") if isinstance(document, dict) else None
    keys = list(_usable_keys(found if isinstance(found, list) else []))
    if not keys:
        message = "it publishes no key that a signature can be checked with"
        raise ProviderError(message)
    return KeySet(keys)


def _usable_keys(found: list[object]) -> Iterator[Key]:
    for each in found:
        with suppress(JoseError, ValueError, TypeError, KeyError):
            if isinstance(each, dict) and each.get("kty") != "oct" and each.get("use", "sig") == "sig":
                yield JWKRegistry.import_key(each)


def read_token(id_token: str, keys: KeySet, algorithms: tuple[str, ...]) -> jwt.Token:
    """Read a token whose signature is right; raises joserfc's errors."""
    return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=list(algorithms), strict_check_header=False))


def check_token(token: jwt.Token, access_token: object, expected: Expected, now: datetime) -> Mapping[str, Any]:
    """Return what a token says of somebody, if it was made by whom and for whom we think, and for this sign-in.

    Authlib 1.9 looks at the times, the nonce and the hash of the access token. It takes a token for somebody else as
    long as we are named as its party, and with addresses given by hand one of any issuer: we look at these ourselves.

    Raises
    ------
    ProviderError
        It was not.
    """
    claims = token.claims
    if claims.get("iss") != expected.issuer:
        message = f"the token is of {claims.get('iss')!r:.300}"
        raise ProviderError(message)
    _check_audience(claims, expected.client_id)
    _check_asked(claims, expected.asked_since)
    subject_of(claims)
    parameters = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": access_token}
    leeway = int(CLOCKS_DIFFER_BY.total_seconds())
    CodeIDToken(claims, token.header, None, parameters).validate(int(now.timestamp()), leeway)
    return claims


def subject_of(claims: Mapping[str, Any]) -> str:
    """Return the provider's identifier of a person.

    Raises
    ------
    ProviderError
        There is none.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= SUBJECT_AT_MOST:
        message = f"the person has no identifier but {subject!r:.80}"
        raise ProviderError(message)
    return subject


def checked_address(claims: Mapping[str, Any]) -> str:
    """Return the person's e-mail address if the provider has checked it, empty otherwise."""
    address = claims.get("email")
    return address if isinstance(address, str) and claims.get("email_verified") is True else ""


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if client_id not in named:
        message = f"the token is for {audience!r:.80}"
        raise ProviderError(message)
    party = claims.get("azp")
    if (len(named) > 1 or party is not None) and party != client_id:
        message = f"the token is for {audience!r:.80} by way of {party!r:.80}"
        raise ProviderError(message)


def _check_asked(claims: Mapping[str, Any], since: datetime | None) -> None:
    if since is None:
        return
    asked = claims.get("auth_time")
    if not isinstance(asked, int | float) or asked < (since - CLOCKS_DIFFER_BY).timestamp():
        message = f"it was to ask anew who somebody is, and last did at {asked!r:.80}"
        raise ProviderError(message)
