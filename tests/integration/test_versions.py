"""What was sat is frozen; a new version is another form; who began the old one stays with it."""

import shutil
from pathlib import Path

import pytest

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.errors import NotFoundError, RefusedError
from eiassess.scoring.comparing import Apart
from eiassess.services.hiring.openings import add_opening, use_form
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.comparing import compare_candidates
from tests.banks import small_bank
from tests.hiring_story import NOON, Invited, Story, after

EXPERT_KEY = 'method = "EXPERT"\nexperts = 12\nrelevance = "They do this every day."\nrelevance_by = "Avery Stone"'


class Bank:
    """A small bank on disk that tests edit and load again."""

    def __init__(self, folder: Path) -> None:
        self.folder = small_bank.write_small_bank(folder)

    def load(self) -> LoadedForm:
        return load_form(small_bank.FORM, (self.folder.parent,))

    def edit(self, file: str, pattern: str, replacement: str) -> "Bank":
        small_bank.edit(self.folder, file, pattern, replacement)
        return self

    def raise_version(self, *files: str) -> "Bank":
        for file in files:
            self.edit(file, r"^version = 1$", "version = 2")
        return self


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path / "banks" / "small")


@pytest.fixture
def opening(story: Story, bank: Bank) -> str:
    members = ["alice@example.org"]
    return add_opening(story.database, "Front desk", bank.load(), NOON, members=members)


def sit(story: Story, bank: Bank, opening: str, name: str) -> Invited:
    invited = story.begun(name, opening=opening)
    for number, scenario in enumerate(bank.load().form.scenarios):
        invited.save(
            scenario.id, dict(zip(scenario.option_ids, (6, 1, 2, 5, 3), strict=False)), now=after(minutes=number)
        )
    story.hand_in(invited)
    return invited


@pytest.mark.parametrize(
    ("file", "change", "mend"),
    [
        (small_bank.LOST_KEY, (r"^title = .*$", 'title = "Another title"'), "scenario 'lost-key'"),
        (small_bank.KEY, (r"^value = .*$", "value = 3.0"), "key 'theory-1'"),
        (small_bank.FORM_FILE, (r"^title = .*$", 'title = "Another title"'), "form 'small-a'"),
    ],
)
def test_a_version_that_was_sat_cannot_be_used_with_other_content(
    story: Story, bank: Bank, opening: str, file: str, change: tuple[str, str], mend: str
) -> None:
    sit(story, bank, opening, "Casey")
    bank.edit(file, *change)
    with pytest.raises(RefusedError, match=rf"{mend}.*frozen; raise its version to 2"):
        use_form(story.database, opening, bank.load(), after(hours=2))
    if file == small_bank.LOST_KEY:  # a form with another version of a scenario is another version too
        bank.raise_version(small_bank.FORM_FILE)
    use_form(story.database, opening, bank.raise_version(file).load(), after(hours=2))


def test_what_nobody_was_invited_to_yet_may_still_change(story: Story, bank: Bank, opening: str) -> None:
    bank.edit(small_bank.FORM_FILE, r"^title = .*$", 'title = "Another title"')
    use_form(story.database, opening, bank.load(), after(hours=1))


def test_who_is_invited_will_sit_it_so_it_is_frozen(story: Story, bank: Bank, opening: str) -> None:
    """Or one version would be sat with two contents: by who was invited before the edit, and by who was after it."""
    story.invite("Casey", opening=opening)
    bank.edit(small_bank.LOST_KEY, r"^title = .*$", 'title = "Another title"')
    with pytest.raises(RefusedError, match=r"scenario 'lost-key'.*frozen; raise its version to 2"):
        use_form(story.database, opening, bank.load(), after(hours=1))


def test_two_openings_with_one_version_and_two_contents(story: Story, bank: Bank, opening: str) -> None:
    """Nobody was invited to either when they were made: the first who is decides which content it is."""
    bank.edit(small_bank.LOST_KEY, r"^title = .*$", 'title = "Another title"')
    other = add_opening(story.database, "Night desk", bank.load(), NOON, members=["alice@example.org"])
    story.invite("Casey", opening=opening)
    with pytest.raises(RefusedError, match=r"scenario 'lost-key'.*frozen; raise its version to 2"):
        story.invite("Robin", opening=other)


def test_moving_on_in_life_is_no_change(story: Story, bank: Bank, opening: str) -> None:
    before = bank.load().form.digest
    sit(story, bank, opening, "Casey")
    for file in (small_bank.FORM_FILE, small_bank.LOST_KEY):
        bank.edit(file, r"^version = 1$", 'version = 1\nstatus = "trial"')
    assert bank.load().form.digest == before
    use_form(story.database, opening, bank.load(), after(hours=2))


