"""Server-side sessions for Flask: the cookie holds 256 random bits, the database what they stand for.

Candidates, experts and staff have a cookie each, told apart by the path, so that no session reaches another's routes.
"""

import json
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from eiassess.services.identifiers import new_token
from eiassess.services.people.browser_sessions import end_web_session, find_web_session, store_web_session
from eiassess.web.shell.context import Installation

CANDIDATE_PATHS = ("/sit", "/i/")
EXPERT_PATHS = ("/rate", "/e/")


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
        if token and not request.path.startswith("/static/"):
            data = find_web_session(self._installation.database, token, audience, self._installation.clock())
            if data is not None:
                return ServerSession(json.loads(data), token, audience)
        return ServerSession({}, None, audience)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a renewed session gets another id and the old one ends."""
        del app
        if not isinstance(session, ServerSession) or not (session.modified or session.renew):
            return
        database, name = self._installation.database, self.cookie_name(session.audience)
        if session.token and (session.renew or not session):
            end_web_session(database, session.token)
            session.token = None
        if not session:
            response.delete_cookie(name, path="/", secure=self._installation.settings.is_https, httponly=True)
            return
        token = session.token or new_token()
        held, now = json.dumps(dict(session)), self._installation.clock()
        store_web_session(database, token, session.audience, held, now, is_new=session.token is None)
        if token != session.token:
            response.set_cookie(
                name, token, path="/", httponly=True, samesite="Lax", secure=self._installation.settings.is_https
            )


def audience_of(path: str) -> str:
    """Tell whose pages a path belongs to."""
    if path.startswith(CANDIDATE_PATHS):
        return "candidate"
    return "expert" if path.startswith(EXPERT_PATHS) else "staff"


def renew_session(session: SessionMixin) -> None:
    """Give the session another id at the end of this request, as after signing in."""
    if isinstance(session, ServerSession):
        session.renew = True
