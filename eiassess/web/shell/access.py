"""Who may call which route: each names its permission, or stands on the short public list, or is refused."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.roles import Role
from eiassess.services.auditing.acting import do_nothing
from eiassess.services.people.two_steps import has_two_steps
from eiassess.web.shell.context import database, installation
from eiassess.web.shell.fresh import ask_who, is_fresh

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

PUBLIC_ENDPOINTS = frozenset({"static", "security.login", "security.logout"})
"""Routes that we did not write and that anybody may call."""

INVITATION = "invitation_id"
"""Where a candidate's browser session keeps which invitation it opened."""

EXPERT = "expert_id"
"""Where an expert's browser session keeps whose link it opened."""

BY_PROVIDER = "by_provider"
"""Where a browser session keeps that a provider said who somebody is: how surely it knows is its matter."""

PROVIDER = "provider"
"""How a sign-in names that way."""


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
    OWN_ACCOUNT = "look after one's own account"
    SECURE_SIGN_IN = "set up how one signs in"


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
    # Everybody looks after their own account and how they sign in themselves.
    anybody = frozenset(
        {
            Permission.ADJUST,
            Permission.OPEN_SHARED,
            Permission.INTERVIEW,
            Permission.OWN_ACCOUNT,
            Permission.SECURE_SIGN_IN,
        },
    )
    return anybody.union(*(PERMISSIONS_OF_ROLE[role] for role in roles))


def requires(permission: Permission, *, fresh: bool = False, back: str = "") -> Callable[[View], View]:
    """Name the permission that a view asks for.

    Parameters
    ----------
    permission
        What it asks of whoever calls it.
    fresh
        Whether they must have said who they are within the last minutes: what takes data away, deletes for good, or
        changes who gets in. Others are asked to, and come back.
    back
        The endpoint that they come back to, with the same values and query, where the view itself is no page, as that
        of a file; otherwise the page at the same address, or the nearest above it.
    """

    def mark(view: View) -> View:
        view.permission, view.fresh, view.back = permission, fresh, back  # type: ignore[attr-defined]  # read below
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """Return the permission that a route asks for; ``None`` if it names none."""
    if endpoint in PUBLIC_ENDPOINTS:
        return Permission.PUBLIC
    return getattr(app.view_functions[endpoint], "permission", None)


def check_access() -> ResponseReturnValue | None:
    """Let a request pass, or send it to sign in, or refuse it; runs before every view."""
    answer = _check()
    if answer is not None:
        do_nothing()  # whoever is led elsewhere has not done what the address names
    return answer


def _check() -> ResponseReturnValue | None:
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


def must_set_up_two_steps() -> bool:
    """Whether whoever is signed in has a role that needs two steps, and signs in in one; they reach nothing else."""
    if session.get(BY_PROVIDER):
        return False
    needed = installation().settings.two_steps_for
    return not needed.isdisjoint(current_user.held_roles) and not has_two_steps(database(), current_user.id)


def _check_staff(permission: Permission) -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=wanted), 303)
    if permission not in permissions_of(current_user.held_roles):
        abort(404)  # what somebody may not see does not exist for them
    if permission is not Permission.SECURE_SIGN_IN and must_set_up_two_steps():
        return redirect(url_for("auth.two_steps"), 303)
    view = current_app.view_functions[request.endpoint or ""]
    if getattr(view, "fresh", False) and not is_fresh():
        return ask_who(getattr(view, "back", ""))
    return None
