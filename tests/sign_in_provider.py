"""A provider of sign-in on loopback that really converses, and does on demand what no provider should."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from eiassess.config import SignInProvider

CLIENT, SECRET = "eiassess", "open, sesame, and be quick about it"
REALM = "/realms/staff"
LIVES_FOR = 300
CONFIGURATION = f"{REALM}/.well-known/openid-configuration"


@cache
def rsa_key(kid: str = "first") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}, private=True)


def another_key(kid: str = "first") -> RSAKey:
    """A key of the same name as another."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}, private=True)


@dataclass(frozen=True)
class Reply:
    """What the provider answers instead of what it should."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    drips: float = 0
    """Seconds between its bytes."""
    silent: float = 0
    """Seconds before it says anything."""


@dataclass(frozen=True)
class Asked:
    """A code that was given out, and what it is good for."""

    redirect_uri: str
    nonce: str
    challenge: str
    scope: str


@dataclass
class SignInHost:
    """A provider that knows one person at a time; every change of it counts from the next question on."""

    clock: Callable[[], datetime]
    base: str = ""
    subject: str = "248289761001"
    key: RSAKey | ECKey = field(default_factory=rsa_key)
    published: list[dict[str, Any]] | None = None
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    comes_back_with: dict[str, Any] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    has_page: bool = False
    asked_for: list[str] = field(default_factory=list)
    ways_of_secret: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    ages: list[str] = field(default_factory=list)
    codes: dict[str, Asked] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"{self.base}{REALM}"

    def settings(self, **more: Any) -> SignInProvider:
        return SignInProvider(self.issuer, CLIENT, SECRET, "Example staff", **more)

    def description(self) -> dict[str, Any]:
        usual = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
        }
        return changed(usual, self.metadata)

    def keys(self) -> dict[str, Any]:
        return {"keys": self.published if self.published is not None else [self.key.as_dict(private=False)]}

    def id_token(self, asked: Asked, access_token: str) -> str:
        now = int(self.clock().timestamp())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        usual = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + LIVES_FOR,
            "nonce": asked.nonce,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }
        header = changed({"alg": self.algorithm, "kid": self.key.kid}, self.header)
        return jwt.encode(header, changed(usual, self.claims), self.key, algorithms=[self.algorithm])


def changed(usual: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """With other values; what is changed to nothing is left out."""
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


class _Handler(BaseHTTPRequestHandler):
    host: SignInHost

    def log_message(self, *_details: object) -> None:
        return

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.host.asked_for.append(parts.path)
        if parts.path in self.host.replies:
            self._send(self.host.replies[parts.path])
            return
        routes = {
            CONFIGURATION: lambda: self._json(self.host.description()),
            f"{REALM}/keys": lambda: self._json(self.host.keys()),
            f"{REALM}/authorize": lambda: self._authorize(_first(parts.query)),
            f"{REALM}/token": lambda: self._token(_first(body)),
            f"{REALM}/userinfo": self._userinfo,
        }
        routes.get(parts.path, lambda: self._json({"error": "not_found"}, 404))()

    def _json(self, document: object, status: int = 200) -> None:
        self._send(Reply(json.dumps(document).encode(), status))

    def _send(self, reply: Reply) -> None:
        time.sleep(reply.silent)
        try:
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [reply.body] if not reply.drips else [bytes([each]) for each in reply.body]:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(reply.drips)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def _authorize(self, query: dict[str, str]) -> None:
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256"
        self.host.prompts.append(query.get("prompt", ""))
        self.host.ages.append(query.get("max_age", ""))
        code = secrets.token_urlsafe(12)
        asked = Asked(query["redirect_uri"], query["nonce"], query["code_challenge"], query["scope"])
        self.host.codes[code] = asked
        back = changed({"code": code, "state": query["state"]}, self.host.comes_back_with)
        address = f"{query['redirect_uri']}?{urlencode(back)}"
        if self.host.has_page:
            page = f"<!doctype html><title>Example staff</title><a href='{escape(address)}'>Continue as Alice</a>"
            self._send(Reply(page.encode(), headers={"Content-Type": "text/html"}))
        else:
            self._send(Reply(status=302, headers={"Location": address}))

    def _token(self, form: dict[str, str]) -> None:
        asked = self.host.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proves = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self._client(form) != (CLIENT, SECRET):
            self._json({"error": "invalid_client"}, 401)
        elif asked is None or asked.challenge != proves or form.get("redirect_uri") != asked.redirect_uri:
            self._json({"error": "invalid_grant", "error_description": "<b>no such code</b>"}, 400)
        else:
            access = f"access-{secrets.token_urlsafe(8)}"
            usual = {"access_token": access, "token_type": "Bearer", "expires_in": LIVES_FOR}
            self._json(changed({**usual, "id_token": self.host.id_token(asked, access)}, self.host.given))

    def _client(self, form: dict[str, str]) -> tuple[str, str]:
        if "client_secret" in form:
            self.host.ways_of_secret.append("client_secret_post")
            return form["client_id"], form["client_secret"]
        self.host.ways_of_secret.append("client_secret_basic")
        scheme, _, encoded = self.headers.get("Authorization", "").partition(" ")
        assert scheme == "Basic"
        user, _, password = base64.b64decode(encoded).decode().partition(":")
        return unquote(user), unquote(password)

    def _userinfo(self) -> None:
        if not self.headers.get("Authorization", "").startswith("Bearer access-"):
            self._json({"error": "invalid_token"}, 401)
            return
        self._json(changed({"sub": self.host.subject}, self.host.userinfo))


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def provider_of_sign_in(clock: Callable[[], datetime]) -> Iterator[SignInHost]:
    """Run a provider while the context lasts."""
    host = SignInHost(clock)
    handler = type("Handler", (_Handler,), {"host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    host.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
