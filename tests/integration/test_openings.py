from dataclasses import replace
from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services.hiring.openings import (
    OpeningSummary,
    add_opening,
    assign_member,
    list_openings,
    require_member,
    use_form,
)
from eiassess.services.people.accounts import add_user, change_roles
from eiassess.services.results.for_managers import list_released
from tests.banks.small_bank import FORM_FILE, edit, write_small_bank
from tests.hiring_story import NOON, PASSWORD, Story, after, at_once, rows, standard_form


def test_people_see_the_openings_that_they_work_on_the_newest_first(story: Story) -> None:
    newer = add_opening(story.database, "Team lead", standard_form(), after(days=1), members=["alice@example.org"])
    assert [each.id for each in list_openings(story.database, story.alice)] == [newer, story.opening]
    assert [each.id for each in list_openings(story.database, story.bob)] == [story.opening]
    assert [each.id for each in list_openings(story.database, story.charlie)] == [story.other_opening]
    assert len(list_openings(story.database)) == 3
    assert list_openings(story.database, "nobody") == ()


def test_an_opening_says_how_far_its_candidates_are(story: Story) -> None:
    story.submitted("Casey")
    story.begun("Robin")
    (summary,) = list_openings(story.database, story.alice)
    assert summary == OpeningSummary(
        story.opening, "Customer service adviser", standard_form().form.title, simulated=False,
        n_candidates=2, n_submitted=1, n_released=0,
    )  # fmt: skip
    (other,) = list_openings(story.database, story.charlie)
    assert (other.n_candidates, other.n_submitted, other.n_released) == (0, 0, 0)


@pytest.mark.parametrize(("title", "keep_days"), [("", 180), ("T" * 201, 180), ("Adviser", 0)])
def test_an_opening_needs_a_title_and_a_time_to_keep(story: Story, title: str, keep_days: int) -> None:
    with pytest.raises(InvalidInputError):
        add_opening(story.database, title, standard_form(), NOON, keep_days=keep_days)


def test_an_unknown_member_leaves_no_opening_behind(story: Story) -> None:
    members = ["alice@example.org", "nobody@example.org"]
    with pytest.raises(NotFoundError, match=r"no account for nobody@example\.org"):
        add_opening(story.database, "Adviser", standard_form(), NOON, members=members)
    assert len(rows(story.database, "opening")) == 2


def test_members_can_be_added_and_adding_them_again_changes_nothing(story: Story) -> None:
    assign_member(story.database, story.opening, " Charlie@Example.org")
    assert at_once(4, lambda _: assign_member(story.database, story.other_opening, "bob@example.org")) == [None] * 4
    assign_member(story.database, story.opening, "charlie@example.org")
    assert {each.id for each in list_openings(story.database, story.charlie)} == {story.opening, story.other_opening}
    assert len(list_openings(story.database, story.bob)) == 2
    with pytest.raises(NotFoundError, match="no opening 'nowhere'"):
        assign_member(story.database, "nowhere", "bob@example.org")
    with pytest.raises(NotFoundError, match="no account"):
        assign_member(story.database, story.opening, "nobody@example.org")
    add_user(story.database, "avery@example.org", "Avery", Role.ANALYST, PASSWORD, NOON)
    with pytest.raises(RefusedError, match="neither recruiter nor manager; say which part"):
        assign_member(story.database, story.opening, "avery@example.org")


def test_other_peoples_openings_and_openings_that_are_not_there_look_the_same(story: Story) -> None:
    with story.database.reading() as db:
        assert require_member(db, story.opening, story.alice).id == story.opening
        for opening in (story.other_opening, "nowhere"):
            with pytest.raises(NotFoundError, match=r"^There is no such opening$"):
                require_member(db, opening, story.alice)


def test_whoever_has_one_part_has_no_other(story: Story) -> None:
    """Dana manages, and has no recruiter's page of the opening even when she recruits for another one."""
    change_roles(story.database, "dana@example.org", give=[Role.RECRUITER])
    assign_member(story.database, story.other_opening, "dana@example.org", [MemberPart.RECRUITS])
    with story.database.reading() as db:
        assert require_member(db, story.opening, story.dana, MemberPart.MANAGES).id == story.opening
        assert require_member(db, story.other_opening, story.dana).id == story.other_opening
        with pytest.raises(NotFoundError):
            require_member(db, story.opening, story.dana)
    assert [each.id for each in list_openings(story.database, story.dana)] == [story.other_opening]
    assert [each.opening_id for each in list_released(story.database, story.dana)] == [story.opening]


def test_a_form_for_practice_only_is_not_sat(story: Story) -> None:
    practice = load_form("practice", (data_folder("question_banks"),))
    before = len(list_openings(story.database))
    with pytest.raises(InvalidInputError, match="'practice' is for practice only and has no scenarios to sit; choose"):
        add_opening(story.database, "Adviser", practice, NOON)
    assert len(list_openings(story.database)) == before


def test_nobody_is_invited_to_a_form_for_studies_or_sits_both_halves_of_a_pair(story: Story, tmp_path: Path) -> None:
    bank = write_small_bank(tmp_path / "small")
    edit(bank, FORM_FILE, r"^practice", "studies_only = true\npractice")
    study = load_form("small-a", (tmp_path,))
    before = len(list_openings(story.database))
    for refused in (
        lambda: add_opening(story.database, "Adviser", study, NOON),
        lambda: use_form(story.database, story.opening, study, NOON),
    ):
        with pytest.raises(InvalidInputError, match="'small-a' is for studies only and nobody can be invited to it"):
            refused()
    one, *others = study.form.scenarios
    twins = (replace(one, twin="far-away"), *others, replace(one, id="far-away", twin=one.id))
    both = replace(study, form=replace(study.form, studies_only=False, scenarios=twins))
    with pytest.raises(RefusedError, match=f"both {one.id!r} and its twin 'far-away', and nobody sits both"):
        add_opening(story.database, "Adviser", both, NOON)
    turned = replace(twins[-1], options=one.options[::-1])
    for halves in ((twins[0], turned), (one, turned), (twins[0], replace(turned, twin=None))):
        said = replace(both, form=replace(both.form, scenarios=(*halves, *others)))
        with pytest.raises(RefusedError, match="and nobody sits both; take one out"):
            add_opening(story.database, "Adviser", said, NOON)
    assert len(list_openings(story.database)) == before
