"""Forms in use and their statistics: who counts, real and simulated apart, and which keys fit."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import event

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.scoring.samples.answers import PersonAnswers, house_sample_scores
from eiassess.scoring.samples.scenarios import figures_of_scores
from eiassess.services import Database
from eiassess.services.hiring.openings import add_opening, use_form
from eiassess.services.statistics.forms import compare_ways, get_form_statistics, get_scenario_statistics
from eiassess.services.statistics.samples import get_sample, list_forms_in_use, list_keys
from tests.banks.small_bank import FORM_FILE, edit, write_small_bank
from tests.flip_pairs import parallel_forms, reading
from tests.hiring_story import Story, standard_form
from tests.sittings import NOON, Answers, drawn, sat_by, small_form
from tests.statements import asked

LATER = NOON + timedelta(days=3)


def written(people: Iterable[Answers]) -> list[str]:
    return sorted(json.dumps(answers, sort_keys=True) for answers in people)


def test_without_openings_no_form_is_in_use(database: Database) -> None:
    assert list_forms_in_use(database) == ()


def test_a_form_in_use_says_who_handed_in_and_with_which_key(database: Database) -> None:
    digest = sat_by(database, drawn(3))
    sat_by(database, drawn(2), simulated=True)
    sat_by(database, drawn(2, seed=5), handed_in=False)
    (found,) = list_forms_in_use(database)
    loaded = small_form()
    assert (found.digest, found.id, found.title, found.version) == (digest, "small-a", "Small form A", 1)
    assert (found.bank, found.key_id, found.key_version) == (loaded.form.bank, "theory-1", 1)
    assert (found.n_openings, found.n_real, found.n_simulated) == (3, 3, 2)


def test_real_and_simulated_people_are_never_mixed(database: Database) -> None:
    real, made_up = drawn(4), drawn(3, seed=7)
    digest = sat_by(database, real)
    sat_by(database, made_up, simulated=True)
    sample = get_sample(database, digest, simulated=False)
    assert (len(sample.people), sample.n_other, sample.simulated) == (4, 3, False)
    assert written(each.answers for each in sample.people) == written(real)
    other = get_sample(database, digest, simulated=True)
    assert (len(other.people), other.n_other) == (3, 4)
    assert written(each.answers for each in other.people) == written(made_up)


def test_somebody_who_tries_a_simulated_opening_out_counts_as_simulated(story: Story) -> None:

    demo = add_opening(story.database, "Demo", standard_form(), NOON, simulated=True)
    story.submitted("You", opening=demo)
    story.submitted("Robin")
    (found,) = list_forms_in_use(story.database)
    assert (found.n_real, found.n_simulated, found.n_openings) == (1, 1, 3)


def test_a_form_that_its_opening_has_left_keeps_its_statistics(story: Story) -> None:
    story.submitted("Robin")
    left = standard_form().form.digest
    use_form(story.database, story.opening, small_form(), LATER)
    use_form(story.database, story.other_opening, small_form(), LATER)
    found = {each.id: each for each in list_forms_in_use(story.database)}
    assert {(name, each.n_openings, each.n_real) for name, each in found.items()} == {
        (standard_form().form.id, 1, 1),
        ("small-a", 2, 0),
    }
    assert get_form_statistics(story.database, left, simulated=False).figures.n_people == 1
    assert [each.in_use for each in list_keys(story.database, left)] == [True]


def test_who_handed_in_without_an_answer_is_a_person_too(database: Database) -> None:
    answers = drawn(3)
    answers[1] = {}
    answers[2] = {**answers[2], "lost-key": {}}
    digest = sat_by(database, answers)
    sample = get_sample(database, digest, simulated=False)
    assert sorted(len(each.seconds) for each in sample.people) == [0, 3, 4]
    figures = get_form_statistics(database, digest, simulated=False).figures
    assert (figures.n_people, figures.scenarios[0].n_incomplete, figures.scenarios[1].n_incomplete) == (3, 2, 1)


def test_figures_are_those_of_the_pure_core(database: Database) -> None:
    answers = drawn(40)
    digest = sat_by(database, answers)
    loaded = small_form()
    found = get_form_statistics(database, digest, simulated=False)
    assert found.figures.judged
    people = [PersonAnswers(each, {}) for each in answers]
    expected = figures_of_scores(loaded.form, people, house_sample_scores(loaded.form, loaded.key, people))
    assert [each.item_total.value for each in found.figures.scenarios if each.item_total] == pytest.approx(
        [each.item_total.value for each in expected.scenarios if each.item_total]
    )
    assert [each.median_seconds for each in found.figures.scenarios] == [79.5] * 4
    options = get_scenario_statistics(database, digest, "late-bus", simulated=False)
    assert options.figures == found.figures.scenarios[1]
    assert [sum(each.counts) for each in options.options.options] == [40] * 5
    assert options.judged
    assert options.alpha == found.figures.alpha


def test_all_responses_are_read_in_one_query(database: Database) -> None:
    digest = sat_by(database, drawn(6))
    asked: list[str] = []
    with database.reading() as db:
        engine = db.get_bind().engine
    event.listen(engine, "before_cursor_execute", lambda *what: asked.append(what[2]))
    get_sample(database, digest, simulated=False)
    assert len([each for each in asked if "item_response" in each]) == 1


def test_the_other_halves_are_read_in_one_query_however_many_forms_hold_them(database: Database) -> None:
    first, second = parallel_forms()
    digest = sat_by(database, reading(first, 31), loaded=first)

    def statements() -> int:
        with asked() as found:
            get_form_statistics(database, digest, simulated=False)
        return len(found)

    sat_by(database, reading(second, 30), loaded=second)
    statements()  # what is pinned is held from here on
    few = statements()
    for version in (2, 3, 4):
        sat_by(database, reading(second, 2), loaded=parallel_forms(version=version)[1], now=LATER)
    pairs = get_form_statistics(database, digest, simulated=False).pairs
    assert sorted((each.form.version, each.n_people, each.n_pairs) for each in pairs) == [
        (1, 30, 2), (2, 2, 2), (3, 2, 2), (4, 2, 2),
    ]  # fmt: skip
    assert [each.form.version for each in pairs if each.figures] == [1]
    assert statements() == few


def test_without_another_form_that_holds_halves_there_are_no_pairs(database: Database) -> None:
    _, second = parallel_forms()
    digest = sat_by(database, reading(second, 2), loaded=second)
    assert get_form_statistics(database, digest, simulated=False).pairs == ()


def test_pairs_that_cannot_be_compared_say_why(database: Database) -> None:
    picks = 'formats = { sewing = "PICK_BEST_AND_WORST", on-the-sign = "PICK_BEST_AND_WORST" }'
    first, second = parallel_forms(more=picks)
    chosen = {"sewing": {"a": 1, "b": -1}, "on-the-sign": {"a": 1, "b": -1}}
    digest = sat_by(database, [{**each, **chosen} for each in reading(first, 30)], loaded=first)
    sat_by(database, reading(second, 30), loaded=second)
    (found,) = get_form_statistics(database, digest, simulated=False).pairs
    assert found.figures is None
    assert found.not_estimable[0].startswith("sewing and sixty-scales: their options are not rated")


def test_what_is_not_there_is_not_found(database: Database) -> None:
    digest = sat_by(database, drawn(1))
    for simulated in (False, True):
        with pytest.raises(NotFoundError):
            get_form_statistics(database, "f" * 64, simulated=simulated)
        with pytest.raises(NotFoundError):
            get_scenario_statistics(database, digest, "no-such", simulated=simulated)
        with pytest.raises(NotFoundError):
            compare_ways(database, "f" * 64, None, None, simulated=simulated)
    with pytest.raises(NotFoundError):
        list_keys(database, "f" * 64)


def two_keys(database: Database) -> str:
    """A form whose newest opening uses another version of the key."""
    digest = sat_by(database, drawn(30), now=NOON)
    assert sat_by(database, [], loaded=small_form(key_version=2), now=LATER) == digest
    return digest


def test_the_key_of_the_newest_opening_is_in_use_and_others_stand_beside_it(database: Database, story: Story) -> None:
    assert story.opening, "another form's key, which does not fit"
    digest = two_keys(database)
    assert [(each.key.version, each.in_use) for each in list_keys(database, digest)] == [(2, True), (1, False)]
    assert get_sample(database, digest, simulated=False).key.version == 2


def test_two_ways_are_chosen_where_none_is_named(database: Database) -> None:
    found = compare_ways(database, two_keys(database), None, None, simulated=False)
    assert [(each.key.version, each.rule.value) for each in (found.first, found.second)] == [
        (2, "standardised"),
        (1, "standardised"),
    ]
    assert [rule.value for rule in found.rules] == ["standardised", "distance", "squared distance"]
    assert found.comparison is not None
    assert found.comparison.n_both == 30
    assert max(each.key_distance for each in found.comparison.scenarios) == pytest.approx(2.5 / 4)


def test_ways_are_named_by_key_and_rule(database: Database) -> None:
    digest, key = sat_by(database, drawn(30)), small_form().key
    found = compare_ways(database, digest, (key.digest, "distance"), None, simulated=False)
    assert (found.first.rule.value, found.second.rule.value) == ("distance", "standardised")
    found = compare_ways(database, digest, None, (key.digest, "squared distance"), simulated=False)
    assert found.second.rule.value == "squared distance"
    for wrong in (("x" * 64, "distance"), (key.digest, "hits"), (key.digest, "")):
        with pytest.raises(InvalidInputError, match="choose from the list"):
            compare_ways(database, digest, wrong, None, simulated=False)
    same = (key.digest, "distance")
    with pytest.raises(InvalidInputError, match="Both ways to score are the same"):
        compare_ways(database, digest, same, same, simulated=False)


def test_one_key_and_one_rule_leave_nothing_to_compare(database: Database) -> None:
    digest = sat_by(database, [], loaded=ranked())
    found = compare_ways(database, digest, None, None, simulated=False)
    assert (found.first, found.comparison) == (found.second, None)


def ranked() -> LoadedForm:
    """The small form, its options put in order."""

    with TemporaryDirectory() as folder:
        bank = write_small_bank(Path(folder) / "small")
        edit(bank, FORM_FILE, '^format = "RATE_EACH"$', 'format = "RANK"')
        edit(
            bank,
            "bank.toml",
            r"^\[notice\]$",
            '[prompts.responses.RANK]\nquestion = "Order?"\ntop = "Best"\nbottom = "Worst"\n\n'
            '[prompts.emotions.RANK]\nquestion = "Order?"\ntop = "Most"\nbottom = "Least"\n\n[notice]',
        )
        return load_form("small-a", (Path(folder),))
