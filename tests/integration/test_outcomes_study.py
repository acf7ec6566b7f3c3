"""The study of those who were hired: told before, taken in, kept for its years, and out of reach when data are gone."""

import json
from datetime import timedelta

import numpy as np
import pytest

from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.domain.outcomes import STUDY_DAYS, study_words
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    OpeningRecord,
    StudyPersonRecord,
)
from eiassess.scoring.person.engine import ENGINE
from eiassess.services import Database
from eiassess.services.deciding.decisions import move_candidates
from eiassess.services.deciding.notices import notice_for
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.mailing.sources import NotNeededError
from eiassess.services.outcomes.recording import rate_work
from eiassess.services.outcomes.switching import get_outcomes, switch_off, switch_on
from eiassess.services.outcomes.validity import get_form_outcomes, list_found_validities
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.upkeep.erasure import erase_candidate
from eiassess.services.upkeep.retention import delete_expired
from eiassess.web.candidate.data_sections import data_sections
from tests.hiring_story import Story, after, everything_stored, rows, standard_form
from tests.mail_host import MailHost
from tests.mailing import send
from tests.outcomes import DUE, GONE, HIRED, KEPT_UNTIL, RATED, hired, mails, move, study, text


def test_candidates_read_of_it_before_they_agree_and_only_then(story: Story) -> None:
    def notice(session_id: str) -> tuple[str, str]:
        with story.database.reading() as db:
            found = notice_for(db, db.get_one(AssessmentSessionRecord, session_id))
            return found.stored, found.digest

    plain = notice(story.invite(opening=story.other_opening).session_id)
    switch_on(story.database, story.alice, story.opening, 60)
    told = notice(story.invite().session_id)
    assert told[0].startswith(plain[0])
    assert "about 60 days later" in told[0]
    assert told[1] != plain[1]


def test_it_is_switched_on_before_anybody_is_invited_and_off_at_any_time(story: Story) -> None:
    for days in (0, 731):
        with pytest.raises(InvalidInputError, match="from 1 to 730"):
            switch_on(story.database, story.alice, story.opening, days)
    switch_on(story.database, story.alice, story.opening, 30)
    hired(story)
    assert rows(story.database, "study_person")
    with pytest.raises(RefusedError, match="did not read of the study"):
        switch_on(story.database, story.alice, story.opening, 30)
    switch_off(story.database, story.alice, story.opening)
    assert rows(story.database, "study_person") == []
    assert get_outcomes(story.database, story.alice, story.opening, 90).days is None
    with pytest.raises(NotFoundError):
        get_outcomes(story.database, story.charlie, story.opening, 90)


def test_hired_people_go_to_the_study_under_a_pseudonym_and_are_told(asking: Story) -> None:
    casey, robin = hired(asking), asking.submitted("Robin")
    delete_expired(asking.database, after(hours=4))
    (person,) = rows(asking.database, "study_person")
    assert set(json.loads(person["scores"])) == {"overall", "competencies", "styles"}
    assert json.loads(person["scores"])["overall"]["interval"]
    assert casey.session_id not in str(person)
    (link,) = rows(asking.database, "study_link")
    assert (link["session_id"], link["person_id"]) == (casey.session_id, person["id"])
    (told,) = mails(asking, "kept_for_study")
    assert told.recipient_email == "casey@example.org"
    assert "without your name and address, are kept for 3 years" in text(asking, told, after(hours=4))
    people = get_outcomes(asking.database, asking.alice, asking.opening, 90).hired
    assert [(each.name, each.in_study, each.asked, each.rated) for each in people] == [("Casey", True, False, False)]
    assert robin.session_id not in {each.session_id for each in people}


def numbers(value: object) -> list[float]:
    """List all numbers in what the study keeps of a score."""
    if isinstance(value, dict):
        return numbers(list(value.values()))
    if isinstance(value, list):
        return [each for part in value for each in numbers(part)]
    return [value] if isinstance(value, float) else []


def test_what_is_kept_is_rounded_so_that_it_is_not_a_download_again(asking: Story) -> None:
    hired(asking)
    (person,) = rows(asking.database, "study_person")
    kept = [person["overall"], *numbers(json.loads(person["scores"]))]
    assert len(kept) > 20
    assert kept == [round(each, 1) for each in kept]
    assert person["overall"] != rows(asking.database, "score")[0]["overall"]
    with asking.database.reading() as db:
        assert db.get_one(StudyPersonRecord, person["id"]).keep_until == KEPT_UNTIL
    assert after(hours=3, days=STUDY_DAYS) - timedelta(days=31) < KEPT_UNTIL <= after(hours=3, days=STUDY_DAYS)


