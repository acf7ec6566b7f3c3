"""A fresh sign-in: whoever takes data away, or changes who gets in, has just said who they are."""

from datetime import datetime, timedelta

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from eiassess.web.shell.context import now

FRESH_FOR = timedelta(minutes=15)
SAID_AT = "said_who_at"
"""Where a browser session keeps when somebody last said who they are: signed in, or did so again."""
LOOKING = frozenset({"GET", "HEAD"})


def note_who() -> None:
    """Keep that whoever holds this session has just shown who they are."""
    session[SAID_AT] = now().isoformat()


def is_fresh() -> bool:
    """Whether whoever holds this session showed minutes ago who they are."""
    said = session.get(SAID_AT)
    return said is not None and now() - datetime.fromisoformat(said) <= FRESH_FOR


def ask_who(back: str) -> ResponseReturnValue:
    """Send somebody to say again who they are, and from there back to where they were.

    Whoever sent a form comes back to its page, since the form is not sent for them: what it does has to be pressed by
    somebody who is there. Whoever asked for a file comes back to the page that offers it, named by ``back``.
    """
    if back:
        wanted = url_for(back, **(request.view_args or {}), **request.args.to_dict(flat=False))  # type: ignore[arg-type]  # lists are taken
    elif request.method in LOOKING:
        wanted = request.full_path.removesuffix("?")
    else:
        wanted = _page_of_form(request.path)
    is_lost = "yes" if back or request.method not in LOOKING else None
    return redirect(url_for("auth.again", next=wanted, undone=is_lost), 303)


def _page_of_form(path: str) -> str:
    """Return the nearest page at or above an address that forms are sent to."""
    addresses = current_app.url_map.bind("localhost")
    while path:
        try:
            addresses.match(path, method="GET")
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return path
    return "/"
