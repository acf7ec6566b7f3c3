"""One candidate's scores: message, profile, marks, and where they come from."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.reports import ProbingArea
from eiassess.domain.scores import DistanceComponents, Interval, PersonScore, ScoreEstimate, StoredScore
from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_estimate, shown_interval
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.reporting.kinds.hiring.content import profile_chart
from eiassess.scoring.differences.placing import PlacedPerson
from eiassess.scoring.differences.wording import not_compared_words
from eiassess.scoring.interpreting import (
    Names,
    answers_noun,
    irritant_areas,
    irritants_note,
    names_of,
    overall_message,
    part_not_scored,
    profile_sentences,
    standing,
    why_not_scored,
    why_part_not_scored,
)
from eiassess.scoring.person.missing import gives_overall_only, overall_only
from eiassess.services.results.candidate_lists import ListQuery, Neighbour
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.candidate.errors import estimate_lines, two_intervals
from eiassess.web.recruiter.candidate.scenarios import ScenarioBlock, present_scenarios
from eiassess.web.recruiter.list_addresses import nameless, parameters_of
from eiassess.web.recruiter.words import (
    evidence_title,
    shown_name,
    state_in_words,
    use_sentences,
)
from eiassess.web.shell.moments import full_moment

CHART_WIDTH, PHONE_WIDTH = 760, 320
UNUSUAL = {
    NotCompared.UNEVEN: "Answered unevenly over the sitting",
    NotCompared.ALIKE_WITHOUT_ONE: "All ratings of one kind are alike once a scenario is left out",
}


@dataclass(frozen=True)
class ScoreLine:
    """A row of the table: a score with its error, its range of random answering and its marks."""

    name: str
    definition: str
    score: str
    interval: str
    random_range: str
    standing: str
    adds: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class ScoreGroup:
    """Competencies that are shown together."""

    name: str
    definition: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True)
class Scores:
    """All that there is to show once a candidate is scored."""

    chart: Markup
    phone_chart: Markup
    overall: ScoreLine
    groups: tuple[ScoreGroup, ...]
    styles: tuple[ScoreLine, ...]
    profile: tuple[str, ...]
    distance: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CandidatePage:
    """What stands on a candidate's page."""

    session_id: str
    opening_id: str
    opening_title: str
    number: str
    name: str
    simulated: bool
    state: str
    submitted: str
    message: str
    evidence_title: str
    evidence: tuple[str, ...]
    scores: Scores | None
    irritants: tuple[ProbingArea, ...]
    irritants_note: str
    not_scored: tuple[tuple[str, str], ...]
    quality: tuple[str, ...]
    flagged: bool
    scenarios: tuple[ScenarioBlock, ...]
    provenance: tuple[tuple[str, str], ...]
    can_release: bool
    released: bool
    late: str
    two_intervals: str
    """What the drawn interval of the overall score is, and the stored one; empty where they are the same."""
    unusual: str
    """What was noticed of how the form was answered, where nothing else was."""
    not_compared: str
    """Why the score is drawn and not compared; empty of whoever is compared."""
    overall_only: str
    has_pictures: bool
    previous: tuple[str, str] | None
    following: tuple[str, str] | None
    place: str
    parameters: dict[str, str]
    nameless: dict[str, str]


def present_candidate(result: CandidateResult, query: ListQuery, *, blind: bool) -> CandidatePage:
    """Word a candidate's page; ``query`` is the list that one came from, for the way to the next and back."""
    row, stored = result.row, result.stored
    name = shown_name(row, blind=blind)
    place = result.place
    reasons, names = stored.score.not_scored if stored else (), names_of(result.form, result.bank.model)
    return CandidatePage(
        session_id=row.session_id,
        opening_id=result.opening_id,
        opening_title=result.opening_title,
        number=f"{row.number:02}",
        name=name,
        simulated=row.simulated,
        state=state_in_words(row),
        submitted=full_moment(row.submitted_at) if row.submitted_at else "",
        message=_message(name, result),
        evidence_title=evidence_title(result.key, result.use),
        evidence=(
            result.bank.evidence.key,
            *use_sentences(result.use),
            result.bank.evidence.norms,
            result.bank.evidence.not_measured,
        ),
        scores=_scores(name, result, stored.score) if stored and stored.score.overall else None,
        irritants=irritant_areas(result.irritants, result.bank.model),
        irritants_note=irritants_note(result.key),
        not_scored=tuple((part_not_scored(reason, names), why_not_scored(reason, names)) for reason in reasons),
        quality=result.quality.reasons if result.quality else (),
        flagged=row.flagged,
        scenarios=present_scenarios(result) if stored else (),
        provenance=(*_provenance(result, stored), *estimate_lines(result.placed)) if stored else (),
        can_release=row.state is SessionState.SUBMITTED,
        released=row.released,
        late=_late(result.n_late),
        two_intervals=two_intervals(result.stored.score.overall if result.stored else None, result.placed),
        unusual=_unusual(result.placed),
        not_compared=not_compared_words(result.placed.not_compared if result.placed else None),
        overall_only=f"{why_not_scored(overall_only(result.form), names)}." if gives_overall_only(result.form) else "",
        has_pictures=answers_noun(result.form) != "choices",
        previous=_beside(place.previous, blind=blind) if place else None,
        following=_beside(place.following, blind=blind) if place else None,
        place=f"{place.place} of {place.n_matching}" if place else "",
        parameters=parameters_of(query),
        nameless=nameless(query),
    )


