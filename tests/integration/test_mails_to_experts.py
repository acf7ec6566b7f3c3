"""Experts get their links by mail, and nobody gets one without a reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.domain.mail_kinds import (
    PANEL_INVITATION,
)
from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import (
    KeyingPanelRecord,
    PanelExpertRecord,
)
from eiassess.services import Database
from eiassess.services.panels.experts import IssuedLink, invite_experts, replace_expert_link, revoke_expert
from eiassess.services.panels.panels import close_panel, forget_names, get_panel
from eiassess.worker.mails import send_due_mails
from tests.hiring_story import LINKS, NOON, everything_stored, rows
from tests.mail_host import MailHost
from tests.mailing import LATER, OTHER_LINKS, SOURCES, only, send, text, work
from tests.panel_story import PanelStory, tell_panel_story


class TestExperts:
    @pytest.fixture
    def panel(self, quick_passwords: None, database: Database, tmp_path: Path) -> PanelStory:
        del quick_passwords
        return tell_panel_story(database, tmp_path)

    def ask(self, panel: PanelStory) -> IssuedLink:
        (expert,) = panel.invited(1)
        assert only(panel.database)["kind"] == PANEL_INVITATION.name
        return expert

    def test_a_new_link_is_mailed_and_one_that_waits_is_mailed_once(self, panel: PanelStory, host: MailHost) -> None:
        expert = self.ask(panel)
        fresh = replace_expert_link(panel.database, LINKS, panel.panel, expert.expert_id, NOON)
        assert send(panel.database, host) == 1
        assert fresh.url in text(host)
        assert expert.url not in text(host)
        again = replace_expert_link(panel.database, LINKS, panel.panel, expert.expert_id, NOON)
        assert send(panel.database, host) == 1
        assert again.url in text(host)

    def test_a_withdrawn_link_is_not_mailed(self, panel: PanelStory, host: MailHost) -> None:
        expert = self.ask(panel)
        revoke_expert(panel.database, panel.panel, expert.expert_id, NOON)
        assert send(panel.database, host) == 0

    def test_nobody_is_mailed_if_one_cannot_be_invited(self, panel: PanelStory) -> None:
        with pytest.raises(InvalidInputError):
            invite_experts(panel.database, LINKS, panel.panel, [("A", "a@example.org"), ("A", "a@example.org")], NOON)
        assert rows(panel.database, "message") == []

    def test_forgotten_names_are_forgotten_in_mails_too(self, panel: PanelStory, host: MailHost) -> None:
        expert = self.ask(panel)
        send(panel.database, host)
        replace_expert_link(panel.database, LINKS, panel.panel, expert.expert_id, NOON)
        close_panel(panel.database, panel.panel, NOON)
        forget_names(panel.database, panel.panel)
        assert expert.email not in everything_stored(panel.database)
        assert rows(panel.database, "message") == []

    def test_whose_mail_was_refused_is_seen_until_another_is_asked_for(self, panel: PanelStory, host: MailHost) -> None:
        expert = self.ask(panel)
        assert not get_panel(panel.database, panel.panel).experts[0].is_undelivered
        host.says = lambda command, _address: "550 no" if command == "RCPT" else None
        send(panel.database, host)
        assert get_panel(panel.database, panel.panel).experts[0].is_undelivered
        replace_expert_link(panel.database, LINKS, panel.panel, expert.expert_id, LATER)
        assert not get_panel(panel.database, panel.panel).experts[0].is_undelivered

    def test_an_expert_is_invited(self, panel: PanelStory, host: MailHost) -> None:
        expert = self.ask(panel)
        assert send(panel.database, host) == 1
        assert f"\n{expert.url}\n" in text(host)
        assert "by Wednesday 2 December 2026, 12:00 (UTC)." in text(host)

    @pytest.mark.parametrize("simulated", [True, False])
    def test_not_when_there_is_nothing_to_do(self, panel: PanelStory, host: MailHost, simulated: bool) -> None:  # noqa: FBT001 - a parameter
        expert = self.ask(panel)
        with panel.database.writing() as db:
            if simulated:
                db.get_one(KeyingPanelRecord, panel.panel).simulated = True
            else:
                db.get_one(PanelExpertRecord, expert.expert_id).submitted_at = NOON
        assert send(panel.database, host) == 0

    def test_after_the_secret_was_changed_it_says_what_to_do(self, panel: PanelStory, host: MailHost) -> None:
        self.ask(panel)
        send_due_mails(replace(work(panel.database, host), sources=replace(SOURCES, links=OTHER_LINKS)))
        assert "give the expert a new link" in str(only(panel.database)["words"])
