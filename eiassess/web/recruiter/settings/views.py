"""Making an opening, its settings, and its form."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.openings import title_problem
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.hiring.form_choices import FormFolders, list_form_choices, load_form_choice
from eiassess.services.hiring.moving import reach_of_moving
from eiassess.services.hiring.opening_settings import (
    OpeningDetails,
    change_settings,
    choose_form,
    get_opening,
    make_opening,
    setting_problems,
)
from eiassess.services.upkeep.foretelling import foretell
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.settings.copying import copied, starting_settings
from eiassess.web.recruiter.settings.forms import SettingsReader, first_of_each
from eiassess.web.recruiter.settings.keeping import foretold_in_words
from eiassess.web.recruiter.settings.presenters import choice_of, moving_in_words, present_choices, present_settings
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now


def _folders() -> FormFolders:
    settings = installation().settings
    return FormFolders(settings.bank_folders, settings.key_folders)


def details(opening_id: str) -> OpeningDetails:
    """Return an opening of whoever asks."""
    return get_opening(database(), current_user.id, opening_id)


@area.get("/openings/new")
@requires(Permission.OPEN_JOBS)
def new_opening() -> ResponseReturnValue:
    """Ask for title and form of a new opening, perhaps a copy of an earlier one."""
    earlier = copied(request.args.get("from", ""))
    title = earlier.settings.title if earlier else ""
    return _new_page({"title": title}, earlier)


def _new_page(typed: Mapping[str, str], earlier: OpeningDetails | None, errors: Mapping[str, str] | None = None) -> str:
    choices = list_form_choices(database(), _folders())
    chosen = typed.get("form", "") or (choice_of(earlier, choices) if earlier else "")
    return render_template(
        "recruiter/settings/new.html",
        fields=typed,
        errors=errors or {},
        earlier=earlier,
        choices=present_choices(choices, chosen),
        blind=is_blind(),
    )


@area.post("/openings/new")
@requires(Permission.OPEN_JOBS)
def add_opening() -> ResponseReturnValue:
    """Make the opening and go on to its settings."""
    earlier = copied(request.form.get("from", ""))
    try:
        loaded = load_form_choice(database(), _folders(), request.form.get("form", ""))
        settings = starting_settings(request.form.get("title", ""), earlier, loaded)
        copies = earlier.id if earlier else None
        opening_id = make_opening(database(), current_user.id, loaded, settings, now(), copies=copies)
    except InvalidInputError as error:
        return _new_page(request.form, earlier, {**_title_error(), error.field: f"{error}."}), 400
    except RefusedError as error:
        return _new_page(request.form, earlier, {"form": f"{error}."}), 409
    return redirect(url_for("recruiter.settings", opening_id=opening_id, made="yes"), 303)


def _title_error() -> dict[str, str]:
    """Name what is wrong with the title, also where something else is found first."""
    problem = title_problem(request.form.get("title", ""))
    return {"title": f"{problem}."} if problem else {}


@area.get("/openings/<opening_id>/settings")
@requires(Permission.OPEN_JOBS)
def settings(opening_id: str) -> ResponseReturnValue:
    """Show an opening's settings, to be changed."""
    return _settings_page(details(opening_id))


def _settings_page(
    found: OpeningDetails, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    reach = reach_of_moving(database(), current_user.id, found.id, now())
    page = present_settings(found, typed, errors)
    foretold = foretold_in_words(foretell(database(), current_user.id, found.id, now()))
    return render_template(
        "recruiter/settings/settings.html",
        page=page,
        moving=moving_in_words(reach),
        foretold=foretold,
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/settings")
@requires(Permission.OPEN_JOBS)
def save_settings(opening_id: str) -> ResponseReturnValue:
    """Change an opening's settings, or say all that is wrong with them."""
    found, reader = details(opening_id), SettingsReader(request.form)
    chosen = reader.read(found.bank.model.competency_ids)
    problems = (*reader.problems, *setting_problems(chosen, found.bank, may_select=found.may_select))
    if problems:
        return _settings_page(found, request.form, first_of_each(problems)), 400
    try:
        change_settings(database(), current_user.id, opening_id, chosen, now())
    except InvalidInputError as error:
        return _settings_page(found, request.form, {error.field: f"{error}."}), 400
    return redirect(url_for("recruiter.settings", opening_id=opening_id, saved="yes"), 303)


@area.get("/openings/<opening_id>/form")
@requires(Permission.OPEN_JOBS)
def opening_form(opening_id: str) -> ResponseReturnValue:
    """Show the forms to choose from, as long as nobody is invited."""
    return _form_page(details(opening_id))


def _form_page(found: OpeningDetails, error: str = "") -> str:
    choices = () if found.n_invited else list_form_choices(database(), _folders())
    return render_template(
        "recruiter/settings/form.html",
        page=present_settings(found),
        choices=present_choices(choices, choice_of(found, choices)),
        errors={"form": error} if error else {},
        n_invited=found.n_invited,
        blind=is_blind(),
    )


@area.post("/openings/<opening_id>/form")
@requires(Permission.OPEN_JOBS)
def change_form(opening_id: str) -> ResponseReturnValue:
    """Give the opening another form."""
    found = details(opening_id)
    try:
        loaded = load_form_choice(database(), _folders(), request.form.get("form", ""))
        choose_form(database(), current_user.id, opening_id, loaded, now())
    except InvalidInputError as error:
        return _form_page(found, f"{error}."), 400
    except RefusedError as error:
        return _form_page(found, f"{error}."), 409
    return redirect(url_for("recruiter.settings", opening_id=opening_id, saved="yes"), 303)
