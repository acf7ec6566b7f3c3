"""Irritants from a key to what a report says: only where somebody rated them as effective beyond chance."""

import re

from eiassess.domain.reports import HiringReport
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.services.hiring.openings import add_opening
from eiassess.services.results.for_managers import get_basis_for_operator
from eiassess.services.results.for_recruiters import get_candidate_result
from tests.answering import following_the_key
from tests.hiring_story import NOON, Invited, Story, rows, standard_form
from tests.irritants import CANNED, liking_canned_words, n_tagged, tagged_form

MEANT = standard_form().bank.model.irritants[CANNED]


def hired(story: Story, ratings: list[int], *, tagged: bool = True) -> Invited:
    if not tagged:
        return story.submitted("Nora", ratings)
    opening = add_opening(story.database, "Adviser", tagged_form(), NOON, members=["alice@example.org"])
    return story.submitted("Nora", ratings, opening=opening)


def report_of(story: Story, nora: Invited) -> HiringReport:
    return write_hiring_report(get_basis_for_operator(story.database, nora.session_id))


def test_who_rates_canned_words_as_effective_is_asked_about_them(story: Story) -> None:
    nora = hired(story, liking_canned_words())
    report = report_of(story, nora)
    (area,) = report.irritants
    assert area.name == "Rated as effective: Canned words"
    assert area.reason.startswith(
        f"{MEANT.meaning}. {n_tagged()} of {n_tagged()} such responses were rated as effective;"
    )
    assert re.search(r"\(p [=<] 0\.0[0-4]\d after Holm's correction for all irritants in the form\)", area.reason)
    assert area.questions == (MEANT.interview,)
    assert "theory-1" in report.irritants_note
    assert "(THEORY with 0 experts), and it is for preparing the interview, not for ranking" in report.irritants_note
    (found,) = get_candidate_result(story.database, story.alice, nora.session_id).irritants
    assert (found.irritant, found.n_above, found.n_tagged) == (CANNED, n_tagged(), n_tagged())


def test_who_follows_the_key_is_not(story: Story) -> None:
    nora = hired(story, following_the_key())
    report = report_of(story, nora)
    assert (report.irritants, report.irritants_note) == ((), "")
    assert get_candidate_result(story.database, story.alice, nora.session_id).irritants == ()


def test_without_a_score_nothing_is_said_of_irritants(story: Story) -> None:
    nora = hired(story, [4] * 10)
    assert report_of(story, nora).irritants == ()
    assert get_candidate_result(story.database, story.alice, nora.session_id).irritants == ()


def test_before_handing_in_nothing_is_said_of_irritants(story: Story) -> None:
    assert get_candidate_result(story.database, story.alice, story.begun().session_id).irritants == ()


def test_tags_change_no_stored_score(story: Story) -> None:
    """The same answers under the key with other tags: the same content, and nothing of irritants in it."""
    for tagged in (True, False):
        hired(story, liking_canned_words(), tagged=tagged)
    with_tags, without = rows(story.database, "score")
    assert with_tags["key_digest"] != without["key_digest"]
    assert with_tags["content_digest"] == without["content_digest"]
    assert CANNED not in str(with_tags["content"])
