"""What the product promises of the bank that it ships, whichever scenarios, forms and key stand in it."""

from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, list_bank_files, load_form
from eiassess.banks.cover.bank_cover import check_cover

FORMS = list_bank_files("form", (data_folder("question_banks"),))
SCENARIOS_AT_LEAST, EACH_COMPETENCY_AT_LEAST = 16, 2


@pytest.fixture(params=FORMS, ids=[path.stem for path in FORMS])
def loaded(request: pytest.FixtureRequest) -> LoadedForm:
    return load_form(str(request.param), ())


def test_forms_to_invite_for_and_to_practise_on_are_shipped() -> None:
    sat = [path.stem for path in FORMS if load_form(str(path), ()).form.scenarios]
    assert {"standard-a", "screening"} <= set(sat)
    assert len(sat) < len(FORMS)


def test_every_form_that_is_sat_covers_the_whole_model(loaded: LoadedForm) -> None:
    form, model = loaded.form, loaded.bank.model
    members = [scenario.competency for scenario in form.scenarios]
    assert len(model.competency_ids) == 8
    if members:  # else for practice only
        assert len(members) >= SCENARIOS_AT_LEAST
        assert all(members.count(each) >= EACH_COMPETENCY_AT_LEAST for each in model.competency_ids)
        assert set(model.styles) <= {scenario.style for scenario in form.scenarios}


def test_readers_of_the_options_alone_do_not_find_the_key_and_readers_of_the_situations_do() -> None:
    readers = Path(__file__).parents[2] / "docs" / "psychometrics" / "cover-test" / "second-edition-version-4"
    assert list(check_cover(data_folder("question_banks") / "service-ei", readers)) == []


def test_the_standard_forms_are_halves_of_flip_pairs_across() -> None:
    forms = [load_form(f"standard-{half}", (data_folder("question_banks"),)).form for half in "ab"]
    halves = [{scenario.id for scenario in form.scenarios if scenario.twin} for form in forms]
    assert [len(each) >= 20 for each in halves] == [True, True]
    assert {scenario.twin for scenario in forms[0].scenarios if scenario.twin} == halves[1]


def test_what_the_form_for_studies_asks_twice_lies_far_apart() -> None:
    form = load_form("pairs-study", (data_folder("question_banks"),)).form
    place = {name: number for number, name in enumerate(form.scenario_ids)}
    assert form.studies_only
    assert {abs(place[each.id] - place[each.twin or ""]) for each in form.scenarios} == {len(place) // 2}


def test_no_key_claims_experts_that_it_did_not_have(loaded: LoadedForm) -> None:
    assert (loaded.key.method, loaded.key.experts) == ("THEORY", 0)


def test_every_option_of_the_key_has_a_reason_and_known_sources(loaded: LoadedForm) -> None:
    for options in loaded.key.credits.values():
        for credit in options.values():
            assert credit.rationale
            assert credit.sources
            assert set(credit.sources) <= set(loaded.bank.sources)
