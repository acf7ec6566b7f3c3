"""How much a request may send: little, unless its view takes more."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

MAX_FORM_BYTES = 200_000
"""What a view takes that says nothing: many times the longest answer."""


def takes_up_to(n_bytes: int) -> Callable[[View], View]:
    """Let a view take more than others, a file for instance."""

    def mark(view: View) -> View:
        view.max_form_bytes = n_bytes  # type: ignore[attr-defined]  # read again before each request
        return view

    return mark


def limit_form_sizes(app: Flask) -> None:
    """Refuse what is larger than its view takes; to be called before anything else reads forms."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM_BYTES

    @app.before_request
    def _limit() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        n_bytes = getattr(view, "max_form_bytes", None)
        if n_bytes is not None:
            # A text pasted into a field counts against a limit of its own, half a megabyte if nobody sets it.
            request.max_content_length = request.max_form_memory_size = n_bytes
