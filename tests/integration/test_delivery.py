"""A candidate's way: no answer is lost, mixed or taken when it must not be."""

import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.services import Database
from eiassess.services.hiring.invitations import (
    open_invitation,
    replace_invitation,
    require_open_session,
    revoke_invitation,
)
from eiassess.services.links import LinkClosedError
from eiassess.services.sitting.answers import (
    NOTHING_SAVED,
    NotSittingError,
    SavedResponse,
    StaleRevisionError,
    get_sitting,
    record_consent,
    record_practice,
    save_response,
)
from eiassess.services.sitting.handing_in import submit_session
from tests.hiring_story import LINKS, NOON, Invited, Story, after, at_once, rows, standard_form

FIRST, SECOND = standard_form().form.scenario_ids[:2]
OPTIONS = standard_form().form.scenarios[0].option_ids
ALL_THREES = dict.fromkeys(OPTIONS, 3)
ALL_FIVES = dict.fromkeys(OPTIONS, 5)


def saved(casey: Invited, scenario: str = FIRST) -> SavedResponse:
    return get_sitting(casey.database, casey.invitation_id).response_to(scenario)


def seconds(database: Database) -> dict[str, float]:
    return {row["scenario_id"]: row["seconds"] for row in rows(database, "item_response")}


class TestTheWay:
    def test_a_sitting_begins_with_nothing_done(self, story: Story) -> None:
        casey = story.invite()
        sitting = get_sitting(story.database, casey.invitation_id)
        assert (sitting.state, sitting.consented, sitting.practised) == (SessionState.INVITED, False, False)
        assert (sitting.candidate_name, sitting.opening_title) == ("Casey", "Customer service adviser")
        assert (sitting.form, sitting.responses) == (standard_form().form, {})
        assert sitting.response_to(FIRST) == NOTHING_SAVED
        assert sitting.times.ends_at == after(days=14)

    def test_consent_keeps_time_and_notice_of_the_first_time(self, story: Story) -> None:
        casey = story.invite()
        record_consent(story.database, casey.invitation_id, NOON)
        record_consent(story.database, casey.invitation_id, after(days=1))
        sitting = get_sitting(story.database, casey.invitation_id)
        assert (sitting.consented, sitting.state) == (True, SessionState.STARTED)
        (row,) = rows(story.database, "assessment_session")
        assert row["notice_digest"] == standard_form().bank.notice.digest
        assert str(row["consented_at"]).startswith("2026-11-02 12:00")

    def test_practice_comes_after_consent(self, story: Story) -> None:
        casey = story.invite()
        with pytest.raises(NotSittingError, match="read the notice"):
            record_practice(story.database, casey.invitation_id, NOON)
        record_consent(story.database, casey.invitation_id, NOON)
        record_practice(story.database, casey.invitation_id, NOON)
        assert get_sitting(story.database, casey.invitation_id).practised

    def test_the_order_of_options_is_kept_by_a_seed_of_its_own(self, story: Story) -> None:
        seeds = {get_sitting(story.database, story.invite(name).invitation_id).order_seed for name in "AB"}
        assert len(seeds) == 2
        assert all(len(seed) == 16 for seed in seeds)


