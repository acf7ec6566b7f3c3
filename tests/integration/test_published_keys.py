"""Results of a closed panel, and the keys that are published from it."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from eiassess.banks.catalog import load_form
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services import Database
from eiassess.services.demo.panel import simulate_panel
from eiassess.services.hiring.invitations import invite_candidate, open_invitation
from eiassess.services.hiring.openings import add_opening, use_form
from eiassess.services.panels.export import ratings_csv
from eiassess.services.panels.panels import add_panel, close_panel, list_panels, reopen_panel
from eiassess.services.panels.publishing import get_published_toml, list_published, publish_key, with_published_key
from eiassess.services.panels.rating import submit_ratings
from eiassess.services.panels.results import get_panel_results
from eiassess.services.sitting.answers import get_sitting
from tests.banks.small_bank import FORM, KEY, edit, write_small_bank
from tests.hiring_story import LINKS, after, at_once, rows
from tests.panel_story import REASON, PanelStory, let_people_sit, near, tell_panel_story


@pytest.fixture
def panel(quick_passwords: None, database: Database, tmp_path: Path) -> PanelStory:
    del quick_passwords
    return tell_panel_story(database, tmp_path)


def closed(panel: PanelStory, n: int = 10, **how: Any) -> PanelStory:
    panel.finished(n, **how)
    close_panel(panel.database, panel.panel, after(hours=1))
    return panel


def publish(panel: PanelStory, **said: str) -> str:
    named = {"relevance": REASON, "named_person": "Ann Head", **said}
    return publish_key(panel.database, panel.avery, panel.panel, now=after(hours=2), **named)


def test_a_closed_panel_tells_agreement_the_key_and_its_effect(panel: PanelStory) -> None:
    let_people_sit(panel, 4)
    let_people_sit(panel, 2, simulated=True)
    results = get_panel_results(closed(panel).database, panel.panel)
    assert results.analysis is not None
    assert results.effect is not None
    assert (results.n_experts, results.analysis.share_kept) == (10, 1.0)
    assert (results.effect.n_people, results.effect.n_scored) == (4, 4)  # real people only


def test_a_simulated_panel_is_about_simulated_people(quick_passwords: None, database: Database, tmp_path: Path) -> None:
    del quick_passwords
    panel = tell_panel_story(database, tmp_path, simulated=True)
    let_people_sit(panel, 4)
    let_people_sit(panel, 2, simulated=True)
    effect = get_panel_results(closed(panel, 3).database, panel.panel).effect
    assert effect is not None
    assert effect.n_people == 2


@pytest.mark.parametrize("n", [0, 1])
def test_with_fewer_than_two_there_is_no_agreement_and_no_key(panel: PanelStory, n: int) -> None:
    if n:
        panel.finished(n)
    close_panel(panel.database, panel.panel, after(hours=1))
    results = get_panel_results(panel.database, panel.panel)
    assert (results.n_experts, results.analysis, results.effect) == (n, None, None)
    with pytest.raises(RefusedError, match="at least 2 experts"):
        publish(panel)


def test_only_those_who_handed_in_count(panel: PanelStory) -> None:
    panel.rate(panel.begun(panel.invited(1, first=99)[0]), lambda _: 1)
    results = get_panel_results(closed(panel, 2).database, panel.panel)
    assert results.n_experts == 2


def test_comments_are_shown_without_names_in_no_order_of_people(panel: PanelStory) -> None:
    for number, text in enumerate(("Zulu.", "Alpha."), 1):
        (who,) = (panel.begun(link) for link in panel.invited(1, first=number))
        panel.rate(who, comments={"a": text})
        submit_ratings(panel.database, who, after())
    close_panel(panel.database, panel.panel, after())
    comments = get_panel_results(panel.database, panel.panel).comments
    assert set(comments.values()) == {("Alpha.", "Zulu.")}
    assert "Expert Number" not in repr(get_panel_results(panel.database, panel.panel))


def test_the_export_is_what_analyse_agreement_reads(panel: PanelStory) -> None:
    text = ratings_csv(closed(panel, 2).database, panel.panel)
    lines = list(csv.DictReader(io.StringIO(text)))
    n_options = sum(len(scenario.options) for scenario in panel.loaded.form.scenarios)
    assert len(lines) == 2 * n_options
    assert {line["expert"] for line in lines} == {"1", "2"}
    assert "Expert Number" not in text


def test_a_spreadsheet_runs_no_comment(panel: PanelStory) -> None:
    panel.finished(1)
    with panel.database.writing() as db:
        db.connection().exec_driver_sql('UPDATE expert_rating SET comments = \'{"a": "=1+1"}\'')
    close_panel(panel.database, panel.panel, after())
    assert ",'=1+1\n" in ratings_csv(panel.database, panel.panel)


def test_who_cannot_judge_stands_behind_no_value(panel: PanelStory) -> None:
    panel.finished(9)
    unsure, *_ = (panel.begun(link) for link in panel.invited(1, first=10))
    panel.rate(unsure, lambda value: None if near(value) > 4 else near(value))
    submit_ratings(panel.database, unsure, after())
    close_panel(panel.database, panel.panel, after(hours=1))
    analysis = get_panel_results(panel.database, panel.panel).analysis
    assert analysis is not None
    assert (analysis.n_experts, analysis.n_behind_each) == (10, 9)
    cells = [line["rating"] for line in csv.DictReader(io.StringIO(ratings_csv(panel.database, panel.panel)))]
    n_unjudged = sum(option.n_cannot_judge for option in analysis.options)
    assert cells.count("") == n_unjudged > 0
    assert [each.n_cannot_judge for each in analysis.agreements if each.n_cannot_judge] == [n_unjudged]
    publish(panel)
    (published,) = list_published(panel.database)
    assert (published.n_experts, published.key.experts, published.provisional) == (9, 9, True)


def test_an_option_that_fewer_than_two_could_judge_keeps_a_key_from_being_published(panel: PanelStory) -> None:
    panel.finished(1)
    panel.finished(3, lambda value: None if near(value) == 6 else near(value), first=2)
    close_panel(panel.database, panel.panel, after(hours=1))
    with pytest.raises(RefusedError, match=r"rated by fewer than 2 experts.*ask more experts"):
        publish(panel)
    reopen_panel(panel.database, panel.panel)
    panel.finished(1, first=5)
    close_panel(panel.database, panel.panel, after(hours=1))
    publish(panel)


def test_publishing_makes_a_key_with_its_provenance(panel: PanelStory) -> None:
    published_id = publish(closed(panel))
    (published,) = list_published(panel.database, panel.panel)
    key = published.key
    assert published.id == published_id
    assert (key.id, key.version, key.method, key.experts, key.provisional) == ("expert-1", 1, "EXPERT", 10, False)
    assert (key.relevance, key.relevance_by, key.supports_selection) == (REASON, "Ann Head", True)
    assert key.provenance is not None
    assert (key.provenance.panel, key.provenance.previous) == (panel.panel, panel.loaded.key.digest)
    assert (key.provenance.published, key.provenance.simulated) == ("2026-11-02", False)
    for scenario, options in panel.loaded.key.credits.items():
        for option, credit in options.items():
            assert key.credits[scenario][option].rationale == credit.rationale
            assert key.credits[scenario][option].value == near(credit.value)
    assert "Expert Number" not in repr(rows(panel.database, "pinned_key") + rows(panel.database, "published_key"))
    assert list_panels(panel.database)[0].n_published == 1


def test_a_key_keeps_what_the_present_one_says_of_its_options(
    quick_passwords: None, database: Database, tmp_path: Path
) -> None:
    del quick_passwords
    bank = write_small_bank(tmp_path / "small")
    edit(bank, KEY, r"^\[scenarios\.lost-key\.d\]$", '[scenarios.lost-key.d]\nirritant = "process-lecture"')
    panel = tell_panel_story(database, tmp_path, loaded=load_form(FORM, (tmp_path,)))
    publish(closed(panel))
    (published,) = list_published(database, panel.panel)
    present = panel.loaded.key.credits["lost-key"]["d"]
    assert (present.irritant, present.best_when) == (
        "process-lecture",
        "There would be time, and nobody had asked yet.",
    )
    for scenario, options in panel.loaded.key.credits.items():
        for option, credit in options.items():
            kept = published.key.credits[scenario][option]
            assert (kept.best_when, kept.irritant) == (credit.best_when, credit.irritant)


def test_with_fewer_than_ten_the_key_is_provisional(panel: PanelStory) -> None:
    publish(closed(panel, 9))
    (published,) = list_published(panel.database)
    assert (published.provisional, published.n_experts, published.key.supports_selection) == (True, 9, False)


def test_what_falls_short_and_what_moved_is_recorded(panel: PanelStory) -> None:
    panel.finished(5, lambda value: 7 - near(value))
    publish(closed(panel, 5, first=6))
    (published,) = list_published(panel.database)
    assert set(published.short) == set(panel.loaded.form.scenario_ids)
    assert published.to_review
    assert published.key.provenance is not None
    assert published.key.provenance.to_review == published.to_review
    evidence = json.loads(rows(panel.database, "published_key")[0]["evidence"])
    assert evidence["options_that_fall_short"]
    assert set(evidence["icc_2_k"]) == set(panel.loaded.form.scenario_ids)


def test_a_panel_that_sees_no_difference_has_no_icc_to_tell(panel: PanelStory) -> None:
    publish(closed(panel, 3, rating=lambda _: 4))
    (published,) = list_published(panel.database)
    assert published.key.provenance is not None
    assert published.key.provenance.median_icc is None


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"relevance": "Because."}, "20 to 1,500 characters; this has 8"),
        ({"relevance": "x" * 1501}, "this has 1,501"),
        ({"named_person": " "}, "A name has"),
    ],
)
def test_a_reason_and_a_name_are_asked_for(panel: PanelStory, said: dict[str, str], message: str) -> None:
    closed(panel, 2)
    with pytest.raises(InvalidInputError, match=message):
        publish(panel, **said)
    assert list_published(panel.database) == ()


def test_an_open_panel_publishes_nothing(panel: PanelStory) -> None:
    panel.finished(2)
    with pytest.raises(RefusedError, match="This panel is open"):
        publish(panel)


def test_a_panel_keeps_its_keys_name_and_others_get_the_next(panel: PanelStory) -> None:
    publish(closed(panel, 2))
    reopen_panel(panel.database, panel.panel)
    publish(closed(panel, 1, first=3))
    second = replace(panel, panel=add_panel(panel.database, panel.avery, "Second", panel.loaded, after()))
    publish(closed(second, 2))
    found = [(each.key.id, each.key.version, each.n_experts) for each in list_published(panel.database)]
    assert sorted(found) == [("expert-1", 1, 2), ("expert-1", 2, 3), ("expert-2", 1, 2)]


def test_two_who_publish_at_once_get_two_numbers(panel: PanelStory) -> None:
    second = replace(panel, panel=add_panel(panel.database, panel.avery, "Second", panel.loaded, after()))
    stories = (closed(panel, 2), closed(second, 2))
    outcomes = at_once(2, lambda number: publish(stories[number]))
    assert all(isinstance(outcome, str) for outcome in outcomes), outcomes
    assert {each.key.id for each in list_published(panel.database)} == {"expert-1", "expert-2"}


def test_a_number_that_a_bank_has_used_is_not_used_again(panel: PanelStory, tmp_path: Path) -> None:
    text = (tmp_path / "small" / "keys" / "theory-1.toml").read_text("utf-8").replace('"theory-1"', '"expert-4"', 1)
    (tmp_path / "small" / "keys" / "expert-4.toml").write_text(text, "utf-8")
    form = tmp_path / "small" / "forms" / "small-a.toml"
    form.write_text(form.read_text("utf-8").replace('"theory-1"', '"expert-4"'), "utf-8")
    loaded = load_form("small-a", (tmp_path,))
    later = replace(panel, loaded=loaded, panel=add_panel(panel.database, panel.avery, "Later", loaded, after()))
    publish(closed(later, 2))
    assert list_published(panel.database)[0].key.id == "expert-5"


def test_published_keys_cannot_be_changed(panel: PanelStory) -> None:
    publish(closed(panel, 2))
    with pytest.raises(DBAPIError, match="appended, never changed"), panel.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE published_key SET relevance = 'Other'")
    if panel.database.url.startswith("sqlite"):
        replacing = "INSERT OR REPLACE INTO published_key SELECT * FROM published_key"
        with pytest.raises(DBAPIError, match="appended, never changed"), panel.database.writing() as db:
            db.connection().exec_driver_sql(replacing)
    assert rows(panel.database, "published_key")[0]["relevance"] == REASON


def test_a_new_opening_uses_the_key_and_its_pages_say_so(panel: PanelStory) -> None:
    loaded = with_published_key(panel.database, panel.loaded, publish(closed(panel)))
    opening = add_opening(panel.database, "Adviser", loaded, after())
    issued = invite_candidate(panel.database, LINKS, opening, "Casey", "casey@example.org", after())
    notice = get_sitting(panel.database, open_invitation(panel.database, issued.token)).notice
    assert "mean of the ratings by 10 experts" in notice.key_status
    (row,) = rows(panel.database, "opening")
    assert row["key_digest"] == list_published(panel.database)[0].key.digest


def test_a_key_fits_only_what_its_experts_rated(panel: PanelStory) -> None:
    published_id = publish(closed(panel, 2))
    form = panel.loaded.form
    first = form.scenarios[0]
    changed = replace(form, scenarios=(replace(first, situation="Another story."), *form.scenarios[1:]))
    added = replace(form, scenarios=(*form.scenarios, replace(first, id="added")))
    for odd, message in ((changed, "was changed since"), (added, "did not rate scenario 'added'")):
        with pytest.raises(RefusedError, match=message):
            with_published_key(panel.database, replace(panel.loaded, form=odd), published_id)
    for use in (with_published_key, lambda database, _, name: get_published_toml(database, name)):
        with pytest.raises(NotFoundError):
            use(panel.database, panel.loaded, "x")


def test_a_simulated_key_is_for_simulated_openings_only(
    quick_passwords: None, database: Database, tmp_path: Path
) -> None:
    del quick_passwords
    story = tell_panel_story(database, tmp_path)
    panel_id = simulate_panel(database, story.avery, "Simulated", story.loaded, after())
    published_id = publish(replace(story, panel=panel_id))
    loaded = with_published_key(database, story.loaded, published_id)
    assert loaded.key.experts == 10
    assert not loaded.key.supports_selection
    real = add_opening(database, "Real", story.loaded, after())
    for use in (
        lambda: add_opening(database, "Real too", loaded, after()),
        lambda: use_form(database, real, loaded, after()),
    ):
        with pytest.raises(RefusedError, match=re.escape("can never score real people")):
            use()
    assert add_opening(database, "Simulated", loaded, after(), simulated=True)


def test_simulated_panels_of_one_form_are_alike(quick_passwords: None, database: Database, tmp_path: Path) -> None:
    del quick_passwords
    story = tell_panel_story(database, tmp_path)
    first, second = (
        get_panel_results(database, simulate_panel(database, story.avery, "S", story.loaded, after(hours=hour)))
        for hour in (1, 2)
    )
    assert first.analysis is not None
    assert second.analysis is not None
    assert first.analysis.values == second.analysis.values
    assert first.simulated
    assert first.n_experts == 10
