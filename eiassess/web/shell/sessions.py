"""Server-side sessions for Flask: the cookie holds 256 random bits, the database what they stand for.

Candidates, experts and staff have a cookie each, told apart by the path, so that no session reaches another's routes.

Whoever only looks at a form has nothing that the database must keep: what guards the form stands in the cookie itself,
signed. So nobody can fill the database by asking for pages.
"""

import json
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import CallbackDict

from eiassess.services.identifiers import new_token
from eiassess.services.people.browser_sessions import end_web_session, find_web_session, store_web_session
from eiassess.web.shell.context import Installation

CANDIDATE_PATHS = ("/sit", "/i/")
EXPERT_PATHS = ("/rate", "/e/")
BEGUN = "begun"
"""Where a session keeps which sign-ins by a provider were begun in it."""
OF_NOBODY = frozenset({"csrf_token", "fs_cc", "_fresh", BEGUN})
"""What a session may hold and still be nobody's: the guard of a form, what libraries note of it unasked, and who went
off to be recognised."""
SIGNED = "s."
"""How the cookie of a session that is nobody's begins."""
LASTS_SIGNED = timedelta(hours=24)
SIGNED_IN = "_user_id"
"""Where Flask-Login keeps what stands for whoever is signed in."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What one browser's session holds."""

    def __init__(self, values: dict[str, Any], token: str | None, audience: str) -> None:
        def on_change(session: "ServerSession") -> None:
            session.modified = True

        super().__init__(values, on_change)
        self.token, self.audience = token, audience
        self.modified = False
        self.new = token is None
        self.renew = False


class DatabaseSessions(SessionInterface):
    """Reads and writes browser sessions through the services."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def cookie_name(self, audience: str) -> str:
        """Name the audience's cookie; without https (loopback demo) a plain name has to do."""
        prefix = "__Host-" if self._installation.settings.is_https else ""
        return f"{prefix}eiassess-{audience}"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """Find the session of the request's cookie, or begin an empty one that nothing is stored for yet."""
        del app
        audience = audience_of(request.path)
        token = request.cookies.get(self.cookie_name(audience))
        if not token or request.path.startswith("/static/"):
            return ServerSession({}, None, audience)
        if token.startswith(SIGNED):
            return ServerSession(self._read_signed(token, audience), None, audience)
        data = find_web_session(self._installation.database, token, audience, self._installation.clock())
        return ServerSession({}, None, audience) if data is None else ServerSession(json.loads(data), token, audience)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a renewed session gets another id and the old one ends."""
        del app
        if not isinstance(session, ServerSession) or not (session.modified or session.renew):
            return
        database = self._installation.database
        if session.token and (session.renew or not session):
            end_web_session(database, session.token)
            session.token = None
        if not session:
            name, is_https = self.cookie_name(session.audience), self._installation.settings.is_https
            response.delete_cookie(name, path="/", secure=is_https, httponly=True, samesite="Lax")
            return
        if session.token is None and OF_NOBODY.issuperset(session):
            self._give_cookie(response, session.audience, self._signed(session))
            return
        token = session.token or new_token()
        held, now = json.dumps(dict(session)), self._installation.clock()
        store_web_session(
            database,
            token,
            session.audience,
            held,
            now,
            is_new=session.token is None,
            signed_in=session.get(SIGNED_IN),
        )
        if token != session.token:
            self._give_cookie(response, session.audience, token)

    def _give_cookie(self, response: Response, audience: str, value: str) -> None:
        name, is_https = self.cookie_name(audience), self._installation.settings.is_https
        response.set_cookie(name, value, path="/", httponly=True, samesite="Lax", secure=is_https)

    def _signed(self, session: ServerSession) -> str:
        held = {"held": dict(session), "at": int(self._installation.clock().timestamp())}
        return f"{SIGNED}{self._signer(session.audience).dumps(held)}"

    def _read_signed(self, cookie: str, audience: str) -> dict[str, Any]:
        try:
            signed = self._signer(audience).loads(cookie.removeprefix(SIGNED))
        except BadData:
            return {}
        age = self._installation.clock().timestamp() - signed["at"]
        return dict(signed["held"]) if age <= LASTS_SIGNED.total_seconds() else {}

    def _signer(self, audience: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._installation.secret_key, salt=f"session of nobody: {audience}")


def audience_of(path: str) -> str:
    """Tell whose pages a path belongs to."""
    if path.startswith(CANDIDATE_PATHS):
        return "candidate"
    return "expert" if path.startswith(EXPERT_PATHS) else "staff"


def renew_session(session: SessionMixin) -> None:
    """Give the session another id at the end of this request, as after signing in."""
    if isinstance(session, ServerSession):
        session.renew = True


def stay_signed_in(session: SessionMixin, uniquifier: str) -> None:
    """Go on after all one's sessions ended, in this browser and with another id."""
    session[SIGNED_IN] = uniquifier
    renew_session(session)


def token_of(session: SessionMixin) -> str:
    """Return what the cookie of a stored session holds."""
    return getattr(session, "token", None) or ""
