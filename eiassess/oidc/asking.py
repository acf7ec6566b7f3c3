"""How a provider is asked: never for long, never for endless answers, and nobody whom it sends us on to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NotConnectedError
from requests.exceptions import HTTPError, RequestException, Timeout
from urllib3.exceptions import HTTPError as BrokenAnswerError

from eiassess.config import SignInProvider
from eiassess.oidc.failures import ProviderError
from eiassess.oidc.tokens import CLOCKS_DIFFER_BY

SECONDS_OF_SILENCE = 5
SECONDS_AN_ANSWER = 10
MOST_BYTES = 1_000_000
PIECE = 65_536
ITS_FAULT = 500


class HastyAdapter(HTTPAdapter):
    """Reads an answer whole, and gives up where it takes long or has no end."""

    def send(self, request: PreparedRequest, *_given: Any, **options: Any) -> Response:  # noqa: ANN401 - requests'
        """Ask, with limits of our own whatever the caller says."""
        began = time.monotonic()
        answer = super().send(request, **{**options, "stream": True, "timeout": SECONDS_OF_SILENCE})
        try:
            answer._content = _read_whole(answer, began)  # noqa: SLF001 - where requests keeps what it has read
        except BrokenAnswerError as error:
            raise NotConnectedError(error) from error
        finally:
            answer.close()
        return answer


def _read_whole(answer: Response, began: float) -> bytes:
    body = bytearray()
    while piece := answer.raw.read1(PIECE, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES:
            message = f"the answer is longer than {MOST_BYTES:,} bytes"
            raise RequestException(message)
        if time.monotonic() - began > SECONDS_AN_ANSWER:
            message = f"the answer takes longer than {SECONDS_AN_ANSWER} seconds"
            raise Timeout(message)
    return bytes(body)


@contextmanager
def session(settings: SignInProvider, redirect_uri: str, scope: str, secret_goes_by: str) -> Iterator[OAuth2Session]:
    """Open what talks to the provider."""
    opened = OAuth2Session(
        settings.client_id,
        settings.client_secret,
        token_endpoint_auth_method=secret_goes_by,
        scope=scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        # Authlib ends access tokens a minute early, so that one of a minute would never be of use.
        leeway=-int(CLOCKS_DIFFER_BY.total_seconds()),
        default_timeout=SECONDS_OF_SILENCE,
    )
    opened.max_redirects = 0  # of a provider's addresses we ask those alone that it names
    for scheme in ("https://", "http://"):
        opened.mount(scheme, HastyAdapter())
    with opened:
        yield opened


@contextmanager
def failures_of_provider() -> Iterator[None]:
    """Turn whatever a provider can break into one error: what it sends comes from outside, in any shape."""
    try:
        yield
    except RequestException as error:
        answer = error.response if isinstance(error, HTTPError) else None
        is_away = isinstance(error, NotConnectedError | Timeout) or (
            answer is not None and answer.status_code >= ITS_FAULT
        )
        raise ProviderError(_said(error), is_away=is_away) from error
    except (AuthlibBaseError, JoseError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise ProviderError(_said(error)) from error
    except (ArithmeticError, RecursionError, AssertionError, OSError) as error:
        raise ProviderError(_said(error)) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)!r:.200}"
