"""``eiassess panel ...``, and openings that use a published key."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.services.demo.panel import simulate_panel
from eiassess.services.panels.panels import close_panel, get_panel
from eiassess.services.panels.publishing import list_published, publish_key
from eiassess.services.people import passwords
from eiassess.services.people.accounts import find_account
from tests.banks.small_bank import write_small_bank
from tests.cli.conftest import Run
from tests.hiring_story import rows
from tests.panel_story import REASON, PanelStory, small_form

AVERY = "avery@example.org"


@pytest.fixture
def ready(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line with a database, a small bank and an analyst."""
    for name in ("EIASSESS_INSTANCE", "EIASSESS_DATABASE_URL", "EIASSESS_BASE_URL", "EIASSESS_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    write_small_bank(tmp_path / "banks" / "small")
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    assert run("db", "upgrade").exit_code == 0
    assert run("user", "add", AVERY, "--name", "Avery", "--role", "analyst").exit_code == 0
    return run


@contextmanager
def panel_of(panel_id: str, folder: Path) -> Iterator[PanelStory]:
    with opened_database(settings()) as database:
        avery = find_account(database, AVERY)
        assert avery
        yield PanelStory(database, small_form(folder / "banks"), avery.id, panel_id, utc_now())


def published(panel_id: str, folder: Path) -> str:
    with panel_of(panel_id, folder) as panel:
        panel.finished(10)
        close_panel(panel.database, panel_id, panel.now)
        return publish_key(panel.database, panel.avery, panel_id, REASON, "Ann Head", panel.now)


def test_a_panel_from_the_first_word_to_the_opening(ready: Run, tmp_path: Path) -> None:
    panel = ready("panel", "add", "small-a", "Winter panel", "--by", AVERY).stdout.strip()
    link = ready("panel", "invite", panel, "Zoë Ö.", "zoe@example.org")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/e/[\w-]{43}\n", link.stdout)
    early = ready("panel", "export", panel)
    assert (early.exit_code, early.stdout) == (2, "")
    assert "This panel is open" in early.stderr
    none = ready("panel", "key", panel)
    assert none.exit_code == 2
    assert "No key was published" in none.stderr
    key = published(panel, tmp_path)
    assert ready("panel", "list").stdout == f"{panel}\tWinter panel\tSmall form A\t11\t10\tclosed\t1\n"
    assert ready("panel", "export", panel, "-o", "ratings.csv").stderr == "Wrote ratings.csv\n"
    agreed = ready("analyse", "agreement", "ratings.csv")
    assert agreed.exit_code == 0, agreed.stderr
    assert json.loads(agreed.stdout)["n_experts"] == 10
    assert ready("panel", "key", panel, "-o", "expert-1.toml").stderr == "Wrote expert-1.toml\n"
    assert tomllib.loads(Path("expert-1.toml").read_text("utf-8"))["experts"] == 10
    assert "has to be named expert-1.toml" in ready("panel", "key", panel, "-o", "other.toml").stderr
    assert ready("panel", "key", panel).stdout == Path("expert-1.toml").read_text("utf-8")
    opening = ready("opening", "add", "Adviser", "--form", "small-a", "--key", key)
    assert opening.exit_code == 0, opening.stderr
    plain = ready("opening", "add", "Plain", "--form", "small-a").stdout.strip()
    assert ready("opening", "use-form", plain, "small-a", "--key", key).exit_code == 0
    with opened_database(settings()) as database:
        (made,) = list_published(database)
        assert {row["key_digest"] for row in rows(database, "opening")} == {made.key.digest}
        assert len(get_panel(database, panel).experts) == 11


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("add", "small-a", "P", "--by", "nobody@example.org"), "There is no account for nobody@example.org"),
        (("add", "small-a", "P", "--by", "alice@example.org"), "alice@example.org is no analyst"),
        (("add", "no-form", "P", "--by", AVERY), "There is no form 'no-form'"),
        (("invite", "x", "Zoe", "z@example.org"), "There is no such panel"),
        (("export", "x"), "There is no such panel"),
    ],
)
def test_what_cannot_be_done_is_said(ready: Run, words: tuple[str, ...], message: str) -> None:
    ready("user", "add", "alice@example.org", "--name", "Alice", "--role", "recruiter")
    result = ready("panel", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_simulated_key_scores_nobody_real(ready: Run, tmp_path: Path) -> None:
    with panel_of("", tmp_path) as story:
        panel = simulate_panel(story.database, story.avery, "Simulated", story.loaded, utc_now())
        key = publish_key(story.database, story.avery, panel, REASON, "Ann Head", utc_now())
    result = ready("opening", "add", "Adviser", "--form", "small-a", "--key", key)
    assert result.exit_code == 2
    assert "can never score real people" in result.stderr
