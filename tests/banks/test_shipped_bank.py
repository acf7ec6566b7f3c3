"""What the product promises of the bank that it ships, whichever scenarios, forms and key stand in it."""

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, list_bank_files, load_form

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


def test_no_key_claims_experts_that_it_did_not_have(loaded: LoadedForm) -> None:
    assert (loaded.key.method, loaded.key.experts) == ("THEORY", 0)


def test_every_option_of_the_key_has_a_reason_and_known_sources(loaded: LoadedForm) -> None:
    for options in loaded.key.credits.values():
        for credit in options.values():
            assert credit.rationale
            assert credit.sources
            assert set(credit.sources) <= set(loaded.bank.sources)
