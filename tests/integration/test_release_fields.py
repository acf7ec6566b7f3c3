"""A release field by field: what is not named leaves no service; changes are kept; old releases stay as they were."""

from collections.abc import Mapping

import pytest

from eiassess.domain.releases import EVERYTHING, USUAL, Fields, ReleaseField, read_fields, written_fields
from eiassess.domain.reports import HiringReport
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.scoring.released import area_readings
from eiassess.services.deciding.notes import write_note
from eiassess.services.hiring.releases import (
    list_release_steps,
    release_candidate,
    release_candidates,
    withdraw_release,
    withdraw_releases,
)
from eiassess.services.results.for_managers import get_report_basis
from tests.hiring_story import NOON, Story, after, rows, standard_form, tell_story

OVERALL, AREAS, COMPETENCIES, ANSWERS, NOTES = ReleaseField
ONLY: Mapping[ReleaseField, Fields] = {each: frozenset({each}) for each in ReleaseField}


def report(story: Story, session: str) -> HiringReport:
    return write_hiring_report(get_report_basis(story.database, story.dana, session))


@pytest.mark.parametrize("field", ReleaseField)
def test_one_field_shows_itself_and_nothing_else(story: Story, field: ReleaseField) -> None:
    casey = story.submitted()
    write_note(story.database, story.alice, casey.session_id, "Knows our machines.", NOON)
    release_candidate(story.database, story.alice, casey.session_id, NOON, ONLY[field])
    basis = get_report_basis(story.database, story.dana, casey.session_id)
    score, content = basis.score, report(story, casey.session_id)
    assert (score.overall is not None, bool(score.scenarios)) == (field is OVERALL, field is OVERALL)
    assert bool(score.competencies or score.styles) == (field is COMPETENCIES)
    assert bool(basis.areas) == bool(content.areas) == (field is AREAS)
    assert bool(basis.answers) == bool(content.answers) == (field is ANSWERS)
    assert bool(basis.notes) == bool(content.notes) == (field is NOTES)
    assert bool(content.sections) == bool(content.probing) == bool(content.styles) == (field is COMPETENCIES)
    assert (content.chart is not None) == (field in {OVERALL, AREAS, COMPETENCIES})
    assert ("The overall score is" in " ".join(content.summary)) == (field is OVERALL)
    assert "lie clearly above" not in " ".join(content.summary)
    assert "single areas" not in content.message


def test_everything_shows_areas_among_their_competencies(story: Story) -> None:
    casey = story.submitted()
    release_candidate(story.database, story.alice, casey.session_id, NOON, EVERYTHING)
    content = report(story, casey.session_id)
    assert [section.lines[0].name for section in content.sections] == ["Whole area", "Whole area"]
    assert content.chart
    assert [group.rows[0].label for group in content.chart.groups] == ["Overall", "Whole area", "Whole area"]
    assert (content.areas, content.left_out) == ((), "")


def test_where_one_rating_throughout_gives_no_score_there_are_no_areas(story: Story) -> None:
    casey = story.submitted(ratings=[4] * 10)
    release_candidate(story.database, story.alice, casey.session_id, NOON, ONLY[ANSWERS])
    assert get_report_basis(story.database, story.dana, casey.session_id).score.not_scored == ()
    release_candidate(story.database, story.alice, casey.session_id, NOON)
    assert get_report_basis(story.database, story.dana, casey.session_id).areas == ()
    assert "cannot be scored" in report(story, casey.session_id).message


def test_where_half_of_a_form_was_answered_no_area_has_a_score() -> None:
    loaded = standard_form()
    first, second = loaded.bank.model.groups
    answers = {
        each.id: {option: place % 6 + 1 for place, option in enumerate(each.option_ids)}
        for each in loaded.form.scenarios
        if each.competency in first.competencies
    }
    found = area_readings(loaded.form, loaded.key, loaded.bank.model, answers)
    assert [(each.name, each.score is None) for each in found] == [(first.name, True), (second.name, True)]


