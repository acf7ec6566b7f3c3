"""The forms that an opening can choose from, with their own keys and with those that panels published."""

from pathlib import Path

import pytest

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services import Database
from eiassess.services.demo.panel import simulate_panel
from eiassess.services.hiring.form_choices import FormFolders, list_form_choices, load_form_choice
from eiassess.services.panels.panels import close_panel
from eiassess.services.panels.publishing import publish_key
from tests.banks.small_bank import FORM_FILE, LOST_KEY, edit
from tests.hiring_story import after
from tests.panel_story import REASON, PanelStory, tell_panel_story


@pytest.fixture
def panel(quick_passwords: None, database: Database, tmp_path: Path) -> PanelStory:
    del quick_passwords
    return tell_panel_story(database, tmp_path)


@pytest.fixture
def folders(tmp_path: Path) -> FormFolders:
    return FormFolders((tmp_path,))


def publish(panel: PanelStory, panel_id: str) -> str:
    return publish_key(panel.database, panel.avery, panel_id, REASON, "Ann Head", after(hours=2))


def test_a_form_stands_with_its_own_key_and_with_those_that_panels_published(
    panel: PanelStory, folders: FormFolders
) -> None:
    (own,) = list_form_choices(panel.database, folders)
    assert not own.supports_selection
    panel.finished(10)
    close_panel(panel.database, panel.panel, after(hours=1))
    published = publish(panel, panel.panel)
    publish(panel, simulate_panel(panel.database, panel.avery, "Simulated", panel.loaded, after()))
    first, second = list_form_choices(panel.database, folders)
    assert first == own
    assert (second.name, second.supports_selection) == (f"{own.name}@{published}", True)
    assert "with 10 experts" in second.worth
    assert load_form_choice(panel.database, folders, second.name).key.supports_selection
    assert load_form_choice(panel.database, folders, own.name).key.digest == own.key_digest


def test_what_cannot_be_sat_or_read_is_not_offered(panel: PanelStory, folders: FormFolders) -> None:
    (own,) = list_form_choices(panel.database, folders)
    bank = folders.banks[0] / "small"
    panel.finished(2)
    close_panel(panel.database, panel.panel, after(hours=1))
    published = publish(panel, panel.panel)
    edit(bank, FORM_FILE, r"^version = 1$", 'version = 1\nstatus = "draft"')
    assert list_form_choices(panel.database, folders) == ()
    for name in ("nothing", f"{own.name}@nothing"):
        with pytest.raises(InvalidInputError) as refused:
            load_form_choice(panel.database, folders, name)
        assert refused.value.field == "form"
    edit(bank, FORM_FILE, r"^status = .*$", "studies_only = true")
    assert list_form_choices(panel.database, folders) == ()
    edit(bank, FORM_FILE, r"^studies_only = .*$", "status = 7")
    assert list_form_choices(panel.database, folders) == ()
    with pytest.raises(InvalidInputError, match="cannot be used any more"):
        load_form_choice(panel.database, folders, own.name)
    assert published


def test_a_key_for_other_scenarios_is_not_offered(panel: PanelStory, folders: FormFolders) -> None:
    panel.finished(2)
    close_panel(panel.database, panel.panel, after(hours=1))
    published = publish(panel, panel.panel)
    (own, _) = list_form_choices(panel.database, folders)
    bank = folders.banks[0] / "small"
    edit(bank, LOST_KEY, r'^situation = "', 'situation = "Now: ')
    assert [each.name for each in list_form_choices(panel.database, folders)] == [own.name]
    with pytest.raises(RefusedError, match="changed since the experts rated it"):
        load_form_choice(panel.database, folders, f"{own.name}@{published}")
