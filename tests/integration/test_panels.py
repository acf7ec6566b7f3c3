"""Panels and experts' own ratings: who is invited, what is kept, and that nobody's ratings are seen early."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services import Database
from eiassess.services.content.offered_forms import list_offered_forms
from eiassess.services.links import LinkClosedError
from eiassess.services.panels.experts import invite_experts, replace_expert_link, revoke_expert
from eiassess.services.panels.export import ratings_csv
from eiassess.services.panels.panels import (
    FORGOTTEN,
    ExpertState,
    add_panel,
    close_panel,
    forget_names,
    get_panel,
    list_panels,
    reopen_panel,
)
from eiassess.services.panels.rating import (
    ExpertPass,
    GivenRatings,
    IncompleteRatingsError,
    NotRatingError,
    PanelClosedError,
    StaleRatingsError,
    agree_to_rate,
    get_expert_sitting,
    open_expert_link,
    save_expert_ratings,
    submit_ratings,
)
from eiassess.services.panels.results import get_panel_results
from tests.banks.small_bank import write_small_bank
from tests.hiring_story import LINKS, after, at_once, rows
from tests.panel_story import PanelStory, tell_panel_story


@pytest.fixture
def panel(quick_passwords: None, database: Database, tmp_path: Path) -> PanelStory:
    del quick_passwords
    return tell_panel_story(database, tmp_path)


def save(panel: PanelStory, who: ExpertPass, ratings: dict[str, int], seen: int = 0, **comments: str) -> int:
    scenario = panel.loaded.form.scenario_ids[0]
    given = GivenRatings(ratings, comments)
    return save_expert_ratings(panel.database, who, scenario, given, seen, after(minutes=1)).revision


def states(panel: PanelStory) -> list[tuple[str, str, int]]:
    return [
        (expert.name, expert.state.value, expert.n_rated) for expert in get_panel(panel.database, panel.panel).experts
    ]


def test_progress_says_how_far_everybody_is(panel: PanelStory) -> None:
    links = panel.invited(4)
    panel.rate(panel.begun(links[0]))
    submit_ratings(panel.database, open_expert_link(panel.database, links[0].token, after()), after())
    save(panel, panel.begun(links[1]), {"a": 3})
    revoke_expert(panel.database, panel.panel, links[3].expert_id, after())
    n_options = sum(len(scenario.options) for scenario in panel.loaded.form.scenarios)
    assert states(panel) == [
        ("Expert Number 1", ExpertState.FINISHED, n_options),
        ("Expert Number 2", ExpertState.BEGUN, 1),
        ("Expert Number 3", ExpertState.INVITED, 0),
        ("Expert Number 4", ExpertState.REVOKED, 0),
    ]
    (summary,) = list_panels(panel.database)
    assert (summary.n_invited, summary.n_begun, summary.n_finished, summary.n_published) == (3, 1, 1, 0)


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ([], "Name 1 to 100 experts"),
        ([("A", "a@example.org")] * 101, "101 were named"),
        ([("A", "a@example.org"), ("B", "A@example.org")], "a@example.org is named twice"),
        ([("A", "a@example.org"), ("E", "e1@EXAMPLE.org\u00a0")], "e1@example.org is invited to this panel already"),
        ([("A", "a@example.org"), ("B", "no address")], "is not an e-mail address"),
        ([("  ", "a@example.org")], "A name has"),
        ([("A", "a@example.org"), ("E", "e1@example.org")], "e1@example.org is invited to this panel already"),
    ],
)
def test_all_are_invited_or_nobody(panel: PanelStory, people: list[tuple[str, str]], message: str) -> None:
    panel.invited(1)
    with pytest.raises(InvalidInputError, match=message):
        invite_experts(panel.database, LINKS, panel.panel, people, after())
    assert len(get_panel(panel.database, panel.panel).experts) == 1


def test_a_panel_needs_a_name_and_a_form_to_rate(panel: PanelStory) -> None:
    with pytest.raises(InvalidInputError, match="A name has"):
        add_panel(panel.database, panel.avery, " ", panel.loaded, after())
    empty = replace(panel.loaded, form=replace(panel.loaded.form, scenarios=()))
    with pytest.raises(InvalidInputError, match="for practice only"):
        add_panel(panel.database, panel.avery, "Practice", empty, after())


def test_what_is_not_there_is_not_found(panel: PanelStory) -> None:
    database, other = panel.database, panel.panel
    panel.invited(1)
    for use in (
        lambda: get_panel(database, "x"),
        lambda: close_panel(database, "x", after()),
        lambda: get_panel_results(database, "x"),
        lambda: replace_expert_link(database, LINKS, other, "x", after()),
        lambda: revoke_expert(database, other, "x", after()),
    ):
        with pytest.raises(NotFoundError):
            use()
    second = add_panel(database, panel.avery, "Another", panel.loaded, after())
    (expert,) = get_panel(database, other).experts
    with pytest.raises(NotFoundError):
        revoke_expert(database, second, expert.id, after())


def test_no_token_is_stored(panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    panel.begun(link)
    assert link.token not in repr(rows(panel.database, "panel_expert"))


def test_a_replaced_link_ends_the_old_one_and_keeps_the_ratings(panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    old = panel.begun(link)
    save(panel, old, {"a": 3})
    issued = replace_expert_link(panel.database, LINKS, panel.panel, link.expert_id, after())
    with pytest.raises(LinkClosedError):
        open_expert_link(panel.database, link.token, after())
    with pytest.raises(LinkClosedError):  # the browser that came by the old link
        save(panel, old, {"a": 4}, 1)
    new = open_expert_link(panel.database, issued.token, after())
    saved = get_expert_sitting(panel.database, new, after()).saved_for(panel.loaded.form.scenario_ids[0])
    assert saved.ratings == {"a": 3}


def test_links_end_and_can_be_withdrawn_and_given_anew(panel: PanelStory) -> None:
    first, second = panel.invited(2)
    with pytest.raises(LinkClosedError):
        open_expert_link(panel.database, first.token, after(days=31))
    revoke_expert(panel.database, panel.panel, second.expert_id, after())
    with pytest.raises(LinkClosedError):
        open_expert_link(panel.database, second.token, after())
    again = replace_expert_link(panel.database, LINKS, panel.panel, second.expert_id, after())
    assert open_expert_link(panel.database, again.token, after()).expert_id == second.expert_id
    with pytest.raises(LinkClosedError):
        get_expert_sitting(panel.database, ExpertPass("nobody", "x"), after())


def test_whoever_handed_in_counts_and_cannot_be_taken_out(panel: PanelStory) -> None:
    (who,) = panel.finished(1)
    with pytest.raises(RefusedError, match="nobody can be taken out"):
        revoke_expert(panel.database, panel.panel, who.expert_id, after())


def test_ratings_wait_for_the_notice_and_end_with_handing_in(panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    who = open_expert_link(panel.database, link.token, after())
    for act in (lambda: save(panel, who, {"a": 3}), lambda: submit_ratings(panel.database, who, after())):
        with pytest.raises(NotRatingError, match="notice"):
            act()
    agree_to_rate(panel.database, who, after())
    agreed = rows(panel.database, "panel_expert")[0]["agreed_at"]
    agree_to_rate(panel.database, who, after(hours=1))
    assert rows(panel.database, "panel_expert")[0]["agreed_at"] == agreed
    with pytest.raises(IncompleteRatingsError, match="options are not rated yet"):
        submit_ratings(panel.database, who, after())
    panel.rate(who)
    submit_ratings(panel.database, who, after())
    submit_ratings(panel.database, who, after(hours=1))
    with pytest.raises(NotRatingError, match="handed in already"):
        save(panel, who, {"a": 1}, 1)


def test_saving_again_changes_nothing_and_a_stale_page_is_refused(panel: PanelStory) -> None:
    who = panel.begun(panel.invited(1)[0])
    assert save(panel, who, {"a": 3}, a="It  depends.\n ") == 1
    assert save(panel, who, {"a": 3}, a="It depends.", b="  ") == 1
    with pytest.raises(StaleRatingsError) as caught:
        save(panel, who, {"a": 5})
    assert (caught.value.saved.ratings, caught.value.saved.comments) == ({"a": 3}, {"a": "It depends."})
    assert save(panel, who, {"a": 5}, 1) == 2


@pytest.mark.parametrize(
    ("ratings", "comments", "message"),
    [
        ({"a": 7}, {}, "from 1 to 6"),
        ({"x": 1}, {}, "for an option on the page"),
        ({"a": True}, {}, "whole number"),
        ({}, {"x": "What?"}, "A comment belongs to an option"),
        ({}, {"a": "y" * 1001}, "at most 1,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    panel: PanelStory, ratings: dict[str, int], comments: dict[str, str], message: str
) -> None:
    who = panel.begun(panel.invited(1)[0])
    with pytest.raises(InvalidInputError, match=message):
        save(panel, who, ratings, 0, **comments)
    assert rows(panel.database, "expert_rating") == []


def test_cannot_judge_is_an_answer(panel: PanelStory) -> None:
    who = panel.begun(panel.invited(1)[0])
    panel.rate(who, lambda _value: None)
    assert {row["ratings"] for row in rows(panel.database, "expert_rating")} >= {
        '{"a": null, "b": null, "c": null, "d": null}'
    }
    sitting = get_expert_sitting(panel.database, who, after())
    assert [sitting.n_missing(each) for each in sitting.form.scenarios] == [0] * len(sitting.form.scenarios)
    submit_ratings(panel.database, who, after())
    (expert,) = get_panel(panel.database, panel.panel).experts
    assert expert.n_rated == expert.n_options


def test_a_scenario_of_another_form_is_refused(panel: PanelStory) -> None:
    who = panel.begun(panel.invited(1)[0])
    with pytest.raises(InvalidInputError, match="not part of the form"):
        save_expert_ratings(panel.database, who, "elsewhere", GivenRatings({}, {}), 0, after())


def test_nobody_sees_a_rating_while_the_panel_is_open(panel: PanelStory) -> None:
    panel.finished(3)
    for look in (get_panel_results, ratings_csv):
        with pytest.raises(RefusedError, match="This panel is open"):
            look(panel.database, panel.panel)


def test_a_closed_panel_takes_nothing_until_it_is_opened_again(panel: PanelStory) -> None:
    done, open_one = panel.finished(1)[0], panel.begun(panel.invited(1, first=9)[0])
    for _ in range(2):
        close_panel(panel.database, panel.panel, after(hours=1))
    for act in (
        lambda: save(panel, open_one, {"a": 3}),
        lambda: agree_to_rate(panel.database, open_one, after()),
        lambda: submit_ratings(panel.database, open_one, after()),
    ):
        with pytest.raises(PanelClosedError):
            act()
    submit_ratings(panel.database, done, after())  # was handed in: nothing to lose
    assert get_expert_sitting(panel.database, open_one, after()).closed
    for change in (
        lambda: panel.invited(1, first=5),
        lambda: replace_expert_link(panel.database, LINKS, panel.panel, open_one.expert_id, after()),
        lambda: revoke_expert(panel.database, panel.panel, open_one.expert_id, after()),
    ):
        with pytest.raises(RefusedError, match="closed"):
            change()
    reopen_panel(panel.database, panel.panel)
    assert save(panel, open_one, {"a": 3}) == 1


def test_names_are_forgotten_for_good(panel: PanelStory) -> None:
    panel.finished(2)
    with pytest.raises(RefusedError, match="Close the panel first"):
        forget_names(panel.database, panel.panel)
    close_panel(panel.database, panel.panel, after())
    before = get_panel_results(panel.database, panel.panel).analysis
    assert forget_names(panel.database, panel.panel) == 2
    kept = repr([rows(panel.database, name) for name in ("panel_expert", "expert_rating", "keying_panel")])
    assert "Expert Number" not in kept
    assert "@example.org" not in kept
    progress = get_panel(panel.database, panel.panel)
    assert [(each.name, each.email) for each in progress.experts] == [("Expert 1", FORGOTTEN), ("Expert 2", FORGOTTEN)]
    assert progress.names_forgotten
    assert get_panel_results(panel.database, panel.panel).analysis == before
    with pytest.raises(RefusedError, match="make a new panel"):
        reopen_panel(panel.database, panel.panel)


def test_two_pages_saved_at_once_lose_nothing(panel: PanelStory) -> None:
    who = panel.begun(panel.invited(1)[0])
    outcomes = at_once(6, lambda number: save(panel, who, {"a": number % 6 + 1}))
    assert [outcome for outcome in outcomes if not isinstance(outcome, StaleRatingsError)] == [1]


def test_experts_save_beside_each_other_while_the_panel_closes(panel: PanelStory) -> None:
    passes = [panel.begun(link) for link in panel.invited(5)]

    def act(number: int) -> int:
        if number == 5:
            close_panel(panel.database, panel.panel, after())
            return 0
        return save(panel, passes[number], {"a": 3})

    outcomes = at_once(6, act)
    assert all(isinstance(each, PanelClosedError) or each in {0, 1} for each in outcomes)
    assert len(rows(panel.database, "expert_rating")) == outcomes.count(1)


def test_forms_to_choose_from(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        write_small_bank(tmp_path / folder / "bank")
    forms = tmp_path / "second" / "bank" / "forms"
    (forms / "broken.toml").write_text("no toml", "utf-8")
    (forms / "odd.toml").write_text('title = 3\nscenarios = ["x"]', "utf-8")
    (forms / "empty.toml").write_text('title = "Practice"\nscenarios = []', "utf-8")
    (offered,) = list_offered_forms((tmp_path / "first", tmp_path / "second", tmp_path / "nowhere"))
    assert (offered.name, offered.bank, offered.n_scenarios) == ("small-a", "bank", 4)


def test_links_last_as_long_as_they_say(panel: PanelStory) -> None:
    (issued,) = invite_experts(panel.database, LINKS, panel.panel, [("A", "a@example.org")], after(), valid_days=1)
    assert issued.expires_at == after(days=1)
    assert open_expert_link(panel.database, issued.token, after(days=1) - timedelta(seconds=1))