def test_no_words_promise_that_nobody_could_find_them_out(asking: Story) -> None:
    casey = hired(asking)
    (section,) = [
        each
        for each in data_sections(get_own_data(asking.database, casey.invitation_id), standard_form().form, "UTC")
        if each.title == "The study of those who were hired"
    ]
    for words in (study_words(90), text(asking, mails(asking, "kept_for_study")[0], after(hours=4)), section.note):
        assert "nobody can tell" not in words
        assert "keep nothing there that names you" in words or "keeps nothing that names you" in words
        assert "cannot be taken out any more" in words


def test_nobody_goes_to_it_where_it_is_not_asked(story: Story) -> None:
    hired(story)
    assert rows(story.database, "study_person") == []
    assert mails(story, "kept_for_study") == []


def test_who_stands_elsewhere_leaves_the_study_and_gets_no_mail_of_it(asking: Story) -> None:
    casey = hired(asking)
    move(asking, GONE, casey, hours=4)
    delete_expired(asking.database, after(hours=5))
    assert rows(asking.database, "study_person") == []
    with pytest.raises(NotNeededError, match="nothing of them"):
        text(asking, mails(asking, "kept_for_study")[0], after(hours=5))
    with pytest.raises(RefusedError, match="do not stand at hired"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)


def test_who_was_rated_and_leaves_later_stays_in_the_study(asking: Story, host: MailHost) -> None:
    casey = hired(asking)
    send(asking.database, host, after(hours=3))
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    move_candidates(asking.database, asking.alice, asking.opening, [casey.session_id], GONE, DUE + timedelta(days=1))
    delete_expired(asking.database, DUE + timedelta(days=2))
    assert len(rows(asking.database, "work_rating")) == 2
    assert get_own_data(asking.database, casey.invitation_id).study_until == KEPT_UNTIL
    delete_expired(asking.database, after(hours=1, days=KEEP_DAYS))
    assert rows(asking.database, "study_link") == []
    assert len(rows(asking.database, "work_rating")) == 2


def test_who_is_withdrawn_leaves_the_study_rated_or_not(asking: Story) -> None:
    casey = hired(asking)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    with asking.database.writing() as db:
        db.get_one(AssessmentSessionRecord, casey.session_id).withdrawn_at = DUE
        db.get_one(AssessmentSessionRecord, casey.session_id).withdrawn_by = "candidate"
    delete_expired(asking.database, DUE)
    assert [rows(asking.database, table) for table in ("study_person", "work_rating")] == [[], []]


def test_candidates_find_it_in_their_own_data(asking: Story) -> None:
    casey = hired(asking)
    found = get_own_data(asking.database, casey.invitation_id)
    assert (found.study_until, found.work_is_rated) == (KEPT_UNTIL, False)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    assert get_own_data(asking.database, casey.invitation_id).work_is_rated
    sections = data_sections(get_own_data(asking.database, casey.invitation_id), standard_form().form, "UTC")
    (study_section,) = [each for each in sections if each.title == "The study of those who were hired"]
    assert [each.text for each in study_section.rows] == ["In the study", "In the study; ask a person for it", ""]
    assert "what the study has of you goes too" in study_section.note


def test_when_the_sitting_is_deleted_the_study_stays_and_names_nobody(asking: Story, host: MailHost) -> None:
    casey = hired(asking)
    send(asking.database, host, after(hours=3))
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    person = rows(asking.database, "study_person")[0]
    delete_expired(asking.database, after(hours=1, days=KEEP_DAYS))
    assert rows(asking.database, "study_person") == [person]
    assert len(rows(asking.database, "work_rating")) == 2
    assert rows(asking.database, "study_link") == []
    stored = everything_stored(asking.database)
    assert casey.session_id not in stored
    assert "casey" not in stored.lower()


def test_nobody_stays_in_the_study_who_was_not_told(asking: Story) -> None:
    casey = hired(asking)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    robin = asking.submitted("Robin")
    move(asking, HIRED, robin)
    delete_expired(asking.database, after(hours=1, days=KEEP_DAYS))
    for table in ("assessment_session", "study_link", "study_person", "work_rating"):
        assert rows(asking.database, table) == []


def test_nobody_stays_in_the_study_who_was_not_rated(asking: Story, host: MailHost) -> None:
    hired(asking)
    send(asking.database, host, after(hours=3))
    delete_expired(asking.database, after(days=KEEP_DAYS))
    assert len(rows(asking.database, "study_person")) == 1
    delete_expired(asking.database, after(hours=1, days=KEEP_DAYS))
    assert [rows(asking.database, table) for table in ("study_link", "study_person")] == [[], []]


