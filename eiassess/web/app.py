"""Puts the web application together."""

import logging
from types import TracebackType

from flask import Flask, request
from flask_wtf import CSRFProtect

from eiassess._resources import data_folder
from eiassess.config import LOOPBACK_HOSTS
from eiassess.persistence.tables import UserRecord
from eiassess.web.account.views import area as account
from eiassess.web.adjustments.views import area as adjustments
from eiassess.web.admin.views import area as admin
from eiassess.web.analyst.views import area as analyst
from eiassess.web.audit.views import area as audit
from eiassess.web.auth.by_provider import area as by_provider
from eiassess.web.auth.by_provider import set_up_provider
from eiassess.web.auth.sign_in import set_up_sign_in
from eiassess.web.auth.views import area as auth
from eiassess.web.candidate.views import area as candidate
from eiassess.web.expert.views import area as expert
from eiassess.web.interviewer.views import area as interviewer
from eiassess.web.joining.views import area as joining
from eiassess.web.keying.views import area as keying
from eiassess.web.manager.views import area as manager
from eiassess.web.recruiter.views import area as recruiter
from eiassess.web.shell.access import check_access
from eiassess.web.shell.auditing import set_up_audit
from eiassess.web.shell.characters import leave_out_controls
from eiassess.web.shell.compression import compress_answers
from eiassess.web.shell.context import Installation, attach
from eiassess.web.shell.costly import limit_costly_work
from eiassess.web.shell.errors import handle_errors
from eiassess.web.shell.form_sizes import limit_form_sizes
from eiassess.web.shell.security import set_headers
from eiassess.web.shell.sessions import DatabaseSessions
from eiassess.web.shell.static_files import read_static_files, serve_static_files
from eiassess.web.shell.templating import known_to_every_page, set_up_templates
from eiassess.web.worth.views import area as worth

AREAS = (
    auth, by_provider, joining, account, admin, candidate, recruiter, manager,
    analyst, keying, expert, adjustments, interviewer, worth, audit,
)  # fmt: skip
log = logging.getLogger(__name__)


class WebApplication(Flask):
    """Flask, but for what it writes into the log."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> None:
        """Log a failure outside of the views by the route's name: the path may hold the token of a link."""
        log.error("A request to %s failed", request.endpoint or "a route not looked up yet", exc_info=exc_info)


def create_app(installation: Installation) -> Flask:
    """Make the application for one installation; what runs before a view runs in this order."""
    settings = installation.settings
    installation.database.secret = lambda: installation.secret_key
    app = WebApplication(__name__, template_folder=str(data_folder("templates")), static_folder=None)
    _configure(app, installation)
    attach(app, installation)
    app.session_interface = DatabaseSessions(installation)
    limit_form_sizes(app)
    set_up_audit(app, installation)
    CSRFProtect(app)
    set_up_sign_in(app, installation, UserRecord)
    set_up_provider(app, installation)
    app.before_request(check_access)
    limit_costly_work(app)
    serve_static_files(app, read_static_files())
    compress_answers(app)
    leave_out_controls(app)  # what is asked for last is done first
    set_headers(app, https=settings.is_https)
    for area in AREAS:
        app.register_blueprint(area)
    handle_errors(app, known_to_every_page(settings))
    set_up_templates(app, settings)
    return app


def _configure(app: Flask, installation: Installation) -> None:
    settings = installation.settings
    hosts = LOOPBACK_HOSTS if settings.host in LOOPBACK_HOSTS else (settings.host,)
    app.config.update(
        SECRET_KEY=installation.secret_key,
        TRUSTED_HOSTS=list(hosts),
        # A slow candidate's page must still be saved after hours: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # no Referer is sent by our own pages, and SameSite and the token protect
    )
    # "a//b" is another address than "a/b": the redirect between them would be made from the request's Host.
    app.url_map.merge_slashes = False
