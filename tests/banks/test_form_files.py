from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.banks.catalog import load_form
from eiassess.banks.forms.files import form_toml, is_there, next_version
from eiassess.banks.forms.specifications import load_specification
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import BankError
from tests.assembling import write_bank


@pytest.fixture
def form(tmp_path: Path) -> AssessmentForm:
    pool = load_specification("trial", (write_bank(tmp_path / "mine").parent,)).pool
    return replace(pool.form, id="new", title='A "new" form', scenarios=pool.scenarios[:3])


def test_a_form_is_read_as_it_was_written(tmp_path: Path, form: AssessmentForm) -> None:
    path = tmp_path / "mine" / "forms" / "new.toml"
    assert not is_there(path, form)
    assert next_version(path) == 1
    path.write_text(form_toml(form, "# Assembled.\n\n"), encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# Assembled.\n\nid =")
    read = load_form("new", (tmp_path,)).form
    assert replace(read, digest="") == replace(form, digest="")


def test_a_form_for_studies_only_stays_one_and_says_nothing_else(tmp_path: Path, form: AssessmentForm) -> None:
    assert "studies_only" not in form_toml(form)
    path = tmp_path / "mine" / "forms" / "new.toml"
    path.write_text(form_toml(form), encoding="utf-8")
    usual = load_form("new", (tmp_path,)).form
    path.write_text(form_toml(replace(form, studies_only=True)), encoding="utf-8")
    study = load_form("new", (tmp_path,)).form
    assert (usual.studies_only, study.studies_only) == (False, True)
    assert usual.digest != study.digest
    assert not is_there(path, form)


def test_a_form_that_says_something_else_gets_the_next_version(tmp_path: Path, form: AssessmentForm) -> None:
    path = tmp_path / "new.toml"
    path.write_text(form_toml(replace(form, version=6)) + 'status = "operational"\n', encoding="utf-8")
    assert is_there(path, form)
    assert not is_there(path, replace(form, scenarios=form.scenarios[::-1]))
    assert next_version(path) == 7
    path.write_text("version = 'x'", encoding="utf-8")
    with pytest.raises(BankError, match="expected a whole number"):
        next_version(path)