def test_simulated_people_are_written_to_by_nobody_and_stay_once_rated(asking: Story) -> None:
    casey = hired(asking)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    with asking.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE study_person SET simulated = NOT simulated")
    delete_expired(asking.database, after(hours=1, days=KEEP_DAYS))
    assert len(rows(asking.database, "study_person")) == 1


def test_erasure_takes_the_study_along(asking: Story) -> None:
    casey = hired(asking)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    with asking.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, casey.session_id)
        erase_candidate(db, session, ErasedBy.CANDIDATE, ErasureReason.ASKED, DUE)
    assert [rows(asking.database, table) for table in ("study_person", "study_link", "work_rating")] == [[], [], []]


def test_the_study_is_kept_for_its_own_years(asking: Story, host: MailHost) -> None:
    casey = hired(asking)
    send(asking.database, host, after(hours=3))
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    delete_expired(asking.database, KEPT_UNTIL - timedelta(seconds=1))
    assert rows(asking.database, "study_person")
    delete_expired(asking.database, KEPT_UNTIL)
    assert [rows(asking.database, table) for table in ("study_person", "work_rating")] == [[], []]


def test_nobody_is_taken_in_a_second_time_when_the_years_are_over(asking: Story) -> None:
    with asking.database.writing() as db:
        db.get_one(OpeningRecord, asking.opening).keep_days = 2 * STUDY_DAYS
    hired(asking)
    for later in (KEPT_UNTIL, KEPT_UNTIL + timedelta(hours=1), after(days=STUDY_DAYS + 60)):
        delete_expired(asking.database, later)
        assert [rows(asking.database, table) for table in ("study_person", "study_link")] == [[], []]
    assert len(mails(asking, "kept_for_study")) == 1
    assert len(rows(asking.database, "assessment_session")) == 1


def test_from_thirty_people_the_study_says_what_scores_foretold(database: Database) -> None:
    digest = study(database, 60)
    study(database, 40, simulated=True, slope=-1)
    found = get_form_outcomes(database, digest, simulated=False, applicant_sd=15.0)
    assert (found.n_people, found.n_rated, found.n_other, found.n_apart) == (60, 60, 40, 0)
    assert found.validity
    scores, ratings = [], []
    for each in rows(database, "study_person"):
        if not each["simulated"]:
            scores.append(each["overall"])
            mine = [r["rating"] for r in rows(database, "work_rating") if r["person_id"] == each["id"]]
            ratings.append(sum(mine) / len(mine))
    assert found.validity.found.r == pytest.approx(np.corrcoef(scores, ratings)[0, 1])
    assert found.validity.corrected
    assert found.validity.corrected.r > found.validity.found.r
    assert [row.n for row in found.validity.thirds] == [20, 20, 20]
    assert found.validity.thirds[2].successes > found.validity.thirds[0].successes
    other = get_form_outcomes(database, digest, simulated=True)
    assert other.validity
    assert other.validity.found.r < 0
    assert other.validity.corrected is None
    assert [(each.r, each.n) for each in list_found_validities(database)] == [(found.validity.found.r, 60)]


def test_below_thirty_and_of_people_all_alike_it_says_nothing(database: Database) -> None:
    digest = study(database, 29)
    found = get_form_outcomes(database, digest, simulated=False)
    assert (found.validity, found.n_rated) == (None, 29)
    assert "it takes 30" in found.why_not
    nobody = get_form_outcomes(database, digest, simulated=True)
    assert (nobody.n_people, nobody.validity) == (0, None)
    assert list_found_validities(database) == ()


def test_scores_that_were_made_otherwise_are_left_out(database: Database) -> None:
    digest = study(database, 35)
    study(database, 5, engine="two")
    found = get_form_outcomes(database, digest, simulated=False)
    assert (found.n_people, found.n_apart) == (35, 5)
    with pytest.raises(NotFoundError):
        get_form_outcomes(database, "nothing", simulated=False)


def test_an_update_of_the_program_leaves_nobody_out_of_the_study(database: Database) -> None:
    digest = study(database, 20, engine=f"{ENGINE} (EIAssess 0.1.0)")
    study(database, 18, engine=f"{ENGINE} (EIAssess 0.2.0)")
    study(database, 25, engine="another-scale-1 (EIAssess 0.2.0)")
    found = get_form_outcomes(database, digest, simulated=False)
    assert (found.n_people, found.n_rated, found.n_apart) == (38, 38, 25)
    assert found.validity
    assert found.validity.found.n == 38