def test_a_release_is_changed_and_taken_back_and_all_of_it_is_kept(story: Story) -> None:
    casey = story.submitted()
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    release_candidate(story.database, story.bob, casey.session_id, after(hours=3), ONLY[ANSWERS])
    release_candidate(story.database, story.bob, casey.session_id, after(hours=4), ONLY[ANSWERS])
    assert get_report_basis(story.database, story.dana, casey.session_id).fields == ONLY[ANSWERS]
    withdraw_release(story.database, story.alice, casey.session_id, after(hours=5))
    release_candidate(story.database, story.alice, casey.session_id, after(hours=6), ONLY[ANSWERS])
    steps = list_release_steps(story.database, story.alice, casey.session_id)
    assert [(each.at, each.by, each.fields) for each in steps] == [
        (after(hours=6), "Alice", ONLY[ANSWERS]),
        (after(hours=5), "Alice", frozenset()),
        (after(hours=3), "Bob", ONLY[ANSWERS]),
        (after(hours=2), "Alice", USUAL),
    ]
    for who, session in ((story.charlie, casey.session_id), (story.dana, casey.session_id), (story.alice, "nobody")):
        with pytest.raises(NotFoundError):
            list_release_steps(story.database, who, session)


def test_many_are_released_and_taken_back_at_once(story: Story) -> None:
    casey, robin, begun = story.submitted("Casey"), story.submitted("Robin"), story.begun("Sam")
    zoe = story.submitted("Zoe", opening=story.other_opening)
    people = [each.session_id for each in (casey, robin, begun, zoe)]
    with pytest.raises(InvalidInputError, match="at least one"):
        release_candidates(story.database, story.alice, story.opening, people, frozenset(), NOON)
    with pytest.raises(InvalidInputError, match="at least one"):
        release_candidate(story.database, story.alice, casey.session_id, NOON, frozenset())
    for act in (
        lambda: release_candidates(story.database, story.charlie, story.opening, people, USUAL, NOON),
        lambda: withdraw_releases(story.database, story.charlie, story.opening, people, NOON),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert release_candidates(story.database, story.alice, story.opening, people, ONLY[OVERALL], NOON) == 2
    assert withdraw_releases(story.database, story.alice, story.opening, people, after(hours=1)) == 2
    assert withdraw_releases(story.database, story.alice, story.opening, people, after(hours=2)) == 0
    assert len(rows(story.database, "release")) == 4


def test_a_release_that_no_row_explains_shows_nothing(story: Story) -> None:
    casey = story.submitted()
    release_candidate(story.database, story.alice, casey.session_id, NOON)
    with story.database.writing() as db:
        db.connection().exec_driver_sql("DELETE FROM release")
    with pytest.raises(NotFoundError):
        get_report_basis(story.database, story.dana, casey.session_id)


def test_unknown_fields_show_nothing() -> None:
    assert read_fields("overall camera") == ONLY[OVERALL]
    assert read_fields(written_fields(EVERYTHING)) == EVERYTHING


@pytest.mark.usefixtures("quick_passwords")
def test_what_was_released_before_shows_what_its_report_showed(empty_url: str) -> None:
    upgrade_database(empty_url)
    database = Database(empty_url)
    story = tell_story(database)
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    release_candidate(database, story.alice, casey.session_id, after(hours=2), ONLY[ANSWERS])
    database.close()
    downgrade_database(empty_url, "0018")
    upgrade_database(empty_url)
    (kept,) = list_release_steps(database, story.alice, casey.session_id)
    assert (kept.at, kept.by, kept.fields) == (after(hours=2), "Alice", frozenset({OVERALL, COMPETENCIES}))
    assert list_release_steps(database, story.alice, robin.session_id) == ()
    content = report(story, casey.session_id)
    assert not content.areas
    assert not content.answers
    assert content.sections[0].lines[0].name != "Whole area"
    database.close()
