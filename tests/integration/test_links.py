"""Links are made again from the installation's secret; the database keeps hashes only, and old links go on working."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from eiassess.persistence.tables import InvitationRecord, PanelExpertRecord
from eiassess.services import Database
from eiassess.services.hiring.invitations import open_invitation, replace_invitation
from eiassess.services.identifiers import hash_token, new_token
from eiassess.services.links import LinkClosedError, LinkPurpose, hash_of_link, is_open
from eiassess.services.panels.experts import replace_expert_link
from eiassess.services.panels.rating import open_expert_link
from tests.hiring_story import LINKS, NOON, Story, after, everything_stored
from tests.panel_story import PanelStory, tell_panel_story

OTHER_SECRET = replace(LINKS, secret="another secret for tests, as long as the first")


@pytest.fixture
def panel(quick_passwords: None, database: Database, tmp_path: Path) -> PanelStory:
    del quick_passwords
    return tell_panel_story(database, tmp_path)


def invitation(story: Story, invitation_id: str) -> InvitationRecord:
    with story.database.reading() as db:
        return db.get_one(InvitationRecord, invitation_id)


def expert(panel: PanelStory, expert_id: str) -> PanelExpertRecord:
    with panel.database.reading() as db:
        return db.get_one(PanelExpertRecord, expert_id)


def change(database: Database, record: SQLModel) -> None:
    with database.writing() as db:
        db.merge(record)


def test_a_row_has_the_same_link_each_time_and_no_other_has_it() -> None:
    made = {
        links.token(purpose, row)
        for links in (LINKS, OTHER_SECRET)
        for purpose in LinkPurpose
        for row in ("0123", "01234", "")
    }
    assert len(made) == 2 * len(LinkPurpose) * 3
    assert {len(token) for token in made} == {43}
    assert LINKS.token(LinkPurpose.EXPERT, "0123") == replace(LINKS, base_url="x").token(LinkPurpose.EXPERT, "0123")


def test_a_token_is_the_hmac_that_the_decision_record_names() -> None:
    """Otherwise, after an update, no link that is out could be made again."""
    assert (
        LINKS.token(LinkPurpose.CANDIDATE, "0123456789abcdef01234567") == "mv1fSni5CrdgBzt5M9ELsu7Agn-kvzWdlKw8Fke1D-U"
    )
    assert (
        LINKS.url(LinkPurpose.EXPERT, "0123456789abcdef01234567")
        == "https://hiring.example.org/e/nfKfX0-B5LJtCEB-KmkTxzQMqEf7ZdhzyZBMvM9GgRU"
    )


def test_a_link_is_at_the_address_of_the_installation() -> None:
    for purpose, path in ((LinkPurpose.CANDIDATE, "i"), (LinkPurpose.EXPERT, "e")):
        assert LINKS.url(purpose, "x") == f"https://hiring.example.org/{path}/{LINKS.token(purpose, 'x')}"


def test_the_secret_does_not_stand_in_what_is_logged_of_a_link_maker() -> None:
    assert LINKS.secret not in repr(LINKS)


def test_an_invitation_s_link_is_made_again_from_its_row(story: Story) -> None:
    casey, robin = story.invite("Casey"), story.invite("Robin")
    for each in (casey, robin):
        record = invitation(story, each.invitation_id)
        assert LINKS.derives(record)
        assert LINKS.find_url(record) == f"https://hiring.example.org/i/{each.token}"


def test_an_expert_s_link_is_made_again_and_a_replaced_one_is_another(panel: PanelStory) -> None:
    (first,) = panel.invited(1)
    assert LINKS.find_url(expert(panel, first.expert_id)) == first.url
    second = replace_expert_link(panel.database, LINKS, panel.panel, first.expert_id, after())
    assert LINKS.find_url(expert(panel, first.expert_id)) == second.url != first.url


def test_links_replaced_at_one_moment_are_different(story: Story, panel: PanelStory) -> None:
    casey = story.invite("Casey")
    made = {replace_invitation(story.database, LINKS, casey.session_id, NOON).token for _ in range(3)}
    (link,) = panel.invited(1)
    given = [replace_expert_link(panel.database, LINKS, panel.panel, link.expert_id, NOON).token for _ in range(3)]
    assert len(made | {casey.token, link.token, *given}) == 8


def test_no_token_and_no_secret_is_stored(story: Story, panel: PanelStory) -> None:
    casey = story.invite("Casey")
    again = replace_invitation(story.database, LINKS, casey.session_id, NOON)
    (link,) = panel.invited(1)
    stored = everything_stored(story.database)
    for token in (casey.token, again.token, link.token):
        assert token not in stored
        assert base64.urlsafe_b64decode(token + "=").hex() not in stored
        assert hash_token(token) in stored
    assert LINKS.secret not in stored


def test_after_a_change_of_the_secret_old_links_open_and_are_known_not_to_be_made_again(
    story: Story, panel: PanelStory
) -> None:
    casey = story.invite("Casey")
    (link,) = panel.invited(1)
    assert open_invitation(story.database, casey.token) == casey.invitation_id
    assert open_expert_link(panel.database, link.token, NOON).expert_id == link.expert_id
    for record in (invitation(story, casey.invitation_id), expert(panel, link.expert_id)):
        assert not OTHER_SECRET.derives(record)
        assert OTHER_SECRET.find_url(record) is None
    again = replace_invitation(story.database, OTHER_SECRET, casey.session_id, NOON)
    assert OTHER_SECRET.find_url(invitation(story, again.invitation_id)) == again.url


def test_links_that_were_drawn_at_random_once_go_on_working(story: Story, panel: PanelStory) -> None:
    casey = story.invite("Casey")
    (link,) = panel.invited(1)
    tokens = new_token(), new_token()
    change(story.database, _changed(invitation(story, casey.invitation_id), token_hash=hash_token(tokens[0])))
    change(panel.database, _changed(expert(panel, link.expert_id), token_hash=hash_token(tokens[1]), link_id=None))
    assert open_invitation(story.database, tokens[0]) == casey.invitation_id
    assert open_expert_link(panel.database, tokens[1], NOON).expert_id == link.expert_id
    assert LINKS.find_url(invitation(story, casey.invitation_id)) is None
    assert LINKS.find_url(expert(panel, link.expert_id)) is None


def _changed(record: SQLModel, **values: str | None) -> SQLModel:
    for name, value in values.items():
        setattr(record, name, value)
    return record


@pytest.mark.parametrize("purpose", LinkPurpose)
@pytest.mark.parametrize("ending", ["", ".", ")", ">", ",", "/", "\n", ".)>"])
def test_a_link_is_found_by_its_hash_whatever_a_mail_programme_ended_it_with(purpose: LinkPurpose, ending: str) -> None:
    token = LINKS.token(purpose, "row")
    assert hash_of_link(token + ending) == hash_token(token)


@pytest.mark.parametrize("change_one", [lambda token: token[:-1], lambda token: token + "A", lambda token: "A" + token])
def test_a_letter_too_many_or_too_few_is_another_link(change_one: Callable[[str], str]) -> None:
    token = LINKS.token(LinkPurpose.CANDIDATE, "row")
    assert hash_of_link(change_one(token)) != hash_token(token)


def test_a_link_is_open_until_its_time_or_until_it_is_closed() -> None:
    record = InvitationRecord(
        id="i", session_id="s", token_hash="", created_at=NOON, expires_at=NOON + timedelta(days=1)
    )
    assert is_open(record, after(days=1) - timedelta(microseconds=1))
    assert not is_open(record, after(days=1))
    record.revoked_at = NOON
    assert not is_open(record, NOON)


def test_an_expert_s_link_is_no_candidate_s_and_the_reverse(story: Story, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    with pytest.raises(LinkClosedError):
        open_invitation(panel.database, link.token)
    with pytest.raises(LinkClosedError):
        open_expert_link(story.database, story.invite().token, NOON)
