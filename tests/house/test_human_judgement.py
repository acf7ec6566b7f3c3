"""No score decides about anybody: whatever it is, a candidate is listed, can be released, and is reported on.

The order, the filters and the release know no cut-off; a named person releases, and the report says what a score
cannot bear.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel

import eiassess.persistence.tables  # noqa: F401 - fills the metadata
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.services import Database
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.services.results.for_managers import get_report_basis, list_released
from tests.hiring_story import VARIED, Invited, Story, after, standard_form, tell_story

DECIDING = re.compile(r"reject|cut_?off|pass_?mark|threshold|rank|shortlist|recommend|suitab", re.IGNORECASE)


def by_the_key(*, turned: bool) -> list[int]:
    """Rate as the key does, or the other way round."""
    loaded = standard_form()
    found = []
    for scenario in loaded.form.scenarios:
        points = loaded.form.scale_of(scenario).points
        for option in scenario.option_ids:
            rating = round(loaded.key.credits[scenario.id][option].value)
            found.append(points[0] + points[-1] - rating if turned else rating)
    return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Story]:
    path = tmp_path_factory.mktemp("judgement") / "eiassess.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield tell_story(database)
    database.close()


@pytest.fixture(scope="module")
def people(story: Story) -> dict[str, Invited]:
    return {
        "Worst": story.submitted("Worst", by_the_key(turned=True)),
        "Same": story.submitted("Same", [3] * 10),
        "Varied": story.submitted("Varied", VARIED),
        "Best": story.submitted("Best", by_the_key(turned=False)),
    }


def listed(story: Story) -> dict[str, CandidateRow]:
    return {row.name: row for row in list_candidates(story.database, story.alice, story.opening).candidates}


def test_the_four_differ_as_far_as_scores_can(story: Story, people: dict[str, Invited]) -> None:
    del people
    rows = listed(story)
    worst, best = rows["Worst"].overall, rows["Best"].overall
    assert worst
    assert best
    assert worst.score < 20
    assert best.score > 95
    assert rows["Same"].overall is None


def test_everybody_is_listed_in_the_order_of_invitation_and_nobody_is_released_by_a_score(
    story: Story, people: dict[str, Invited]
) -> None:
    rows = listed(story)
    assert list(rows) == list(people)
    assert {row.state for row in rows.values()} == {"submitted"}
    assert not any(row.released for row in rows.values())


def test_anybody_can_be_released_by_a_person_whose_name_is_kept(story: Story, people: dict[str, Invited]) -> None:
    for invited in people.values():
        release_candidate(story.database, story.bob, invited.session_id, after(hours=2))
    (opening,) = list_released(story.database, story.dana)
    assert {each.name for each in opening.candidates} == set(people)
    with story.database.reading() as db:
        found = db.connection().exec_driver_sql("SELECT DISTINCT released_by FROM assessment_session")
        assert [by for (by,) in found] == [story.bob]


def test_every_report_says_for_what_it_is_and_what_it_cannot_bear(story: Story, people: dict[str, Invited]) -> None:
    for invited in people.values():
        release_candidate(story.database, story.bob, invited.session_id, after(hours=2))
        report = write_hiring_report(get_report_basis(story.database, story.dana, invited.session_id))
        said, evidence = repr(report), dict(report.evidence)
        assert "95 %" in said
        assert evidence["Decision"] == "A person decides. The program sets no cut-off and turns nobody down."
        assert evidence["Not meant to be measured"]
        assert evidence["Error"]
        assert not re.search(r"\b(reject|unsuitable|do not hire|not recommended|fail(ed)?)\b", said, re.IGNORECASE)


def test_no_table_holds_a_verdict_or_a_cut_off() -> None:
    columns = {f"{table.name}.{column.name}" for table in SQLModel.metadata.tables.values() for column in table.columns}
    assert len(columns) > 40
    assert not [name for name in columns if DECIDING.search(name)]


def test_the_database_has_no_more_than_the_models(story: Story) -> None:
    with story.database.reading() as db:
        names = set(inspect(db.connection()).get_table_names())
    assert names - set(SQLModel.metadata.tables) == {"alembic_version"}
