"""A form's errors in words: where scores vary, how long the form would have to be, and what errors lean on."""

from dataclasses import dataclass

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorMethod
from eiassess.domain.shown_scores import shown_difference
from eiassess.scoring.differences.generalizing import PEOPLE_FOR_A_G_STUDY, GStudy
from eiassess.services.differences.g_studies import FormErrors
from eiassess.web.analyst.presenters.words import correlation, form_in_words, key_in_words, people_in_words, score
from eiassess.web.shell.moments import full_moment

NOT_SEEN = "cannot be said: people are not seen to differ"


@dataclass(frozen=True)
class ErrorsPage:
    """What stands on the page."""

    digest: str
    title: str
    simulated: bool
    n_people: int
    n_other: int
    lead: str
    why_not: str
    about: tuple[tuple[str, str], ...]
    variances: tuple[tuple[str, str, str, str], ...]
    found: tuple[tuple[str, str], ...]
    leans_on: str
    renewable: bool
    on_file: tuple[str, ...]
    said: str


def present_errors(errors: FormErrors, said: str) -> ErrorsPage:
    """Word a form's errors; ``said`` is what the button did, if it was pressed."""
    study = errors.study
    return ErrorsPage(
        digest=errors.form.digest,
        title=errors.form.title,
        simulated=errors.simulated,
        n_people=errors.n_people,
        n_other=errors.n_other,
        lead=_lead(study) if study else "",
        why_not="" if study else _why_not(errors),
        about=(
            ("Form", form_in_words(errors.form)),
            ("Key", key_in_words(errors.key)),
            ("People", f"{people_in_words(errors.n_people, simulated=errors.simulated)} scored"),
        ),
        variances=_variances(study) if study else (),
        found=_found(study) if study else (),
        leans_on=_leans_on(errors),
        renewable=errors.estimate.method is ErrorMethod.LEAVING_OUT and errors.n_people >= PEOPLE_FOR_AN_ESTIMATE,
        on_file=tuple(f"{full_moment(each.made_at)}: {each.n:,} people" for each in errors.on_file),
        said=said,
    )


def _lead(study: GStudy) -> str:
    if study.gap is None:
        return f"Scores generalise over scenarios with {correlation(study.coefficient)}."
    return (
        f"Near {score(study.median)}, two scores must lie about {shown_difference(study.gap)} points apart to be "
        "called different on a page of two."
    )


def _why_not(errors: FormErrors) -> str:
    if errors.n_people < PEOPLE_FOR_A_G_STUDY:
        return (
            f"It takes {PEOPLE_FOR_A_G_STUDY} people with a score for every scenario; so far "
            f"{errors.n_people} {'was' if errors.n_people == 1 else 'were'} scored at all."
        )
    return (
        f"It takes {PEOPLE_FOR_A_G_STUDY} people with a score for every scenario, who differ in something, and a form "
        "of two scenarios or more."
    )


def _variances(study: GStudy) -> tuple[tuple[str, str, str, str], ...]:
    parts = study.components
    total = parts.persons + parts.scenarios + parts.interaction
    rows = (
        ("Persons", "who scores higher over all scenarios", parts.persons),
        ("Scenarios", "which scenario is harder for everybody", parts.scenarios),
        ("Persons by scenarios", "who is better in which scenario, and all other error", parts.interaction),
    )
    return tuple((name, meaning, f"{value:.0f}", f"{100 * value / total:.0f} %") for name, meaning, value in rows)


def _found(study: GStudy) -> tuple[tuple[str, str], ...]:
    needed = tuple(
        (f"Scenarios for {correlation(asked)}", f"about {n}, all like these" if n else NOT_SEEN)
        for asked, n in study.needed.items()
    )
    gap = "not known" if study.gap is None else f"about {shown_difference(study.gap)} points"
    return (
        ("People in this study", f"{study.n_people}, with a score for every scenario"),
        (f"Generalizability of {study.n_scenarios} scenarios", correlation(study.coefficient)),
        *needed,
        (f"Gap that two scores need, near {score(study.median)}", gap),
    )


def _leans_on(errors: FormErrors) -> str:
    estimate = errors.estimate
    if estimate.method is ErrorMethod.STORED:
        return "This form has choices: each person's error is their own alone, and there is no estimate to make."
    if not errors.on_file:
        return (
            f"No estimate of errors is kept yet. It takes {PEOPLE_FOR_AN_ESTIMATE} people with every scenario answered "
            "and an even sitting; until then each person's error is their own alone."
        )
    by = people_in_words(estimate.n, simulated=estimate.simulated)
    return (
        f"Comparisons lean on the estimate of {full_moment(estimate.made_at)}, from {by}. New people change nothing "
        "until a new one is made: each night, or here."
    )
