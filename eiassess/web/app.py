"""Puts the web application together."""

import logging
from types import TracebackType
from typing import Any

from flask import Flask, Response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_security import Security, current_user, user_authenticated
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from eiassess._resources import data_folder
from eiassess.config import LOOPBACK_HOSTS
from eiassess.domain.names import isolated
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import UserRecord
from eiassess.web.auth.datastore import AccountDatastore
from eiassess.web.auth.forms import SignInForm
from eiassess.web.auth.tries import is_guessing, take_tries_back
from eiassess.web.shell.access import check_access
from eiassess.web.shell.compression import compress_answers
from eiassess.web.shell.context import Installation, attach
from eiassess.web.shell.security import set_headers
from eiassess.web.shell.sessions import DatabaseSessions, renew_session
from eiassess.web.shell.static_files import read_static_files, serve_static_files

PRODUCT = "EIAssess"
MAX_FORM_BYTES = 200_000
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
log = logging.getLogger(__name__)


class WebApplication(Flask):
    """Flask, but for what it writes into the log."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> None:
        """Log a failure outside of the views by the route's name: the path may hold the token of a link."""
        log.error("A request to %s failed", request.endpoint or "a route not looked up yet", exc_info=exc_info)


def create_app(installation: Installation) -> Flask:
    """Make the application for one installation."""
    app = WebApplication(__name__, template_folder=str(data_folder("templates")), static_folder=None)
    _configure(app, installation)
    attach(app, installation)
    app.session_interface = DatabaseSessions(installation)
    CSRFProtect(app)
    _set_up_sign_in(app, installation)
    app.before_request(check_access)
    serve_static_files(app, read_static_files())
    compress_answers(app)
    set_headers(app, https=installation.settings.is_https)
    _register_areas(app)
    _handle_errors(app, installation)
    _give_templates_context(app, installation)
    return app


def _configure(app: Flask, installation: Installation) -> None:
    settings = installation.settings
    hosts = LOOPBACK_HOSTS if settings.host in LOOPBACK_HOSTS else (settings.host,)
    app.config.update(
        SECRET_KEY=installation.secret_key,
        TRUSTED_HOSTS=list(hosts),
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        # A slow candidate's page must still be saved after hours: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # no Referer is sent by our own pages, and SameSite and the token protect
        SECURITY_PASSWORD_SALT="unused: argon2 makes its own",  # noqa: S106 - Flask-Security asks for one
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of the function
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
            "argon2__rounds": 3,
            "argon2__memory_cost": 65536,
            "argon2__parallelism": 1,
        },
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_LOGIN_USER_TEMPLATE="auth/sign_in.html",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    # "a//b" is another address than "a/b": the redirect between them would be made from the request's Host.
    app.url_map.merge_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["isolated"] = isolated
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _set_up_sign_in(app: Flask, installation: Installation) -> None:
    security = Security(app, AccountDatastore(UserRecord, installation.database), login_form=SignInForm)
    _leave_sessions_only(app, security)

    def signed_in(_sender: Flask, **_details: Any) -> None:  # noqa: ANN401 - the signal's signature
        renew_session(session)
        take_tries_back(installation)

    user_authenticated.connect(signed_in, app, weak=False)

    @app.before_request
    def _limit_sign_in() -> ResponseReturnValue | None:
        if request.endpoint != "security.login" or request.method != "POST":
            return None
        if request.mimetype not in FORM_TYPES:
            return _error_page(400)
        if is_guessing(app, installation):
            return _error_page(429, "Too many tries to sign in. Wait a quarter of an hour and try again.")
        return None


def _leave_sessions_only(app: Flask, security: Security) -> None:
    """Take away Flask-Security's API: its tokens stand for somebody for ever, also after signing out."""
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # Flask-Login hangs it on
    security.want_json(lambda _request: False)


def _register_areas(app: Flask) -> None:
    from eiassess.web.analyst.views import area as analyst  # noqa: PLC0415 - areas import this package's parts
    from eiassess.web.auth.views import area as auth  # noqa: PLC0415 - the same
    from eiassess.web.candidate.views import area as candidate  # noqa: PLC0415 - the same
    from eiassess.web.expert.views import area as expert  # noqa: PLC0415 - the same
    from eiassess.web.keying.views import area as keying  # noqa: PLC0415 - the same
    from eiassess.web.manager.views import area as manager  # noqa: PLC0415 - the same
    from eiassess.web.recruiter.views import area as recruiter  # noqa: PLC0415 - the same

    for area in (auth, candidate, recruiter, manager, analyst, keying, expert):
        app.register_blueprint(area)


def _handle_errors(app: Flask, installation: Installation) -> None:
    @app.errorhandler(NotFoundError)
    def _not_found(_error: NotFoundError) -> ResponseReturnValue:
        return _error_page(404)

    @app.errorhandler(InvalidInputError)
    def _invalid(error: InvalidInputError) -> ResponseReturnValue:
        return _error_page(400, str(error))

    @app.errorhandler(RefusedError)
    def _refused(error: RefusedError) -> ResponseReturnValue:
        return _error_page(409, str(error))

    @app.errorhandler(CSRFError)
    def _forged(_error: CSRFError) -> ResponseReturnValue:
        return _error_page(400, "Your session has ended meanwhile. Go back, reload the page and try again.")

    @app.errorhandler(SecurityError)
    def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
        # No page: links could be made only from the host that is not ours.
        return "This address does not lead here.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 - a redirect is no error
            return error
        if error.code is None or error.code >= 500:  # noqa: PLR2004 - failures before the view come here too
            return _failure_page(app, installation)
        return _refusal(app, error)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        log.error("A request failed", exc_info=error)
        return _failure_page(app, installation)


def _error_page(code: int, message: str = "") -> ResponseReturnValue:
    return render_template("errors/error.html", code=code, message=message), code


def _refusal(app: Flask, error: HTTPException) -> Response:
    answer = app.make_response(_error_page(error.code or 400))
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def _failure_page(app: Flask, installation: Installation) -> ResponseReturnValue:
    # Without the usual context: who is signed in stands in the database, and that may be what failed.
    page = app.jinja_env.get_template("errors/error.html")
    known = {"product": PRODUCT, "simulated_notice": installation.settings.demo, "code": 500, "message": ""}
    return page.render(known, current_user_label=None, sign_out_form=None), 500


def _give_templates_context(app: Flask, installation: Installation) -> None:
    @app.context_processor
    def _context() -> dict[str, Any]:
        signed_in = not request.path.startswith("/sit") and current_user.is_authenticated
        return {
            "product": PRODUCT,
            "simulated_notice": installation.settings.demo,
            "current_user_label": current_user.name if signed_in else None,
            "sign_out_form": FlaskForm(formdata=None) if signed_in else None,
        }
