"""Who may call which route: each names its permission, or stands on the short public list, or is refused."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.roles import Role

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

PUBLIC_ENDPOINTS = frozenset({"static", "security.login", "security.logout"})
"""Routes that we did not write and that anybody may call."""

INVITATION = "invitation_id"
"""Where a candidate's browser session keeps which invitation it opened."""

EXPERT = "expert_id"
"""Where an expert's browser session keeps whose link it opened."""


class Permission(StrEnum):
    """What a route asks of whoever calls it."""

    PUBLIC = "public"
    CANDIDATE = "candidate"
    OPEN_JOBS = "open jobs"
    RECRUIT = "recruit"
    MANAGE_HIRING = "manage hiring"
    ANALYSE = "analyse"
    ADJUST = "adjust"
    EXPERT = "expert"
    OPEN_SHARED = "open what was shared"
    INTERVIEW = "interview"
    WEIGH = "weigh what hiring is worth"
    ADMINISTER = "administer"


PERMISSIONS_OF_ROLE = {
    Role.RECRUITER: frozenset({Permission.OPEN_JOBS, Permission.RECRUIT, Permission.WEIGH}),
    Role.MANAGER: frozenset({Permission.MANAGE_HIRING}),
    Role.ANALYST: frozenset({Permission.ANALYSE, Permission.WEIGH}),
    Role.ADMINISTRATOR: frozenset({Permission.OPEN_JOBS, Permission.ADMINISTER}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return what somebody may ask for who has some roles: all that any of them allows."""
    # Anybody can be named as an opening's contact for adjustments; whose requests they read, the opening says.
    # What a link shows, it shows to whom it was given: the service asks who that is.
    # Anybody can be named to interview a candidate, and rates nobody else.
    anybody = frozenset({Permission.ADJUST, Permission.OPEN_SHARED, Permission.INTERVIEW})
    return anybody.union(*(PERMISSIONS_OF_ROLE[role] for role in roles))


def requires(permission: Permission) -> Callable[[View], View]:
    """Name the permission that a view asks for."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # read again by permission_of
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """Return the permission that a route asks for; ``None`` if it names none."""
    if endpoint in PUBLIC_ENDPOINTS:
        return Permission.PUBLIC
    return getattr(app.view_functions[endpoint], "permission", None)


def check_access() -> ResponseReturnValue | None:
    """Let a request pass, or send it to sign in, or refuse it; runs before every view."""
    if request.endpoint is None:
        return None  # no such route: 404 follows
    permission = permission_of(current_app, request.endpoint)
    if permission is Permission.PUBLIC:
        return None
    if permission is Permission.CANDIDATE:
        return None if INVITATION in session else redirect(url_for("candidate.no_link"), 303)
    if permission is Permission.EXPERT:
        return None if EXPERT in session else redirect(url_for("expert.no_link"), 303)
    return abort(403) if permission is None else _check_staff(permission)


def _check_staff(permission: Permission) -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=wanted), 303)
    if permission not in permissions_of(current_user.held_roles):
        abort(404)  # what somebody may not see does not exist for them
    return None
