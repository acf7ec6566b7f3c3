"""A short form of best and worst: sat, handed in, scored, looked at, compared and reported."""

from datetime import timedelta
from pathlib import Path

import pytest

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.reports import HiringReport
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.services.hiring.openings import add_opening
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.results.for_managers import get_basis_for_operator
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.feedback import get_candidate_feedback
from eiassess.services.sitting.handing_in import submit_session
from tests.choice_forms import best_and_worst, short_form, write_form
from tests.hiring_story import NOON, Invited, Story, after

RATE_EACH, RANK = ResponseFormat.RATE_EACH, ResponseFormat.RANK


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedForm:
    return short_form(tmp_path)


@pytest.fixture
def opening(story: Story, loaded: LoadedForm) -> str:
    return add_opening(story.database, "Adviser, short", loaded, NOON, members=["alice@example.org"])


def sit(story: Story, opening: str, loaded: LoadedForm, name: str, *, wrong: int, skipped: int = -1) -> Invited:
    """Choose as the key does, but the other way round in the first scenarios; one can have its best alone."""
    person = story.begun(name, opening=opening)
    for number, scenario in enumerate(loaded.form.scenarios):
        answer = best_and_worst(loaded, scenario.id, crossed=number < wrong)
        if number == skipped:
            answer = {option: value for option, value in answer.items() if value == 1}
        person.save(scenario.id, answer, now=NOON + timedelta(minutes=number + 1))
    submit_session(story.database, person.invitation_id, after(hours=1))
    return person


def report_of(story: Story, person: Invited) -> HiringReport:
    return write_hiring_report(get_basis_for_operator(story.database, person.session_id))


def test_choices_are_scored_against_the_key(story: Story, opening: str, loaded: LoadedForm) -> None:
    n = len(loaded.form.scenarios)
    person = sit(story, opening, loaded, "Robin", wrong=2, skipped=n - 1)
    result = get_candidate_result(story.database, story.alice, person.session_id)
    assert result.stored is not None
    score = result.stored.score
    assert score.overall is not None
    assert score.overall.score == pytest.approx(50 * (1 + (n - 1 - 4) / (n - 1)))
    assert score.overall.interval is not None
    assert score.overall.n_scenarios == n - 1
    assert (score.competencies, score.distance, score.n_unanswered) == ({}, None, 1)
    assert (result.row.n_answered, result.row.n_scenarios) == (n - 1, n)
    feedback = get_candidate_feedback(story.database, person.invitation_id)
    assert [len(feedback.responses[scenario.id]) for scenario in feedback.form.scenarios] == [2] * (n - 1) + [1]


def test_two_bests_are_not_saved(story: Story, opening: str, loaded: LoadedForm) -> None:
    person = story.begun("Robin", opening=opening)
    first = loaded.form.scenarios[0]
    with pytest.raises(InvalidInputError, match="same choice"):
        person.save(first.id, dict.fromkeys(first.option_ids[:2], 1))


def test_the_report_of_an_overall_score_only_says_so(story: Story, opening: str, loaded: LoadedForm) -> None:
    report = report_of(story, sit(story, opening, loaded, "Nora", wrong=0, skipped=0))
    assert report.message.startswith("Nora's choices follow the answer key clearly more closely")
    assert "the form gives no scores of single areas" in report.message
    assert report.summary[0].startswith(
        f"{loaded.form.decision_count - 2} choices in {len(loaded.form.scenarios) - 1} scenarios"
    )
    assert len(report.summary) == 4
    assert report.summary[3].startswith("Drawn, and not compared with other people: agreement with the key is complete")
    assert report.overall_only.startswith("This form gives an overall score only: it has fewer than three scenarios")
    assert (report.sections, report.styles, report.profile, report.probing) == ((), (), (), ())
    assert [len(group.rows) for group in report.chart.groups] == [1]
    assert "table" not in report.chart.summary
    assert report.how_scored[0].startswith("In each scenario the best and the worst response were chosen")
    assert not any("rated from 1" in words or "Holm" in words for words in report.how_scored)


