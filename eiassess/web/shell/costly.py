"""How much costly work one person may have under way at once, so that the files and reports of one leave room."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.web.shell.errors import error_page

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

AT_ONCE = 2
"""A file that still comes and one more thing; the server has threads for many more people."""

_BUSY = "Two of your files, reports or comparisons are still being made. Wait until they are there, then try again."


def is_costly(view: View) -> View:
    """Count a view among those of which one person has only so many under way."""
    view.is_costly = True  # type: ignore[attr-defined]  # read again before each request
    return view


def limit_costly_work(app: Flask) -> None:
    """Ask who has too much under way to come again; to be called after what finds out who somebody is."""
    under_way: Counter[str] = Counter()
    lock = threading.Lock()

    def give_back(person: str) -> None:
        with lock:
            under_way[person] -= 1
            if not under_way[person]:
                del under_way[person]

    @app.before_request
    def _take() -> ResponseReturnValue | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if not getattr(view, "is_costly", False) or not current_user.is_authenticated:
            return None
        with lock:
            if under_way[current_user.id] >= AT_ONCE:
                answer = current_app.make_response(error_page(429, _BUSY))
                answer.headers["Retry-After"] = "20"
                return answer
            under_way[current_user.id] += 1
        g.costly = current_user.id
        return None

    @app.after_request
    def _keep_until_sent(response: Response) -> Response:
        if "costly" in g and response.is_streamed and not response.direct_passthrough:
            person = g.pop("costly")
            response.call_on_close(lambda: give_back(person))  # its pieces are still to be made
        return response

    @app.teardown_request
    def _give_back(_error: BaseException | None) -> None:
        person = g.pop("costly", None)
        if person is not None:
            give_back(person)