def test_another_bank_may_use_the_same_names(story: Story, bank: Bank, opening: str, tmp_path: Path) -> None:
    sit(story, bank, opening, "Casey")
    shutil.copytree(bank.folder, tmp_path / "others" / "other-bank")
    other = load_form(small_bank.FORM, (tmp_path / "others",))
    add_opening(story.database, "Elsewhere", other, NOON)


@pytest.mark.parametrize("status", ["draft", "retired"])
@pytest.mark.parametrize("file", [small_bank.FORM_FILE, small_bank.LOST_KEY])
def test_drafts_and_retired_content_are_refused(story: Story, bank: Bank, status: str, file: str) -> None:
    bank.edit(file, r"^version = 1$", f'version = 1\nstatus = "{status}"')
    with pytest.raises(RefusedError, match=f"is (a )?{status}; only trial and operational content can be sat"):
        add_opening(story.database, "Front desk", bank.load(), NOON)


def make_operational(bank: Bank) -> Bank:
    for file in (
        small_bank.FORM_FILE, small_bank.LOST_KEY, small_bank.COLD_SOUP, small_bank.LATE_BUS, small_bank.QUIET_CALLER
    ):  # fmt: skip
        bank.edit(file, r"^version = 1$", 'version = 1\nstatus = "operational"')
    return bank


def test_an_operational_form_needs_a_key_that_supports_selection(story: Story, bank: Bank) -> None:
    make_operational(bank)
    with pytest.raises(RefusedError, match="'small-a' cannot be operational with the key 'theory-1'"):
        add_opening(story.database, "Front desk", bank.load(), NOON)
    bank.edit(small_bank.KEY, r'^method = "THEORY"\nexperts = 0$', EXPERT_KEY)
    add_opening(story.database, "Front desk", bank.load(), NOON)


def test_an_operational_form_has_no_scenario_in_trial(story: Story, bank: Bank) -> None:
    make_operational(bank).edit(small_bank.LATE_BUS, r'^status = "operational"$', 'status = "trial"')
    with pytest.raises(RefusedError, match="'late-bus' is in trial, so the form 'small-a' cannot be operational"):
        add_opening(story.database, "Front desk", bank.load(), NOON)


def new_version(story: Story, bank: Bank, opening: str) -> tuple[Invited, Invited]:
    """Give the opening a second version after one person sat the first."""
    first = sit(story, bank, opening, "Casey")
    bank.edit(small_bank.FORM_FILE, r"^title = .*$", 'title = "Small form, mended"')
    bank.raise_version(small_bank.FORM_FILE)
    use_form(story.database, opening, bank.load(), after(hours=2))
    return first, sit(story, bank, opening, "Robin")


def test_who_began_a_version_stays_with_it_and_the_scores_do_not_compare(
    story: Story, bank: Bank, opening: str
) -> None:
    first, second = new_version(story, bank, opening)
    rows = {row.session_id: row for row in list_candidates(story.database, story.alice, opening).candidates}
    assert rows[first.session_id].form_label.endswith("version 1")
    assert rows[second.session_id].form_label == "Small form, mended, version 2"
    assert (rows[first.session_id].apart, rows[second.session_id].apart) == ((Apart.FORM,), ())
    with pytest.raises(RefusedError, match="different forms"):
        compare_candidates(story.database, story.alice, opening, [first.session_id, second.session_id])


def test_versions_that_somebody_linked_compare(story: Story, bank: Bank, opening: str) -> None:
    reason = 'reason = "Only the title changed."\nstated_by = "Avery Stone"'
    link = f'\n[[comparable_with]]\ndigest = "{bank.load().form.digest}"\n{reason}\n'
    path = bank.folder / small_bank.FORM_FILE
    first = sit(story, bank, opening, "Casey")
    bank.raise_version(small_bank.FORM_FILE)
    path.write_text(path.read_text(encoding="utf-8") + link, encoding="utf-8")
    use_form(story.database, opening, bank.load(), after(hours=2))
    second = sit(story, bank, opening, "Robin")
    rows = list_candidates(story.database, story.alice, opening).candidates
    assert [row.apart for row in rows] == [(), ()]
    for pair in ([first.session_id, second.session_id], [second.session_id, first.session_id]):
        assert compare_candidates(story.database, story.alice, opening, pair).candidates


def test_there_is_no_such_opening(story: Story, bank: Bank) -> None:
    with pytest.raises(NotFoundError, match="no opening 'nowhere'"):
        use_form(story.database, "nowhere", bank.load(), NOON)
