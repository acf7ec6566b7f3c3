"""``eiassess form show`` and ``eiassess form list``: what forms hold."""

import click

from eiassess.banks.catalog import find_form, list_bank_files, load_form
from eiassess.cli.form.summary import form_row, layout_option, name_counts, write_summary
from eiassess.cli.installation import settings
from eiassess.cli.output import say
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import EIAssessError
from eiassess.scoring.assembling.profiles import form_profile

SOME_UNUSABLE = 1


@click.command("show")
@click.argument("form_name", metavar="FORM")
@layout_option
def show(form_name: str, layout: str | None) -> None:
    """Count what FORM, a form's file stem or path, holds, practice left out."""
    chosen = settings()
    loaded = load_form(form_name, chosen.bank_folders, key_folders=chosen.key_folders)
    profile = form_profile(loaded.form, {})
    headline = f"{loaded.form.title}: {profile.scenarios} scenarios, {profile.words:,} words."
    if loaded.form.studies_only:
        headline += " For studies only: nobody can be invited to it."
    content = {
        **_head(loaded.form),
        **form_row(profile),
        "practice": [scenario.id for scenario in loaded.form.practice],
        "counts": name_counts({"scenarios": profile}),
        "order": [
            {"id": scenario.id, "competency": scenario.competency, "channel": scenario.channel, "style": scenario.style}
            for scenario in loaded.form.scenarios
        ],
    }
    write_summary(headline, content, layout)


@click.command("list")
@layout_option
@click.pass_context
def list_all(context: click.Context, layout: str | None) -> None:
    """List all forms of the banks that are here; exit code 1 if some cannot be used."""
    chosen = settings()
    rows, unusable = [], 0
    for path in list_bank_files("form", chosen.bank_folders):
        try:
            form = load_form(str(path), chosen.bank_folders, key_folders=chosen.key_folders).form
        except EIAssessError as error:
            unusable += 1
            say(f"{path.stem}: {error}")
            continue
        hidden = find_form(path.stem, chosen.bank_folders).resolve() != path.resolve()
        head = {"form": str(path) if hidden else path.stem, "title": form.title, "format": str(form.format)}
        rows.append({**head, "studies_only": form.studies_only, **form_row(form_profile(form, {}))})
    write_summary(f"{len(rows)} forms.", {"forms": rows}, layout)
    if unusable:
        context.exit(SOME_UNUSABLE)


def _head(form: AssessmentForm) -> dict[str, object]:
    head = {"id": form.id, "bank": form.bank, "version": form.version, "status": str(form.status), "title": form.title}
    return {
        **head,
        "format": str(form.format),
        "key": form.key_id,
        "studies_only": form.studies_only,
        "digest": form.digest,
    }