def test_an_interval_without_width_is_explained(story: Story, opening: str, loaded: LoadedForm) -> None:
    report = report_of(story, sit(story, opening, loaded, "Nora", wrong=0))
    assert "score 100, 95 % interval 100 to 100" in report.message
    assert any("the interval has no width" in paragraph for paragraph in report.summary)


def test_too_few_choices_are_not_scored_and_the_report_says_why(story: Story, opening: str) -> None:
    person = story.begun("Nora", opening=opening)
    submit_session(story.database, person.invitation_id, after(hours=1))
    report = report_of(story, person)
    assert report.message.startswith("Nora cannot be scored: 0 of")
    assert (report.sections, report.styles) == ((), ())


def test_people_of_a_short_form_are_compared_overall(story: Story, opening: str, loaded: LoadedForm) -> None:
    strong = sit(story, opening, loaded, "Strong", wrong=1)
    weak = sit(story, opening, loaded, "Weak", wrong=9)
    found = compare_candidates(story.database, story.alice, opening, [strong.session_id, weak.session_id])
    assert found.areas == {}
    (test,) = found.differences.tests
    assert (test.what, test.t > 0, test.differs) == ("overall", True, True)
    listed = list_candidates(story.database, story.alice, opening)
    assert listed.parts_on_display == ()
    rows = listed.candidates
    assert [row.overall is not None for row in rows] == [True, True]


@pytest.mark.parametrize("linked", [False, True])
def test_scores_of_different_formats_are_not_compared(
    story: Story, opening: str, loaded: LoadedForm, tmp_path: Path, *, linked: bool
) -> None:
    """The same scenarios under the same key, ranked: another form, also where somebody linked the two."""
    one, two = (sit(story, opening, loaded, name, wrong=1) for name in ("Nora", "Robin"))
    path = write_form(tmp_path / "ranked", RANK)
    if linked:
        link = f'[[comparable_with]]\ndigest = "{loaded.form.digest}"\nreason = "Alike."\nstated_by = "Ann"\n'
        path.write_text(path.read_text("utf-8") + link, "utf-8")
    ranked = load_form(str(path), ())
    assert ranked.form.compares_with(loaded.form.digest) is linked
    assert ranked.key.digest == loaded.key.digest
    add_opening(story.database, "Adviser, ranked", ranked, NOON)
    with story.database.writing() as db:
        db.connection().exec_driver_sql(
            f"UPDATE assessment_session SET form_digest = '{ranked.form.digest}' WHERE id = '{one.session_id}'"  # noqa: S608 - ours
        )
    with pytest.raises(RefusedError, match="sat different forms"):
        compare_candidates(story.database, story.alice, opening, [one.session_id, two.session_id])


def test_a_mixed_form_says_how_each_format_was_scored(story: Story, tmp_path: Path) -> None:
    formats = {1: RANK, 2: ResponseFormat.PICK_BEST}
    loaded = load_form(str(write_form(tmp_path, RATE_EACH, formats)), ())
    opening = add_opening(story.database, "Mixed", loaded, NOON)
    person = story.begun("Nora", opening=opening)
    for number, scenario in enumerate(loaded.form.scenarios):
        values = loaded.key.credits[scenario.id]
        ordered = sorted(scenario.option_ids, key=lambda each: -values[each].value)
        answer = {option: max(1, round(values[option].value)) for option in ordered}
        if formats.get(number) is RANK:
            answer = {option: place for place, option in enumerate(ordered, start=1)}
        elif number in formats:
            answer = {ordered[0]: 1}
        person.save(scenario.id, answer)
    submit_session(story.database, person.invitation_id, after(hours=1))
    report = report_of(story, person)
    assert report.message.startswith("Nora's answers follow the answer key")
    assert [words.split()[0] for words in report.how_scored] == ["Each", "A", "In", "In", "The", "The"]
    assert "Holm" not in report.how_scored[-1]
    assert report.overall_only == ""
    assert len(report.profile) == 1
