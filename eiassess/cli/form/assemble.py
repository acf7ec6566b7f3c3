"""``eiassess form assemble``: parallel forms from a content specification."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_uppercase

import click

from eiassess.banks.forms.files import form_toml, is_there, next_version
from eiassess.banks.forms.specifications import LoadedSpecification, load_specification
from eiassess.cli.form.summary import form_row, layout_option, name_counts, write_summary
from eiassess.cli.installation import settings
from eiassess.cli.output import say, write_result
from eiassess.cli.progress import working
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.scoring.assembling.assembly import Assembly, assemble
from eiassess.scoring.assembling.profiles import FormProfile, form_profile, largest_differences, most_shared

MOST_FORMS = 9
MOST_SECONDS = 3600
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Names:
    """What the forms are called, and the folder that they are written to."""

    ids: tuple[str, ...]
    folder: Path

    def path(self, form_id: str) -> Path:
        """Where a form is written."""
        return self.folder / f"{form_id}.toml"


@click.command("assemble")
@click.argument("spec", metavar="SPEC")
@click.option("--forms", "n_forms", type=click.IntRange(1, MOST_FORMS), help="How many forms; else as many as --ids.")
@click.option("--ids", metavar="A,B", help="Names of the forms; else SPEC-a, SPEC-b, or SPEC itself for one form.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Another seed, other forms.")
@click.option(
    "--time-limit",
    type=click.IntRange(1, MOST_SECONDS),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Take the best that was found by then.",
)
@click.option(
    "-o",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder to write to; else the bank's own forms.",
)
@click.option("--force", is_flag=True, help="Replace forms that are there; their version goes up.")
@layout_option
def command(
    *,
    spec: str,
    n_forms: int | None,
    ids: str | None,
    seed: int,
    time_limit: int,
    folder: Path | None,
    force: bool,
    layout: str | None,
) -> None:
    """Assemble forms of SPEC, a specification's file stem or path, that are as parallel as can be, and write them.

    The same specification, bank and seed give the same forms. Nothing is written where the rules cannot be met; the
    error says which of them clash.
    """
    chosen = settings()
    loaded = load_specification(spec, chosen.bank_folders, key_folders=chosen.key_folders)
    names = Names(_ids(loaded, ids, n_forms), folder or loaded.form_folder)
    _check_files(loaded, names, force=force)
    if loaded.not_keyed:
        said = f"key {loaded.specification.key_id} does not cover {', '.join(loaded.not_keyed)}"
        say(f"{len(loaded.not_keyed)} scenarios are not taken: {said}")
    with working(f"assembling {len(names.ids)} forms, for at most {time_limit} s a step"):
        assembly = assemble(loaded.specification, loaded.pool, len(names.ids), seed=seed, time_limit=time_limit)
    forms = _named(loaded, assembly, names.ids)
    for form in forms:
        _write(
            form, names.path(form.id), f"# Assembled from specifications/{loaded.specification.id}.toml, seed {seed}"
        )
    _report(loaded, assembly, forms, seed, layout)


def _write(form: AssessmentForm, path: Path, comment: str) -> None:
    if is_there(path, form):
        say(f"{path} holds this form already")
        return
    write_result(path, [form_toml(replace(form, version=next_version(path)), f"{comment}\n\n")])
    say(f"Wrote {path}")


def _ids(loaded: LoadedSpecification, ids: str | None, n_forms: int | None) -> tuple[str, ...]:
    own = loaded.specification.id
    if ids is None:
        number = n_forms or 1
        return (own,) if number == 1 else tuple(f"{own}-{letter.lower()}" for letter in ascii_uppercase[:number])
    names = tuple(name.strip() for name in ids.split(","))
    for name in names:
        if not ID.fullmatch(name):
            message = f"{name!r} cannot name a form; expected lower-case words joined by hyphens, such as {own}-a"
            raise InvalidInputError(message)
    if len(set(names)) < len(names) or len(names) != (n_forms or len(names)) or len(names) > MOST_FORMS:
        message = f"--ids has {len(names)} names; expected {n_forms or f'at most {MOST_FORMS}'}, all different"
        raise InvalidInputError(message)
    return names


def _check_files(loaded: LoadedSpecification, names: Names, *, force: bool) -> None:
    for form_id in names.ids:
        if form_id in loaded.other_forms:
            message = f"The specification excludes or avoids form {form_id!r}; give other --ids"
            raise RefusedError(message)
        if names.path(form_id).exists() and not force:
            message = f"{names.path(form_id)} is there already; --force replaces it"
            raise RefusedError(message)


def _named(loaded: LoadedSpecification, assembly: Assembly, ids: tuple[str, ...]) -> tuple[AssessmentForm, ...]:
    forms = []
    for number, (form_id, form) in enumerate(zip(ids, assembly.forms, strict=True)):
        suffix = f" {ascii_uppercase[number]}" if len(ids) > 1 else ""
        forms.append(replace(form, id=form_id, title=f"{loaded.specification.title}{suffix}"))
    return tuple(forms)


def _report(
    loaded: LoadedSpecification, assembly: Assembly, forms: tuple[AssessmentForm, ...], seed: int, layout: str | None
) -> None:
    profiles = {form.id: form_profile(form, loaded.pool.statistics) for form in forms}
    content = {
        "specification": loaded.specification.id,
        "bank": loaded.specification.bank,
        "seed": seed,
        "gap": assembly.gap,
        "is_best": assembly.is_best,
        "forms": [{"id": name, **form_row(profile)} for name, profile in profiles.items()],
        **(_likeness(forms, profiles) if len(forms) > 1 else {}),
        "counts": name_counts(profiles),
    }
    write_summary(_headline(loaded, assembly, profiles), content, layout)


def _likeness(forms: tuple[AssessmentForm, ...], profiles: dict[str, FormProfile]) -> dict[str, object]:
    found = largest_differences(tuple(profiles.values()))
    differences = [{"in": str(name), "between_two_forms": round(value, 3)} for name, value in found.items()]
    return {"most_shared": most_shared(forms), "largest_differences": differences}


def _headline(loaded: LoadedSpecification, assembly: Assembly, profiles: dict[str, FormProfile]) -> str:
    what = f"{len(profiles)} form{'s' if len(profiles) > 1 else ''} of {loaded.specification.id}"
    if assembly.is_best:
        return f"{what}, as alike and evenly spread as the rules allow, to within {assembly.gap:.1%} of the best."
    return f"{what}; all rules are met, but the search ended {assembly.gap:.0%} away from what the best could be."
