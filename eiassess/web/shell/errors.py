"""The pages of failure: what our own errors and HTTP's lead to, without a word of what is inside."""

import logging
from typing import Any

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from eiassess.errors import InvalidInputError, NotFoundError, RefusedError

log = logging.getLogger(__name__)


def handle_errors(app: Flask, known: dict[str, Any]) -> None:
    """Give every failure a page; ``known`` is what its template gets without asking who calls."""
    _handle_our_own(app)

    @app.errorhandler(CSRFError)
    def _forged(_error: CSRFError) -> ResponseReturnValue:
        return error_page(400, "Your session has ended meanwhile. Go back, reload the page and try again.")

    @app.errorhandler(SecurityError)
    def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
        # No page: links could be made only from the host that is not ours.
        return "This address does not lead here.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 - a redirect is no error
            return error
        if error.code is None or error.code >= 500:  # noqa: PLR2004 - failures before the view come here too
            return _failure_page(app, known)
        return _refusal(app, error)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        log.error("A request failed", exc_info=error)
        return _failure_page(app, known)


def _handle_our_own(app: Flask) -> None:
    @app.errorhandler(NotFoundError)
    def _not_found(_error: NotFoundError) -> ResponseReturnValue:
        return error_page(404)

    @app.errorhandler(InvalidInputError)
    def _invalid(error: InvalidInputError) -> ResponseReturnValue:
        return error_page(400, str(error))

    @app.errorhandler(RefusedError)
    def _refused(error: RefusedError) -> ResponseReturnValue:
        return error_page(409, str(error))


def error_page(code: int, message: str = "") -> ResponseReturnValue:
    """Make the page that says what is wrong, and what to do."""
    return render_template("errors/error.html", code=code, message=message), code


def _refusal(app: Flask, error: HTTPException) -> Response:
    answer = app.make_response(error_page(error.code or 400))
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def _failure_page(app: Flask, known: dict[str, Any]) -> ResponseReturnValue:
    # Without the usual context: who is signed in stands in the database, and that may be what failed.
    page = app.jinja_env.get_template("errors/error.html")
    return page.render(known, code=500, message="", current_user_label=None, sign_out_form=None), 500
