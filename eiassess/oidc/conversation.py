"""Asking a provider who somebody is."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import Token

from eiassess.config import SignInProvider
from eiassess.domain.identities import ProvenIdentity
from eiassess.oidc.asking import failures_of_provider, session
from eiassess.oidc.beginning import Beginning
from eiassess.oidc.failures import ProviderError
from eiassess.oidc.metadata import BASIC, Metadata, address_of_metadata, read_metadata
from eiassess.oidc.tokens import Expected, check_token, checked_address, read_keys, read_token, subject_of

KEPT_FOR = timedelta(hours=1)
AT_ONCE = 3
"""How many of the server's threads may wait for the provider; candidates' saves need the others."""


@dataclass(frozen=True)
class _Kept:
    """What was read of the provider, and when."""

    metadata: Metadata
    keys: KeySet
    at: datetime


class Provider:
    """A provider of sign-in, from one process; it keeps for an hour what the provider says of itself.

    Parameters
    ----------
    settings
        Which one, and as whom it knows us.
    redirect_uri
        Where browsers come back.
    clock
        The time, aware, in UTC.
    """

    def __init__(self, settings: SignInProvider, redirect_uri: str, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._redirect_uri, self._clock = redirect_uri, clock
        self._scope = "openid email" if settings.links_by_address else "openid"
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._kept: _Kept | None = None

    def address_to_begin_at(self, beginning: Beginning, *, again: bool = False, other: bool = False) -> str:
        """Return where a browser is sent to sign in.

        Parameters
        ----------
        beginning
            The sign-in that begins.
        again
            Whether the provider is to ask anew who somebody is, though it knows.
        other
            Whether it is to let them say which of their accounts they mean.

        Raises
        ------
        ProviderError
            The provider does not answer, or not as one.
        """
        wish = {"prompt": "login", "max_age": "0"} if again else {"prompt": "select_account"} if other else {}
        with self._turn() as asking:
            address, _ = asking.create_authorization_url(
                self._known(asking).metadata.authorization_endpoint,
                state=beginning.state,
                code_verifier=beginning.verifier,
                nonce=beginning.nonce,
                **wish,
            )
            return str(address)

    def identity_of(
        self, beginning: Beginning, code: str, issuer: str | None, since: datetime | None = None
    ) -> ProvenIdentity:
        """Return who came back from the provider with a code.

        Parameters
        ----------
        beginning
            The sign-in that they began.
        code
            What the provider gave them, good for one use.
        issuer
            Who gave it, where the address that they came back to says so.
        since
            From when on the provider has to have asked who they are; any time will do without one.

        Raises
        ------
        ProviderError
            The provider does not answer, or nothing that proves who they are.
        """
        with self._turn() as asking:
            known = self._known(asking)
            if issuer != self.settings.issuer and (issuer is not None or known.metadata.signs_returns):
                message = f"the browser came back from {issuer!r:.80}"
                raise ProviderError(message)
            asking.token_endpoint_auth_method = known.metadata.secret_goes_by
            given = asking.fetch_token(
                known.metadata.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=beginning.verifier,
            )
            expected = Expected(self.settings.issuer, self.settings.client_id, beginning.nonce, since)
            token = self._read(asking, known, given.get("id_token"))
            claims = check_token(token, given.get("access_token"), expected, self._clock())
            return self._identity(asking, known.metadata, claims)

    def try_out(self) -> str:
        """Say what is wrong with the provider, or nothing."""
        try:
            with self._turn() as asking:
                self._read_anew(asking)
        except ProviderError as error:
            return str(error)
        return ""

    @contextmanager
    def _turn(self) -> Iterator[OAuth2Session]:
        if not self._turns.acquire(blocking=False):
            message = f"{AT_ONCE} wait for it already"
            raise ProviderError(message, is_away=True)
        try:
            with failures_of_provider(), session(self.settings, self._redirect_uri, self._scope, BASIC) as asking:
                yield asking
        finally:
            self._turns.release()

    def _known(self, asking: OAuth2Session) -> _Kept:
        kept = self._kept
        if kept is not None and timedelta() <= self._clock() - kept.at <= KEPT_FOR:
            return kept
        return self._read_anew(asking)

    def _read_anew(self, asking: OAuth2Session) -> _Kept:
        document = _document(asking, address_of_metadata(self.settings.issuer))
        metadata = read_metadata(document, self.settings.issuer)
        self._kept = _Kept(metadata, read_keys(_document(asking, metadata.jwks_uri)), self._clock())
        return self._kept

    def _read(self, asking: OAuth2Session, known: _Kept, id_token: object) -> Token:
        """Read a token; where the keys that we keep do not fit, they may have changed, under the old name too."""
        if not isinstance(id_token, str):
            message = "it gave no id_token"
            raise ProviderError(message)
        try:
            return read_token(id_token, known.keys, known.metadata.algorithms)
        except JoseError:
            anew = self._read_anew(asking)
            return read_token(id_token, anew.keys, anew.metadata.algorithms)

    def _identity(self, asking: OAuth2Session, metadata: Metadata, claims: Mapping[str, Any]) -> ProvenIdentity:
        """Return who somebody is; of their address we ask only where it counts and the token does not say it."""
        subject, address = subject_of(claims), checked_address(claims)
        if self.settings.links_by_address and "email" not in claims and metadata.userinfo_endpoint:
            said = _document(asking, metadata.userinfo_endpoint, with_token=True)
            if not isinstance(said, dict) or said.get("sub") != subject:
                message = "what it says of the person is of another one"
                raise ProviderError(message)
            address = checked_address(said)
        return ProvenIdentity(self.settings.issuer, subject, address)


def _document(asking: OAuth2Session, address: str, *, with_token: bool = False) -> object:
    answer = asking.request("GET", address, withhold_token=not with_token, headers={"Accept": "application/json"})
    answer.raise_for_status()
    document: object = answer.json()
    return document
