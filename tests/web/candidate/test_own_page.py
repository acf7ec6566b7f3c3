"""A candidate's own page: before and after handing in, with their data, requests, withdrawal and erasure."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.roles import Role
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateQuestionRecord,
    ExperienceRatingRecord,
    MessageRecord,
    OpeningRecord,
    ScenarioComplaintRecord,
)
from eiassess.services.hiring.withdrawing import withdraw_candidates
from eiassess.services.privacy.holding import Duty, hold_records
from eiassess.services.sitting.deadlines import hand_in_due
from eiassess.services.upkeep.promises import Promises
from eiassess.web.shell.context import Installation
from tests.hiring_story import everything_stored, rows
from tests.web.pages import check_page
from tests.web.people import Casey, Clock, begin, hand_in, hire_staff, looking_into, press, rate

LATE = {"days": 14, "minutes": 2}


def sent_codes(installation: Installation) -> list[str]:
    """The codes that wait to be mailed, the newest last."""
    with looking_into(installation.database) as db:
        query = select(MessageRecord).where(MessageRecord.kind == "one_use_code").order_by(MessageRecord.created_at)  # type: ignore[arg-type]  # a column
        return [json.loads(each.given)["code"] for each in db.exec(query)]


def get_code(client: FlaskClient, installation: Installation, page: str) -> str:
    assert isinstance(installation.clock, Clock)
    installation.clock.move(seconds=1)  # so that the newest is told apart
    answer = press(client, page, to=f"{page}/code")
    assert "A code is on its way" in answer.text
    return sent_codes(installation)[-1]


def own(client: FlaskClient) -> str:
    answer = client.get("/sit/own")
    assert answer.status_code == 200
    check_page(answer.text)
    return " ".join(answer.text.split())


class TestWhereTheyStand:
    def test_before_beginning(self, client: FlaskClient, casey: Casey) -> None:
        client.get(casey.link)
        page = own(client)
        assert "You are invited and have not begun yet." in page
        assert "Your time runs until" in page
        assert "Monday 7 December 2026, 14:02 UTC" in page
        assert "Read the notice and begin" in page

    def test_a_limit_is_named_before_it_runs_and_while_it_does(
        self, client: FlaskClient, casey: Casey, installation: Installation
    ) -> None:
        client.get(casey.link)
        assert "You can stop and come back with the same link." in own(client)
        with installation.database.writing() as db:
            db.get_one(OpeningRecord, casey.opening_id).time_limit_minutes = 30
        page = own(client)
        assert "From the first scenario on you have 30 minutes, breaks included; practice does not count." in page
        assert "You can stop" not in page
        begin(client, casey)
        page = own(client)
        assert "Monday 23 November 2026, 14:32 UTC" in page
        assert "your limit of 30 minutes or your last day and hour, whichever comes first" in page
        assert "You can stop" not in page

    def test_in_the_midst_of_it(self, client: FlaskClient, sitting: Casey) -> None:
        rate(client, 1, dict.fromkeys("abcd", 3))
        assert "You have answered 1 of 16 scenarios. All of it is saved." in own(client)
        assert sitting.token not in own(client)

    def test_the_deadline_is_said_on_the_clocks_of_the_opening(
        self, client: FlaskClient, casey: Casey, installation: Installation, clock: Clock
    ) -> None:
        with installation.database.writing() as db:
            opening = db.get_one(OpeningRecord, casey.opening_id)
            opening.deadline_at, opening.time_zone = clock(), "America/New_York"
            db.add(opening)
        clock.move(hours=-1)
        client.get(casey.link)
        assert "Monday 23 November 2026, 09:02 (America/New York)" in own(client)

    def test_after_handing_in_the_same_link_leads_on(self, client: FlaskClient, sitting: Casey) -> None:
        hand_in(client)
        client.get(sitting.link)
        page = own(client)
        assert "You have handed in your answers." in page
        assert 'href="/sit/done"' in page
        assert "/sit/withdraw" not in page
        assert 'href="/sit/own"' in client.get("/sit/done").text

    def test_after_the_end_the_same_link_still_opens_it(
        self, client: FlaskClient, sitting: Casey, clock: Clock
    ) -> None:
        clock.move(days=20)
        assert client.get(sitting.link).location == "/sit/own"
        page = own(client)
        assert "Your time has ended, and nothing was handed in yet. What you saved is kept." in page
        for path in ("/sit", "/sit/scenario/1", "/sit/review", "/sit/practice", "/sit/hand-in"):
            assert client.get(path).location == "/sit/own"
        assert press(client, "/sit/withdraw", to="/sit/submit").location == "/sit/own"

    def test_who_never_agreed_is_not_asked_to_after_the_end(
        self, client: FlaskClient, casey: Casey, clock: Clock
    ) -> None:
        clock.move(days=20)
        client.get(casey.link)
        assert client.get("/sit/notice").location == "/sit/own"

    def test_what_the_server_handed_in_is_told_apart(
        self, client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
    ) -> None:
        for number in range(1, 17):
            rate(client, number, dict(zip("abcd", (1, 6, 3, 4), strict=True)))
        with installation.database.reading() as db:
            seen = db.get_one(AssessmentSessionRecord, sitting.session_id).state
        assert seen == "started"
        clock.move(**LATE)
        swept = hand_in_due(installation.database, clock())
        client.get(sitting.link)
        if swept.handed_in:
            assert "what you had saved was handed in for you" in own(client)
            assert "Handed in for you at the end of your time" in client.get("/sit/done").text
        else:
            pytest.fail("nothing was handed in")

    def test_withdrawn_by_the_company_says_other_words_than_by_oneself(
        self, client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
    ) -> None:
        alice = hire_staff(installation, "alice", Role.RECRUITER, sitting.opening_id)
        withdraw_candidates(installation.database, alice.id, sitting.opening_id, [sitting.session_id], clock())
        assert client.get("/sit/scenario/1").location == "/sit/own"
        assert "The company has withdrawn this invitation." in own(client)


class TestWithdrawing:
    def test_it_asks_and_then_ends_it(self, client: FlaskClient, sitting: Casey) -> None:
        del sitting
        asked = press(client, "/sit/withdraw")
        assert asked.status_code == 400
        assert "Tick the box if you are sure." in asked.text
        assert press(client, "/sit/withdraw", sure="y").location == "/sit/own"
        assert "You said that you do not want to take part." in own(client)
        assert "There is nothing to withdraw any more." in client.get("/sit/withdraw").text
        assert client.get("/sit/scenario/1").location == "/sit/own"


class TestAsking:
    def test_something_different(self, client: FlaskClient, sitting: Casey, installation: Installation) -> None:
        alice = hire_staff(installation, "alice", Role.RECRUITER, sitting.opening_id)
        page = client.get("/sit/ask").text
        assert "please do not name a condition" in page
        assert f"{alice.name}" in page
        assert "would read this, and also takes part in the decision" in " ".join(page.split())
        assert "More time than the limit" not in page, "there is no limit"
        assert press(client, "/sit/ask").status_code == 400
        assert press(client, "/sit/ask", kind="more time").status_code == 400
        assert press(client, "/sit/ask", kind="call", words="x" * 2001).status_code == 400
        empty = press(client, "/sit/ask", kind="something else", words=" ")
        assert empty.status_code == 400
        assert "Say what would help you, so that somebody can answer." in empty.text
        check_page(empty.text)
        assert press(client, "/sit/ask", kind="other format").location == "/sit/own?sent=request"
        assert press(client, "/sit/ask", kind="call", words="After four, please").location == "/sit/own?sent=request"
        shown = own(client)
        assert "A call, to talk about what I need" in shown
        assert "After four, please" in shown
        assert "No answer yet." in shown

    def test_while_nobody_is_named_it_says_so(self, client: FlaskClient, sitting: Casey) -> None:
        del sitting
        assert "nobody has been named here who takes care" in client.get("/sit/ask").text

    def test_a_person(self, client: FlaskClient, sitting: Casey, installation: Installation) -> None:
        hand_in(client)
        assert press(client, "/sit/question").status_code == 400
        assert press(client, "/sit/question", kind="correct").status_code == 400
        assert press(client, "/sit/question", kind="explain").location == "/sit/own?sent=question"
        assert "A person answers it" in client.get("/sit/own?sent=question").text
        with looking_into(installation.database) as db:
            (kept,) = db.exec(select(CandidateQuestionRecord)).all()
            assert (kept.session_id, kept.kind) == (sitting.session_id, "explain")
        assert "nothing about taking part can be changed" in client.get("/sit/ask").text


class TestExperience:
    def test_two_taps(self, client: FlaskClient, sitting: Casey, installation: Installation) -> None:
        hand_in(client)
        assert press(client, "/sit/done", to="/sit/experience", rating="5").location == "/sit/own?sent=experience"
        with looking_into(installation.database) as db:
            assert db.get_one(ExperienceRatingRecord, sitting.session_id).rating == 5
        assert "You said: very good." in own(client)

    def test_with_a_line_and_a_scenario(self, client: FlaskClient, sitting: Casey, installation: Installation) -> None:
        press(client, "/sit/experience", rating="2", line=" Too  long ", scenario="3", about="Two answers are alike")
        with looking_into(installation.database) as db:
            assert db.get_one(ExperienceRatingRecord, sitting.session_id).line == "Too long"
            (kept,) = db.exec(select(ScenarioComplaintRecord)).all()
            assert (kept.scenario_id, kept.line) == (sitting.form.scenario_ids[2], "Two answers are alike")

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("rating", "", "Choose one of the five answers."),
            ("line", "x" * 301, "at most 300 characters"),
            ("scenario", "17", "from 1 to 16"),
        ],
    )
    def test_what_cannot_be_kept_is_said(
        self, client: FlaskClient, sitting: Casey, field: str, value: str, says: str
    ) -> None:
        del sitting
        answer = press(client, "/sit/experience", **{"rating": "3", field: value})
        assert answer.status_code == 400
        assert says in answer.text
        check_page(answer.text)


class TestOwnData:
    def test_they_are_shown_and_given_after_a_code(
        self, client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
    ) -> None:
        del sitting
        rate(client, 1, {"a": 6})
        press(client, "/sit/experience", rating="4", line="Fine", scenario="2", about="Hm")
        press(client, "/sit/ask", kind="call", words="After four")
        press(client, "/sit/question", kind="explain")
        hand_in(client)
        assert client.get("/sit/data/file").location == "/sit/data"
        code = get_code(client, installation, "/sit/data")
        assert press(client, "/sit/data", code="00000000").status_code == 400
        assert press(client, "/sit/data", code=code).location == "/sit/data"
        page = client.get("/sit/data").text
        check_page(page)
        for text in ("Casey Moreau", "caseymoreau@example.org", "6, very effective", "After four", "Fine", "Hm"):
            assert text in page
        file = client.get("/sit/data/file")
        assert file.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
        assert file.headers["Cache-Control"] == "no-store"
        kept = json.loads(file.text)
        assert "and interviews: who interviews you, on which day, and the points given." in page
        assert "and interviews: who interviews you, on which day, and the points given." in kept["not_in_here"]
        assert (kept["name"], kept["handed_in_by"], kept["answers"][0]["given"]) == (
            "Casey Moreau",
            "candidate",
            {"a": 6},
        )
        assert kept["adjustments"][0]["words"] == "After four"
        assert re.match(r"2026-11-23T14:02", kept["handed_in_at"])
        clock.move(minutes=15)
        assert client.get("/sit/data/file").location == "/sit/data"

    def test_they_can_be_read_before_anything_was_done(
        self, client: FlaskClient, casey: Casey, installation: Installation
    ) -> None:
        client.get(casey.link)
        press(client, "/sit/data", code=get_code(client, installation, "/sit/data"))
        page = client.get("/sit/data").text
        check_page(page)
        assert "Nothing" in page

    def test_a_code_works_once_for_15_minutes_and_five_tries(
        self, client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
    ) -> None:
        first = get_code(client, installation, "/sit/data")
        second = get_code(client, installation, "/sit/data")
        assert press(client, "/sit/data", code=first).status_code == 400, "only the newest works"
        assert press(client, "/sit/erase", code=second).status_code == 400, "it is for something else"
        clock.move(minutes=15)
        assert press(client, "/sit/data", code=second).status_code == 400
        third = get_code(client, installation, "/sit/data")
        for _ in range(5):
            assert press(client, "/sit/data", code="1").status_code == 400
        assert press(client, "/sit/data", code=third).status_code == 400
        fourth = get_code(client, installation, "/sit/data")
        assert press(client, "/sit/data", code=fourth).status_code == 303
        elsewhere = client.application.test_client()
        elsewhere.get(sitting.link)
        again = press(elsewhere, "/sit/data", code=fourth)
        assert again.status_code == 400, "within its 15 minutes, but used"
        assert "or it was used already" in again.text

    def test_only_so_many_codes_an_hour(
        self, client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
    ) -> None:
        del sitting
        for _ in range(5):
            get_code(client, installation, "/sit/data")
        answer = press(client, "/sit/data", to="/sit/data/code")
        assert answer.status_code == 429
        assert "Several codes were sent within the last hour." in answer.text
        clock.move(hours=1, seconds=1)
        get_code(client, installation, "/sit/data")

    def test_erasing_leaves_nothing(self, client: FlaskClient, sitting: Casey, installation: Installation) -> None:
        rate(client, 1, {"a": 6})
        press(client, "/sit/experience", rating="4", scenario="2")
        press(client, "/sit/ask", kind="call")
        hand_in(client)
        code = get_code(client, installation, "/sit/erase")
        assert press(client, "/sit/erase", code="12345678").status_code == 400
        answer = press(client, "/sit/erase", code=code)
        assert "Your data are erased" in answer.text
        check_page(answer.text)
        assert client.get("/sit/own").location == "/sit/no-link"
        assert client.get(sitting.link).status_code == 410
        assert "casey" not in everything_stored(installation.database).lower()
        elsewhere = everything_stored(installation.database, but={"audit_entry"})  # which holds ids, and nothing else
        assert sitting.session_id not in elsewhere


def test_a_duty_to_keep_records_is_read_and_the_wish_to_erase_waits_for_its_end(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    duty = Duty("Dana Berg", "A complaint is under way.", "2026-12-24")
    hold_records(installation.database, None, sitting.session_id, duty, clock())
    page = client.get("/sit/erase").text
    check_page(page)
    assert "The company has to keep your records until" in page
    assert "Friday 25 December 2026, 00:00 UTC" in page
    assert "Dana Berg" in page
    answer = press(client, "/sit/erase", code=get_code(client, installation, "/sit/erase"))
    assert "Your data are erased later" in answer.text
    assert "A complaint is under way." in answer.text
    check_page(answer.text)
    assert client.get("/sit/own").status_code == 200
    press(client, "/sit/data", code=get_code(client, installation, "/sit/data"))
    assert "Records that have to be kept" in client.get("/sit/data").text
    Promises().keep(installation.database, clock())
    assert client.get("/sit/own").status_code == 200
    clock.move(days=32)
    Promises().keep(installation.database, clock())
    assert client.get("/sit/own").location == "/sit/no-link"
    assert "casey" not in everything_stored(installation.database).lower()
    (receipt,) = rows(installation.database, "erasure_receipt")
    assert (receipt["erased_by"], receipt["reason"]) == ("candidate", "asked")


def test_another_browser_that_opened_the_link_is_signed_out_too(
    client: FlaskClient, other_device: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    other_device.get(sitting.link)
    press(client, "/sit/erase", code=get_code(client, installation, "/sit/erase"))
    assert other_device.get("/sit/own").location == "/sit/no-link"
