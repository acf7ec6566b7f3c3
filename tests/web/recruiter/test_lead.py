"""The sentence over a list of candidates."""

from dataclasses import replace

import pytest

from eiassess.services.accounts import find_account
from eiassess.services.results import CandidateRow, list_candidates
from eiassess.web.context import Installation
from eiassess.web.recruiter.presenters.listing import lead_sentence
from tests.web.staff import Office


@pytest.fixture
def rows(installation: Installation, office: Office) -> dict[str, CandidateRow]:
    alice = find_account(installation.database, "alice@example.org")
    assert alice
    found = list_candidates(installation.database, alice.id, office.opening).candidates
    return {row.session_id: row for row in found}


def test_two_are_told_apart_or_not(rows: dict[str, CandidateRow], office: Office) -> None:
    casey, random, half = rows[office.casey], rows[office.random], rows[office.half]
    assert lead_sentence([casey, random]).endswith("The two differ by more than their error.")
    assert lead_sentence([casey, replace(casey)]).endswith("The two cannot be told apart.")
    assert lead_sentence([casey, half]) == "1 of 2 has handed in."


def test_neighbours_who_are_apart_are_counted(rows: dict[str, CandidateRow], office: Office) -> None:
    casey, random = rows[office.casey], rows[office.random]
    apart = "Of 2 pairs of neighbours in rank, 1 differs by more than their error."
    assert lead_sentence([casey, casey, random]).endswith(apart)
    together = "Neighbours in rank cannot be told apart: none differ by more than their error."
    assert lead_sentence([casey] * 3).endswith(together)


def test_nobody(rows: dict[str, CandidateRow]) -> None:
    assert rows
    assert lead_sentence([]) == "0 of 0 have handed in."
