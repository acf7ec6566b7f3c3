"""Handing in and scoring: once in effect, append-only, the same bytes again, from what was pinned."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from eiassess.banks.catalog import load_form
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.errors import NotFoundError
from eiassess.services import Database
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.invitations import invite_candidate, open_invitation
from eiassess.services.hiring.openings import add_opening
from eiassess.services.sitting.answers import NotSittingError, get_sitting
from eiassess.services.sitting.handing_in import ENGINE_NAME, latest_scores, submit_session
from tests.banks.small_bank import FORM, FORM_FILE, LOST_KEY, edit, write_small_bank
from tests.hiring_story import LINKS, NOON, Invited, Story, after, at_once, rows, standard_form


def test_handing_in_scores_the_last_saved_answers(story: Story) -> None:
    casey = story.submitted()
    sitting = get_sitting(story.database, casey.invitation_id)
    (row,) = rows(story.database, "score")
    answers = {name: dict(response.ratings) for name, response in sitting.responses.items()}
    form = standard_form()
    assert (row["form_digest"], row["key_digest"]) == (form.form.digest, form.key.digest)
    assert row["responses_digest"] == digest_of(canonical_json(answers))
    assert row["content_digest"] == digest_of(row["content"])
    assert (row["number"], row["engine"]) == (1, ENGINE_NAME)
    assert sitting.submitted_at == after(hours=1)
    score = json.loads(row["content"])
    assert score["n_unanswered"] == 0
    assert set(score["competencies"]) == set(form.bank.model.competency_ids)


def test_handing_in_again_changes_nothing(story: Story) -> None:
    casey = story.submitted()
    before = rows(story.database, "score"), rows(story.database, "assessment_session")
    submit_session(story.database, casey.invitation_id, after(hours=3))
    assert (rows(story.database, "score"), rows(story.database, "assessment_session")) == before


def test_handing_in_many_times_at_once_is_once(casey: Invited) -> None:
    casey.answer_all((6, 2, 1, 5, 3))
    results = at_once(8, lambda n: submit_session(casey.database, casey.invitation_id, after(hours=1, seconds=n)))
    assert results == [None] * 8
    assert len(rows(casey.database, "score")) == 1


def test_what_was_not_begun_cannot_be_handed_in(story: Story) -> None:
    casey = story.invite()
    with pytest.raises(NotSittingError, match="read the notice"):
        submit_session(story.database, casey.invitation_id, NOON)
    assert rows(story.database, "score") == []


def test_nothing_answered_is_handed_in_and_not_scored(casey: Invited) -> None:
    submit_session(casey.database, casey.invitation_id, after(hours=1))
    with casey.database.reading() as db:
        stored = latest_scores(db, [casey.session_id])[casey.session_id]
    assert stored.score.overall is None
    assert stored.score.not_scored


def test_scoring_again_adds_a_row_with_the_same_bytes(story: Story) -> None:
    casey = story.submitted()
    story.score_again(casey, after(days=1))
    first, second = sorted(rows(story.database, "score"), key=lambda row: row["number"])
    assert (first["number"], second["number"]) == (1, 2)
    for column in ("content", "content_digest", "responses_digest", "form_digest", "key_digest", "engine"):
        assert first[column] == second[column]
    with story.database.reading() as db:
        assert latest_scores(db, [casey.session_id])[casey.session_id].scored_at == after(days=1)


def test_scoring_again_at_once_adds_every_row(story: Story) -> None:
    casey = story.submitted()
    assert at_once(5, lambda n: story.score_again(casey, after(days=n))) == [None] * 5
    assert sorted(row["number"] for row in rows(story.database, "score")) == [1, 2, 3, 4, 5, 6]


def test_the_database_refuses_to_change_a_score(story: Story) -> None:
    story.submitted()
    before = rows(story.database, "score")
    for change in ("content = '{}'", "number = 9", "scored_at = scored_at"):
        with pytest.raises(DBAPIError, match="appended, never changed"), story.database.writing() as db:
            db.connection().exec_driver_sql(f"UPDATE score SET {change}")  # noqa: S608 - constants of this test
    assert rows(story.database, "score") == before


def test_the_database_refuses_to_replace_a_score(story: Story) -> None:
    """On SQLite, REPLACE would go past a trigger on updates."""
    story.submitted()
    (row,) = rows(story.database, "score")
    kind = "OR REPLACE " if story.database.url.startswith("sqlite") else ""
    with pytest.raises(DBAPIError), story.database.writing() as db:
        db.connection().exec_driver_sql(
            f"INSERT {kind}INTO score SELECT id, session_id, number, form_digest, key_digest, responses_digest, "  # noqa: S608 - as above
            "engine, '{}', content_digest, scored_at FROM score"
        )
    assert rows(story.database, "score") == [row]


@pytest.mark.usefixtures("quick_passwords")
def test_a_later_edit_of_the_bank_changes_nothing_for_who_was_invited(database: Database, tmp_path: Path) -> None:
    bank = write_small_bank(tmp_path / "small")
    loaded = load_form(FORM, (tmp_path,))
    opening = add_opening(database, "Adviser", loaded, NOON)
    early = _invite(database, opening, "Early")
    assert loaded.form.scenarios[0].id == Path(LOST_KEY).stem
    edit(bank, LOST_KEY, "^title = .*", 'title = "Another title"')
    for file in (LOST_KEY, FORM_FILE):
        edit(bank, file, "^version = 1$", "version = 2")
    edited = load_form(FORM, (tmp_path,))
    assert edited.form.digest != loaded.form.digest
    late = _invite(database, add_opening(database, "Adviser", edited, NOON), "Late")
    shutil.rmtree(bank)
    assert get_sitting(database, early.invitation_id).form == loaded.form
    assert get_sitting(database, late.invitation_id).form.scenarios[0].title == "Another title"
    with database.reading() as db:
        bank_digest = digest_of(loaded.bank_json)
        assert get_key(db, loaded.key.digest) == loaded.key
        assert get_bank(db, bank_digest) == loaded.bank
        assert get_form(db, edited.form.digest) == edited.form


def test_content_is_pinned_once_however_many_openings_use_it(story: Story) -> None:
    results = at_once(5, lambda n: add_opening(story.database, f"Job {n}", standard_form(), NOON))
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(rows(story.database, "pinned_content")) == 2
    assert len(rows(story.database, "pinned_key")) == 1


def test_content_can_be_pinned_for_the_first_time_at_once(database: Database) -> None:
    results = at_once(5, lambda n: add_opening(database, f"Job {n}", standard_form(), NOON))
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(rows(database, "pinned_content")) == 2


def test_missing_content_is_said(database: Database) -> None:
    with database.reading() as db:
        with pytest.raises(NotFoundError, match="form or bank"):
            get_form(db, "0" * 64)
        with pytest.raises(NotFoundError, match="form or bank"):
            get_bank(db, "0" * 64)
        with pytest.raises(NotFoundError, match="scoring key"):
            get_key(db, "0" * 64)


def _invite(database: Database, opening: str, name: str) -> Invited:
    issued = invite_candidate(database, LINKS, opening, name, f"{name.lower()}@example.org", NOON)
    return Invited(database, issued.session_id, issued.token, open_invitation(database, issued.token))
