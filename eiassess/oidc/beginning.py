"""What one sign-in is recognised by when the browser comes back."""

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Beginning:
    """A sign-in under way.

    Parameters
    ----------
    state
        What the browser brings back, so that nobody can be signed in with a return that they did not begin.
    nonce
        What the provider's token has to repeat, so that no token of another sign-in is taken.
    verifier
        What proves to the provider that whoever comes with a code has begun this sign-in (RFC 7636).
    """

    state: str
    nonce: str
    verifier: str


def beginning_of(state: str, secret: str) -> Beginning:
    """Return what belongs to a state: made from it by the installation's secret, so that no cookie has to hold it."""

    def made(what: str) -> str:
        return hmac.new(secret.encode(), f"sign-in by provider\n{what}\n{state}".encode(), hashlib.sha256).hexdigest()

    return Beginning(state, made("nonce"), made("verifier"))
