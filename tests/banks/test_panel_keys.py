"""Keys that panels made: read with their provenance, written as TOML, and what is said of them."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eiassess.banks.catalog import LoadedForm, decode_pinned_key, load_form
from eiassess.banks.keys.toml_text import key_toml
from eiassess.banks.keys.words import evidence_of_key, notice_of_key, with_words_of_key
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.keys import KeyingMethod
from eiassess.errors import BankError
from tests.panel_story import small_form

SAID = {
    "id": "expert-1",
    "version": 1,
    "method": "EXPERT",
    "experts": 10,
    "relevance": 'A "reason" with a backslash \\ and an ü.',
    "relevance_by": "Zoë Head",
    "provisional": False,
    "provenance": {
        "panel": "p1",
        "rated_from": "2026-11-01",
        "rated_to": "2026-11-09",
        "published": "2026-11-10",
        "share_kept": 0.9,
        "median_icc": 0.95,
        "simulated": False,
        "previous": "0" * 64,
        "to_review": ["lost-key.a"],
    },
}


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedForm:
    return small_form(tmp_path)


def panel_key(loaded: LoadedForm, **said: Any) -> str:
    return canonical_json({**json.loads(loaded.key_json), **SAID, **said})


def with_key(loaded: LoadedForm, **said: Any) -> LoadedForm:
    text = panel_key(loaded, **said)
    return replace(loaded, key=decode_pinned_key(text), key_json=text)


def without(*names: str) -> dict[str, Any]:
    return {"provenance": {name: value for name, value in SAID["provenance"].items() if name not in names}}  # type: ignore[attr-defined]  # a dict


def test_a_panels_key_is_read_with_all_that_it_says(loaded: LoadedForm) -> None:
    key = with_key(loaded).key
    assert (key.relevance_by, key.provisional, key.supports_selection) == ("Zoë Head", False, True)
    assert key.provenance is not None
    assert (key.provenance.to_review, key.provenance.median_icc) == (("lost-key.a",), 0.95)
    assert not key.is_simulated
    bare = with_key(loaded, **without("median_icc", "simulated", "to_review")).key.provenance
    assert bare is not None
    assert (bare.median_icc, bare.simulated, bare.to_review) == (None, False, ())


def test_the_digest_covers_the_reason(loaded: LoadedForm) -> None:
    assert with_key(loaded).key.digest != with_key(loaded, relevance="Another reason.").key.digest


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"provisional": "yes"}, "provisional"),
        ({"relevance": ""}, "relevance"),
        ({"provenance": {**SAID["provenance"], "share_kept": 2}}, "provenance.share_kept"),  # type: ignore[dict-item]  # a dict
        ({"provenance": {**SAID["provenance"], "names": ["Zoë"]}}, "provenance.names"),  # type: ignore[dict-item]  # a dict
        (without("panel"), "provenance.panel"),
    ],
)
def test_what_cannot_be_used_is_named(loaded: LoadedForm, said: dict[str, Any], field: str) -> None:
    with pytest.raises(BankError) as caught:
        with_key(loaded, **said)
    assert caught.value.field == field


def test_the_file_has_the_keys_digest_and_stands_in_a_bank(loaded: LoadedForm, tmp_path: Path) -> None:
    text = panel_key(loaded)
    written = key_toml(text)
    assert digest_of(canonical_json(tomllib.loads(written))) == digest_of(text)
    assert written.startswith('id = "expert-1"\nversion = 1\nmethod = "EXPERT"\n')
    (tmp_path / "small" / "keys" / "expert-1.toml").write_text(written, "utf-8")
    form = tmp_path / "small" / "forms" / "small-a.toml"
    form.write_text(form.read_text("utf-8").replace('"theory-1"', '"expert-1"'), "utf-8")
    assert load_form("small-a", (tmp_path,)).key.digest == digest_of(text)


def test_a_key_of_the_authors_own_keeps_its_fields(loaded: LoadedForm) -> None:
    assert digest_of(canonical_json(tomllib.loads(key_toml(loaded.key_json)))) == loaded.key.digest


def test_words_of_the_bank_stay_where_no_panel_made_the_key(loaded: LoadedForm) -> None:
    assert with_words_of_key(loaded) is loaded


def test_words_follow_the_key_of_a_panel(loaded: LoadedForm) -> None:
    bank = with_words_of_key(with_key(loaded)).bank
    assert "with 10 experts" in bank.evidence.key
    assert "Zoë Head recorded why" in bank.evidence.key
    assert "not for ranking" not in bank.evidence.key
    assert "No validity figure is claimed" in bank.evidence.key
    assert bank.evidence.norms == loaded.bank.evidence.norms
    assert bank.notice.key_status.endswith("A named person has recorded why it matters for this job.")
    assert bank.notice.digest != loaded.bank.notice.digest


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({"experts": 4, "provisional": True}, "until at least 10 experts have rated it:"),
        ({"relevance_by": "x", "provisional": True}, "The key is provisional:"),
    ],
)
def test_a_provisional_key_says_what_it_lacks(loaded: LoadedForm, said: dict[str, Any], until: str) -> None:
    key = with_key(loaded, **said).key
    assert until in evidence_of_key(key)
    assert "not for ranking or selection" in evidence_of_key(key)
    assert "not for ranking or selecting people" in notice_of_key(key)


def test_a_key_without_a_reason_says_so(loaded: LoadedForm) -> None:
    key = replace(with_key(loaded).key, relevance="", relevance_by="", provenance=None)
    assert "until a named person has recorded why it is relevant to the job" in evidence_of_key(key)
    assert key.method is KeyingMethod.EXPERT


def test_a_simulated_key_says_so_first(loaded: LoadedForm) -> None:
    key = with_key(loaded, provenance={**SAID["provenance"], "simulated": True}).key  # type: ignore[dict-item]  # a dict
    assert evidence_of_key(key).startswith("SIMULATED")
    assert notice_of_key(key).startswith("SIMULATED")
