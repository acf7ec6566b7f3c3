"""How those work who were hired: told before, taken in, asked once, and out of reach when their data are gone."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.mail_states import MailState
from eiassess.domain.openings import MemberPart
from eiassess.domain.outcomes import QUESTION_IDS, STUDY_DAYS, study_words
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    MessageRecord,
    OpeningMemberRecord,
    OpeningRecord,
    StudyPersonRecord,
    UserRecord,
    WorkRatingRecord,
)
from eiassess.scoring.person.engine import ENGINE
from eiassess.services import Database
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.deciding.notices import notice_for
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.identifiers import new_id
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import MailSources, NotNeededError
from eiassess.services.outcomes.recording import get_person_to_rate, rate_work, record_ratings
from eiassess.services.outcomes.switching import get_outcomes, switch_off, switch_on
from eiassess.services.outcomes.validity import get_form_outcomes, list_found_validities
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.upkeep.erasure import erase_candidate
from eiassess.services.upkeep.retention import delete_expired
from eiassess.web.candidate.data_sections import data_sections
from tests.hiring_story import LINKS, Invited, Story, after, at_once, everything_stored, rows, standard_form
from tests.mail_host import MailHost
from tests.mailing import send
from tests.sittings import drawn, sat_by

HIRED = Decision(DecisionStage.HIRED, "Hanna Head", "Spoke best of complaints.")
GONE = Decision(DecisionStage.WITHDREW)
SOURCES = MailSources(LINKS, "help@example.org")
KEPT_UNTIL = datetime(2029, 11, 1, tzinfo=UTC)
"""The first of the month in which three years are over for whoever goes to the study in these tests."""
DUE = after(hours=2, days=90)
"""When whoever was hired in these tests may be rated."""
RATED = {"ownership": 4, "colleagues": 5}


@pytest.fixture
def asking(story: Story) -> Story:
    switch_on(story.database, story.alice, story.opening, 90)
    return story


def move(story: Story, decision: Decision, who: Invited, *, hours: float = 2) -> None:
    move_candidates(story.database, story.alice, story.opening, [who.session_id], decision, after(hours=hours))


def hired(story: Story, name: str = "Casey") -> Invited:
    who = story.submitted(name)
    move(story, HIRED, who)
    delete_expired(story.database, after(hours=3))
    return who


def mails(story: Story, kind: str) -> list[MessageRecord]:
    with story.database.reading() as db:
        found = [db.get_one(MessageRecord, row["id"]) for row in rows(story.database, "message") if row["kind"] == kind]
        db.expunge_all()
        return found


def text(story: Story, record: MessageRecord, now: datetime) -> str:
    with story.database.writing() as db:
        return make_mail(db, record, SOURCES, now).mail.text


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


def test_whoever_recorded_the_hiring_is_asked_once_when_the_days_are_over(asking: Story) -> None:
    hired(asking), hired(asking, "Robin")
    due = after(hours=2, days=90)
    delete_expired(asking.database, due - timedelta(minutes=1))
    assert mails(asking, "work_asked") == []
    for hours in (0, 1):
        delete_expired(asking.database, due + timedelta(hours=hours))
    (asked,) = mails(asking, "work_asked")
    assert (asked.recipient_email, asked.session_id) == ("alice@example.org", None)
    words = text(asking, asked, due)
    assert f"https://hiring.example.org/openings/{asking.opening}/outcomes" in words
    assert "about 90 days ago" in words
    assert "Casey" not in words + asked.given
    assert all(each.asked for each in get_outcomes(asking.database, asking.alice, asking.opening, 90).hired)


def test_the_mail_that_asks_is_made_by_reading_alone_and_sent(asking: Story, host: MailHost) -> None:
    hired(asking)
    due = after(hours=2, days=90)
    delete_expired(asking.database, due)
    (asked,) = mails(asking, "work_asked")
    with asking.database.reading() as db:
        assert "about 90 days ago" in make_mail(db, asked, SOURCES, due).mail.text
    send(asking.database, host, due)
    assert "alice@example.org" in {each.to for each in host.taken}
    assert mails(asking, "work_asked")[0].state == MailState.SENT


def recruits_no_more(story: Story, *people: str) -> None:
    with story.database.writing() as db:
        for user in people:
            db.delete(db.get_one(OpeningMemberRecord, (story.opening, user, MemberPart.RECRUITS.value)))


def test_if_whoever_recorded_it_is_gone_somebody_else_who_recruits_is_asked(asking: Story) -> None:
    hired(asking)
    recruits_no_more(asking, asking.alice)
    delete_expired(asking.database, DUE)
    (asked,) = mails(asking, "work_asked")
    assert asked.recipient_email == "bob@example.org"
    assert "about 90 days ago" in text(asking, asked, DUE)


def test_if_nobody_could_rate_nobody_is_asked_until_somebody_can(asking: Story) -> None:
    hired(asking)
    recruits_no_more(asking, asking.bob)
    with asking.database.writing() as db:
        db.get_one(UserRecord, asking.alice).active = False
    delete_expired(asking.database, DUE)
    assert mails(asking, "work_asked") == []
    assert rows(asking.database, "study_link")[0]["asked_at"] is None
    with asking.database.writing() as db:
        db.get_one(UserRecord, asking.alice).active = True
    delete_expired(asking.database, DUE + timedelta(days=1))
    assert [each.recipient_email for each in mails(asking, "work_asked")] == ["alice@example.org"]


def test_it_is_looked_at_again_when_the_mail_is_sent(asking: Story) -> None:
    casey, robin = hired(asking), hired(asking, "Robin")
    due = after(hours=2, days=90)
    delete_expired(asking.database, due)
    (asked,) = mails(asking, "work_asked")
    rate_work(asking.database, asking.alice, casey.session_id, RATED, due)
    assert text(asking, asked, due)
    move(asking, GONE, robin)
    with pytest.raises(NotNeededError, match="nobody left to rate"):
        text(asking, asked, due)


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


def test_a_rating_is_kept_once_under_the_pseudonym(asking: Story) -> None:
    casey = asking.submitted("Casey")
    with pytest.raises(RefusedError, match="do not stand at hired"):
        get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE)
    move(asking, HIRED, casey)
    rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    person = rows(asking.database, "study_person")[0]["id"]
    assert {(each["person_id"], each["question"], each["rating"]) for each in rows(asking.database, "work_rating")} == {
        (person, "ownership", 4), (person, "colleagues", 5)
    }  # fmt: skip
    with pytest.raises(RefusedError, match="kept already"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)
    assert get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE).ratings == RATED


def test_of_several_who_rate_at_once_one_is_taken(asking: Story) -> None:
    casey = hired(asking)

    def rate(number: int) -> None:
        rate_work(asking.database, asking.alice, casey.session_id, {QUESTION_IDS[number]: 3}, DUE)

    found = at_once(len(QUESTION_IDS), rate)
    assert [type(each) for each in found if each is not None] == [RefusedError] * 3
    assert len(rows(asking.database, "work_rating")) == 1


def test_who_has_left_the_study_meanwhile_is_not_rated(asking: Story) -> None:
    casey = asking.submitted("Casey")
    move(asking, HIRED, casey)
    with asking.database.writing() as db, pytest.raises(RefusedError, match="nothing of them"):
        record_ratings(db, casey.session_id, RATED)


def test_nobody_is_rated_before_the_days_that_candidates_read_of(asking: Story) -> None:
    casey = hired(asking)
    early = DUE - timedelta(minutes=1)
    days = r"asked about from Sunday 31 January 2027, 14:00 \(UTC\) on"
    with pytest.raises(RefusedError, match=days):
        get_person_to_rate(asking.database, asking.alice, casey.session_id, early)
    with pytest.raises(RefusedError, match=days):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, early)
    (person,) = get_outcomes(asking.database, asking.alice, asking.opening, 90).hired
    assert person.asked_from == DUE
    assert get_person_to_rate(asking.database, asking.alice, casey.session_id, DUE).ratings == {}


def test_nobody_is_rated_whose_years_in_the_study_are_over(asking: Story) -> None:
    casey = hired(asking)
    with pytest.raises(RefusedError, match="years of the study are over"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, KEPT_UNTIL)


@pytest.mark.parametrize("wrong", [{}, {"ownership": 6}, {"ownership": 0}, {"charm": 3}])
def test_ratings_that_cannot_be_are_refused(asking: Story, wrong: dict[str, int]) -> None:
    casey = hired(asking)
    with pytest.raises(InvalidInputError):
        rate_work(asking.database, asking.alice, casey.session_id, wrong, DUE)
    assert rows(asking.database, "work_rating") == []


def test_who_has_no_score_is_not_rated(asking: Story) -> None:
    casey = asking.invite("Casey")
    move(asking, HIRED, casey)
    with pytest.raises(RefusedError, match="no overall score"):
        rate_work(asking.database, asking.alice, casey.session_id, RATED, DUE)


def test_an_opening_that_does_not_ask_takes_no_rating(story: Story) -> None:
    casey = hired(story)
    with pytest.raises(RefusedError, match="does not ask"):
        rate_work(story.database, story.alice, casey.session_id, RATED, DUE)
    with pytest.raises(NotFoundError):
        rate_work(story.database, story.charlie, casey.session_id, RATED, DUE)


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
        erase_candidate(db, db.get_one(AssessmentSessionRecord, casey.session_id))
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


def study(database: Database, n: int, *, simulated: bool = False, engine: str = "one", slope: float = 1.0) -> str:
    """Put people into the study whose work follows their score, with noise; return the form's digest."""
    digest = sat_by(database, drawn(1), title=f"{n} {engine}")
    key = rows(database, "opening")[-1]["key_digest"]
    drawn_by = np.random.default_rng(7)
    with database.writing() as db:
        for number in range(n):
            score = 40.0 + number * 40 / max(n, 1)
            person = StudyPersonRecord(
                id=new_id(), simulated=simulated, form_digest=digest, key_digest=key,
                engine=engine, overall=score, scores="{}", keep_until=after(days=STUDY_DAYS),
            )  # fmt: skip
            db.add(person)
            db.flush()
            for question in QUESTION_IDS:
                rating = 3 + slope * (score - 60) / 15 + drawn_by.normal()
                db.add(
                    WorkRatingRecord(person_id=person.id, question=question, rating=int(np.clip(round(rating), 1, 5)))
                )
    return digest


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
