"""What a closed panel says; its ratings and its key as files; publishing the key."""

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.panels.export import ratings_csv
from eiassess.services.panels.publishing import get_published_toml, publish_key
from eiassess.services.panels.results import get_panel_results
from eiassess.web.keying.area import area
from eiassess.web.keying.results.forms import PublishForm
from eiassess.web.keying.results.presenters import present_results
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.costly import is_costly


@area.get("/panels/<panel_id>/results")
@requires(Permission.ANALYSE)
@is_costly
def results(panel_id: str) -> ResponseReturnValue:
    """Show what a closed panel says."""
    return render_template("keying/results/results.html", page=present_results(get_panel_results(database(), panel_id)))


@area.get("/panels/<panel_id>/ratings.csv")
@requires(Permission.ANALYSE, fresh=True, back="keying.panel")
@is_costly
def ratings(panel_id: str) -> ResponseReturnValue:
    """Send a closed panel's ratings, without names."""
    text = ratings_csv(database(), panel_id)
    return _download(text, "text/csv; charset=utf-8", f"panel-{panel_id}.csv")


@area.get("/panels/<panel_id>/publish")
@requires(Permission.ANALYSE)
def publish(panel_id: str) -> ResponseReturnValue:
    """Ask why the key is relevant to the job, and who stands for that."""
    return _publish(panel_id, PublishForm(data={"named_person": current_user.name}))


@area.post("/panels/<panel_id>/publish")
@requires(Permission.ANALYSE)
@is_costly
def publish_now(panel_id: str) -> ResponseReturnValue:
    """Publish the panel's key."""
    form = PublishForm()
    if not form.is_valid():
        return _publish(panel_id, form), 400
    reason, person = form.relevance.data or "", form.named_person.data or ""
    try:
        publish_key(database(), current_user.id, panel_id, reason, person, now())
    except InvalidInputError as error:
        form.blame(error, "relevance")
        return _publish(panel_id, form), 400
    return redirect(url_for("keying.panel", panel_id=panel_id, _anchor="published"), 303)


@area.get("/keys/<published_id>.toml")
@requires(Permission.ANALYSE)
def key_file(published_id: str) -> ResponseReturnValue:
    """Send a published key as a file for a bank's folder of keys."""
    key, text = get_published_toml(database(), published_id)
    return _download(text, "application/toml; charset=utf-8", f"{key.id}.toml")


def _publish(panel_id: str, form: PublishForm) -> str:
    page = present_results(get_panel_results(database(), panel_id))
    return render_template("keying/results/publish.html", form=form, page=page)


def _download(text: str, kind: str, name: str) -> Response:
    response = current_app.make_response(text)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