def _late(n: int) -> str:
    if not n:
        return ""
    return f"{n} {'answer' if n == 1 else 'answers'} came late, not scored."


def _message(name: str, result: CandidateResult) -> str:
    row = result.row
    if result.stored is not None:
        return overall_message(name, result.stored.score, result.form, result.bank.model, drawn=_drawn(result))
    if row.state is SessionState.INVITED:
        return f"{name} has not begun yet."
    return (
        f"{name} has answered {row.n_answered} of {row.n_scenarios} scenarios and not handed in yet, "
        "so there are no scores."
    )


def _drawn(result: CandidateResult) -> Interval | None:
    """Give the interval that lists and comparisons draw of the overall score."""
    return result.placed.interval if result.placed else None


def _unusual(placed: PlacedPerson | None) -> str:
    """Say what was noticed where nothing else was: why somebody is not compared can lie in how they answered."""
    noticed = UNUSUAL.get(placed.not_compared) if placed and placed.not_compared else None
    return f"{noticed}, see above. Nothing else unusual was noticed." if noticed else "Nothing unusual was noticed."


def _beside(neighbour: Neighbour | None, *, blind: bool) -> tuple[str, str] | None:
    return None if neighbour is None else (neighbour.session_id, shown_name(neighbour, blind=blind))


def _scores(name: str, result: CandidateResult, score: PersonScore) -> Scores | None:
    if score.overall is None:
        return None
    model = result.bank.model
    names = names_of(result.form, model)
    only_overall = gives_overall_only(result.form)
    overall = replace(score.overall, interval=_drawn(result) or score.overall.interval)
    chart = profile_chart(name, result.bank, replace(score, overall=overall), overall_only=only_overall)
    return Scores(
        chart=interval_chart_svg(chart, width=CHART_WIDTH, element_id="profile"),
        phone_chart=interval_chart_svg(chart, width=PHONE_WIDTH, element_id="profile-small"),
        overall=_overall_line(score.overall, overall),
        groups=() if only_overall else _groups(model, score, names),
        styles=() if only_overall and not score.styles else _styles(model, score, names),
        profile=profile_sentences(score),
        distance=_distance(score.distance) if score.distance else (),
    )


def _groups(model: CompetencyModel, score: PersonScore, names: Names) -> tuple[ScoreGroup, ...]:
    return tuple(
        ScoreGroup(
            group.name,
            group.definition,
            tuple(
                _line(
                    model.competencies[part].name,
                    model.competencies[part].definition,
                    score.competencies.get(part),
                    why_part_not_scored(score, part, names),
                    adds="not known",
                )
                for part in group.competencies
            ),
        )
        for group in model.groups
    )


def _styles(model: CompetencyModel, score: PersonScore, names: Names) -> tuple[ScoreLine, ...]:
    return tuple(
        _line(style.name, style.description, score.styles.get(part), why_part_not_scored(score, part, names), adds="")
        for part, style in model.styles.items()
    )


def _line(name: str, definition: str, estimate: ScoreEstimate | None, why: str, *, adds: str) -> ScoreLine:
    if estimate is None:
        return ScoreLine(name, definition, "not scored", "", "", "", "", (why,) if why else ())
    return ScoreLine(
        name,
        definition,
        *shown_estimate(estimate),
        standing(estimate).value,
        adds,
        ("uses the scale differently here",) if estimate.uses_scale_differently else (),
    )


def _overall_line(stored: ScoreEstimate, drawn: ScoreEstimate) -> ScoreLine:
    """Write the overall score with the interval that is drawn; how it stands rests on the stored one, and names it."""
    line, shown, own = (
        _line("Overall", "", stored, "", adds=""),
        shown_interval(drawn.interval),
        shown_interval(stored.interval),
    )
    standing_words = line.standing if shown == own else f"{line.standing} (stored interval {own})"
    return replace(line, interval=shown, standing=standing_words)


def _distance(distance: DistanceComponents) -> tuple[tuple[str, str], ...]:
    """Say how far the ratings themselves lie from the key's values, and why."""
    total = distance.elevation + distance.scatter + distance.shape
    shares = [100 * part / total if total else 0.0 for part in (distance.elevation, distance.scatter, distance.shape)]
    return (
        ("Closeness", f"{100 * distance.closeness:.0f} of 100: the ratings as given, 100 = the key's own values."),
        ("Elevation", f"{shares[0]:.0f} % of the squared distance comes from rating higher or lower throughout."),
        ("Scatter", f"{shares[1]:.0f} % comes from using more or less of the scale than the key does."),
        ("Shape", f"{shares[2]:.0f} % comes from another pattern. Only this part counts in the scores above."),
    )


def _provenance(result: CandidateResult, stored: StoredScore) -> tuple[tuple[str, str], ...]:
    form, key = result.form, result.key
    return (
        (f"Form {form.id}, version {form.version}", stored.form_digest),
        (f"Key {key.id}, version {key.version}, {key.method.value} with {key.experts} experts", stored.key_digest),
        ("Responses", stored.responses_digest),
        ("Scores", stored.content_digest),
        ("Engine", stored.engine),
        ("Scored", full_moment(stored.scored_at)),
    )
