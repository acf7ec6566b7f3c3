"""The sentence over a list of candidates."""

import pytest

from eiassess.scoring.interpreting import shown_score
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


def test_a_list_says_how_far_scores_lie_apart_and_tests_nothing(rows: dict[str, CandidateRow], office: Office) -> None:
    casey, random, half = rows[office.casey], rows[office.random], rows[office.half]
    assert casey.overall
    assert random.overall
    gap = f"The widest gap is from {shown_score(random.overall.score)} to {shown_score(casey.overall.score)}."
    assert lead_sentence([casey, random]) == f"2 of 2 have handed in. {gap}"
    assert lead_sentence([random, casey, casey]) == f"3 of 3 have handed in. {gap}"
    assert lead_sentence([casey, half]) == "1 of 2 has handed in."


def test_nobody(rows: dict[str, CandidateRow]) -> None:
    assert rows
    assert lead_sentence([]) == "0 of 0 have handed in."
