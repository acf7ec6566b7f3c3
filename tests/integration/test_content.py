"""Pinned content is read once for the process, and a candidate's way through never reads a key."""

import pytest

from eiassess.domain.held import Held
from eiassess.errors import NotFoundError
from eiassess.services import Database
from eiassess.services.content import pinned_keys
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.content.pinning import get_pinned
from eiassess.services.sitting.answers import get_sitting, record_consent, record_practice
from eiassess.services.sitting.feedback import get_candidate_feedback
from tests.hiring_story import NOON, Story, standard_form
from tests.statements import asked


def digests(database: Database, opening: str) -> tuple[str, str, str]:
    with database.reading() as db:
        found = db.connection().exec_driver_sql("SELECT id, form_digest, key_digest, bank_digest FROM opening")
        return next((row[1], row[2], row[3]) for row in found if row[0] == opening)


def test_what_is_held_is_not_read_again(story: Story) -> None:
    form_digest, key_digest, bank_digest = digests(story.database, story.opening)
    for _ in range(2):
        with story.database.reading() as db, asked() as statements:
            found = get_form(db, form_digest), get_key(db, key_digest), get_bank(db, bank_digest)
    assert found == (standard_form().form, standard_form().key, standard_form().bank)
    assert statements == []


def test_what_is_pinned_again_comes_whole_from_the_database(story: Story) -> None:
    with story.database.reading() as db:
        assert get_pinned(db, *digests(story.database, story.opening)) == standard_form()


def test_what_was_never_pinned_is_missed_by_its_kind(story: Story) -> None:
    form_digest, key_digest, _ = digests(story.database, story.opening)
    with story.database.reading() as db:
        for read in (get_form, get_bank):
            with pytest.raises(NotFoundError, match="form or bank of this session is missing"):
                read(db, key_digest)
        with pytest.raises(NotFoundError, match="scoring key of this session is missing"):
            get_key(db, form_digest)


def test_a_candidates_way_reads_no_key(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    casey = story.invite()
    monkeypatch.setattr(pinned_keys, "_KEYS", Held(1))  # nothing held, so that asking for a key would be seen
    with asked() as statements:
        record_consent(story.database, casey.invitation_id, NOON)
        record_practice(story.database, casey.invitation_id, NOON)
        casey.answer_all((6, 2, 1, 5, 3), 2)
        get_sitting(story.database, casey.invitation_id)
    assert statements
    assert not [each for each in statements if "FROM pinned_key" in each]
    with asked() as statements:
        story.hand_in(casey)
    assert [each for each in statements if "FROM pinned_key" in each], "scoring is where the key is needed"
    with asked() as statements:
        get_candidate_feedback(story.database, casey.invitation_id)
    assert statements
    assert not [each for each in statements if "FROM pinned_key" in each]