class TestSaving:
    def test_first_save_then_the_next(self, casey: Invited) -> None:
        assert casey.save(FIRST, ALL_THREES) == 1
        assert casey.save(FIRST, ALL_FIVES, 1) == 2
        assert saved(casey) == SavedResponse(ALL_FIVES, 2, after(minutes=1))
        assert saved(casey, SECOND) == NOTHING_SAVED

    def test_a_part_of_a_page_can_be_saved(self, casey: Invited) -> None:
        assert casey.save(FIRST, {OPTIONS[0]: 2}) == 1
        assert saved(casey).ratings == {OPTIONS[0]: 2}

    def test_a_rating_can_be_taken_back(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        assert casey.save(FIRST, {}, 1) == 2
        assert saved(casey).ratings == {}

    def test_the_same_again_changes_nothing_and_succeeds(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        assert casey.save(FIRST, ALL_THREES, 0, now=after(minutes=3)) == 1
        assert saved(casey).saved_at == after(minutes=1)

    def test_an_empty_page_is_no_answer(self, casey: Invited) -> None:
        assert casey.save(FIRST, {}) == 0
        assert saved(casey).ratings == {}

    @pytest.mark.parametrize("seen", [0, 2, 99])
    def test_a_save_that_has_not_seen_the_last_one_is_refused_and_shown_both(self, casey: Invited, seen: int) -> None:
        casey.save(FIRST, ALL_THREES)
        with pytest.raises(StaleRevisionError, match="another tab or on another device") as refused:
            casey.save(FIRST, ALL_FIVES, seen)
        assert refused.value.saved == SavedResponse(ALL_THREES, 1, after(minutes=1))
        assert refused.value.given == ALL_FIVES
        assert saved(casey) == refused.value.saved

    def test_a_late_copy_of_an_early_save_does_not_bring_it_back(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        casey.save(FIRST, ALL_FIVES, 1)
        with pytest.raises(StaleRevisionError):
            casey.save(FIRST, ALL_THREES, 0)
        assert saved(casey).ratings == ALL_FIVES

    def test_a_late_save_of_an_empty_page_does_not_wipe_answers(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        with pytest.raises(StaleRevisionError):
            casey.save(FIRST, {}, 0)

    @pytest.mark.parametrize("ratings", [{OPTIONS[0]: 0}, {OPTIONS[0]: 7}, {"nowhere": 3}, {OPTIONS[0]: -1}])
    def test_ratings_are_whole_numbers_of_the_scale_for_options_on_the_page(
        self, casey: Invited, ratings: Mapping[str, int]
    ) -> None:
        with pytest.raises(InvalidInputError, match="a whole number from 1 to 6"):
            casey.save(FIRST, ratings)
        assert rows(casey.database, "item_response") == []

    @pytest.mark.parametrize("scenario", ["nowhere", "practice-lost-ticket", ""])
    def test_scenarios_are_those_of_the_form(self, casey: Invited, scenario: str) -> None:
        with pytest.raises(InvalidInputError, match="not part of your assessment"):
            casey.save(scenario, ALL_THREES)

    def test_people_do_not_share_answers(self, story: Story) -> None:
        casey, robin = story.begun("Casey"), story.begun("Robin")
        casey.save(FIRST, ALL_THREES)
        assert robin.save(FIRST, ALL_FIVES) == 1
        assert saved(casey).ratings == ALL_THREES


class TestTime:
    def test_a_page_takes_the_time_since_the_last_commit(self, casey: Invited) -> None:
        casey.save(FIRST, {OPTIONS[0]: 3}, now=after(seconds=20))
        casey.save(FIRST, ALL_THREES, 1, now=after(seconds=50))
        casey.save(SECOND, {}, now=after(seconds=60))
        assert seconds(casey.database) == {FIRST: 50, SECOND: 10}

    def test_the_same_again_takes_time_too(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES, now=after(seconds=20))
        casey.save(FIRST, ALL_THREES, 1, now=after(seconds=25))
        assert seconds(casey.database) == {FIRST: 25}

    def test_a_refused_save_takes_none(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES, now=after(seconds=20))
        with pytest.raises(StaleRevisionError):
            casey.save(FIRST, ALL_FIVES, 0, now=after(seconds=30))
        assert seconds(casey.database) == {FIRST: 20}

    def test_requests_that_overtake_each_other_count_no_second_twice(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES, now=after(seconds=30))
        casey.save(SECOND, {}, now=after(seconds=10))
        casey.save(SECOND, {}, now=after(seconds=40))
        assert seconds(casey.database) == {FIRST: 30, SECOND: 10}

    def test_without_the_practice_page_the_first_save_starts_the_clock(self, story: Story) -> None:
        casey = story.invite()
        record_consent(story.database, casey.invitation_id, NOON)
        casey.save(FIRST, ALL_THREES, now=after(seconds=20))
        casey.save(FIRST, ALL_FIVES, 1, now=after(seconds=25))
        assert seconds(story.database) == {FIRST: 5}


class TestRefusals:
    def test_before_consent(self, story: Story) -> None:
        casey = story.invite()
        with pytest.raises(NotSittingError, match="read the notice"):
            casey.save(FIRST, ALL_THREES)
        assert rows(story.database, "item_response") == []

    def test_after_handing_in(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        submit_session(casey.database, casey.invitation_id, after(minutes=2))
        with pytest.raises(NotSittingError, match="handed in already"):
            casey.save(FIRST, ALL_FIVES, 1)
        with pytest.raises(NotSittingError, match="handed in already"):
            record_practice(casey.database, casey.invitation_id, after(minutes=3))
        assert saved(casey).ratings == ALL_THREES

    def test_after_revocation(self, casey: Invited) -> None:
        revoke_invitation(casey.database, casey.session_id, after(minutes=1))
        everything_is_closed(casey, after(minutes=1))

    def test_after_replacement_and_the_answers_go_on_under_the_new_link(self, casey: Invited) -> None:
        casey.save(FIRST, ALL_THREES)
        issued = replace_invitation(casey.database, LINKS, casey.session_id, after(minutes=1))
        everything_is_closed(casey, after(minutes=1))
        again = open_invitation(casey.database, issued.token)
        assert get_sitting(casey.database, again).response_to(FIRST).ratings == ALL_THREES

    def test_an_invitation_that_never_was(self, database: Database) -> None:
        with pytest.raises(LinkClosedError):
            get_sitting(database, "nowhere")


def everything_is_closed(casey: Invited, now: datetime) -> None:
    before = rows(casey.database, "item_response"), rows(casey.database, "assessment_session")
    with pytest.raises(LinkClosedError):
        get_sitting(casey.database, casey.invitation_id)
    for use_case in (record_consent, record_practice, submit_session):
        with pytest.raises(LinkClosedError):
            use_case(casey.database, casey.invitation_id, now)
    with pytest.raises(LinkClosedError):
        casey.save(SECOND, {}, now=now)
    assert (rows(casey.database, "item_response"), rows(casey.database, "assessment_session")) == before


class TestManyAtOnce:
    def test_of_parallel_saves_from_the_same_page_one_is_taken_whole(self, casey: Invited) -> None:
        results = at_once(12, lambda n: casey.save(FIRST, dict.fromkeys(OPTIONS, n % 6 + 1)))
        taken = [result for result in results if isinstance(result, int)]
        refused = [result for result in results if isinstance(result, StaleRevisionError)]
        assert len(taken) + len(refused) == 12
        assert set(taken) == {1}
        kept = saved(casey)
        assert (kept.revision, len(set(kept.ratings.values()))) == (1, 1)
        assert all(error.saved.ratings == kept.ratings for error in refused)

    def test_doubled_parallel_saves_all_succeed(self, casey: Invited) -> None:
        assert at_once(8, lambda _: casey.save(FIRST, ALL_THREES)) == [1] * 8

    def test_parallel_saves_of_different_scenarios_are_all_kept(self, casey: Invited) -> None:
        scenarios = standard_form().form.scenarios[:12]
        results = at_once(12, lambda n: casey.save(scenarios[n].id, dict.fromkeys(scenarios[n].option_ids, n % 6 + 1)))
        assert results == [1] * 12
        for number, scenario in enumerate(scenarios):
            assert set(saved(casey, scenario.id).ratings.values()) == {number % 6 + 1}

    def test_every_acknowledged_save_of_a_storm_is_in_the_history_of_revisions(self, casey: Invited) -> None:
        def storm(number: int) -> list[tuple[int, int]]:
            kept, seen = [], 0
            for turn in range(6):
                value = (number * 6 + turn) % 6 + 1
                try:
                    done = save_response(
                        casey.database,
                        casey.invitation_id,
                        FIRST,
                        dict.fromkeys(OPTIONS, value),
                        seen,
                        after(minutes=1),
                    )
                except StaleRevisionError as stale:
                    seen = stale.saved.revision
                else:
                    seen = done.revision
                    kept.append((done.revision, value))
            return kept

        results = at_once(6, storm)
        kept: dict[int, int] = {}
        for result in results:
            assert isinstance(result, list)
            for revision, value in result:
                assert kept.setdefault(revision, value) == value
        assert sorted(kept) == list(range(1, max(kept) + 1))
        assert saved(casey) == SavedResponse(dict.fromkeys(OPTIONS, kept[max(kept)]), max(kept), after(minutes=1))

    def test_saves_beside_handing_in_are_either_scored_or_refused(self, casey: Invited) -> None:
        casey.answer_all((6, 2, 1, 5, 3), 15)
        last = standard_form().form.scenarios[15]

        def work(number: int) -> int | None:
            if number == 0:
                return submit_session(casey.database, casey.invitation_id, after(minutes=30))
            return casey.save(last.id, dict.fromkeys(last.option_ids, 4), now=after(minutes=30))

        results = at_once(2, work)
        (score,) = rows(casey.database, "score")
        answered = json.loads(score["content"])["n_unanswered"] == 0
        assert answered == (results[1] == 1)
        assert answered or isinstance(results[1], NotSittingError)

    def test_a_save_that_waited_while_the_link_was_revoked_is_not_taken(self, casey: Invited) -> None:
        with ThreadPoolExecutor(2) as pool:
            with casey.database.writing() as db:
                require_open_session(db, casey.invitation_id, lock=True)
                waiting = pool.submit(casey.save, FIRST, ALL_THREES)
                time.sleep(0.3)
                revoking = pool.submit(revoke_invitation, casey.database, casey.session_id, after(minutes=1))
                time.sleep(0.3)
                revoked_meanwhile = revoking.done()
            if revoked_meanwhile:
                assert isinstance(waiting.exception(), LinkClosedError)
            else:
                assert revoking.result() is None
                assert waiting.exception() is None or isinstance(waiting.exception(), LinkClosedError)

    def test_a_save_that_waits_for_a_revocation_sees_it(self, casey: Invited) -> None:
        with ThreadPoolExecutor(1) as pool:
            with casey.database.writing() as db:
                _, invitation = require_open_session(db, casey.invitation_id, lock=True)
                waiting = pool.submit(casey.save, FIRST, ALL_THREES)
                time.sleep(0.3)
                invitation.revoked_at = NOON
                db.add(invitation)
            assert isinstance(waiting.exception(), LinkClosedError)
