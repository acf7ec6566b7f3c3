"""GET /sit/review and POST /sit/submit: looking once more, and handing in."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import ScoreRecord
from eiassess.scoring.person.engine import OVERALL_SHARE
from eiassess.services.sitting.handing_in import StoredScore, latest_scores
from eiassess.web.candidate.presenters import SCORED_FROM_PERCENT
from eiassess.web.shell.context import Installation
from tests.web.candidate.test_notice import session_of
from tests.web.people import Casey, hand_in, hidden, looking_into, press, rate, token_in


def scores_of(installation: Installation, casey: Casey) -> list[ScoreRecord]:
    with looking_into(installation.database) as db:
        return list(db.exec(select(ScoreRecord).where(ScoreRecord.session_id == casey.session_id)))


def score_of(installation: Installation, casey: Casey) -> StoredScore:
    with looking_into(installation.database) as db:
        return latest_scores(db, [casey.session_id])[casey.session_id]


def rate_all(client: FlaskClient, casey: Casey, *, until: int = 16) -> None:
    for number, scenario in enumerate(casey.form.scenarios[:until], 1):
        rate(client, number, {option: 1 + place % 6 for place, option in enumerate(scenario.option_ids)})


def test_the_rule_is_the_scoring_engines() -> None:
    assert SCORED_FROM_PERCENT == OVERALL_SHARE * 100


def test_it_marks_what_is_missing_in_words(client: FlaskClient, sitting: Casey) -> None:
    rate(client, 1, dict.fromkeys(sitting.form.scenarios[0].option_ids, 4))
    rate(client, 2, {"a": 1, "b": 1, "c": 1})
    page = client.get("/sit/review").text
    assert "1 of 16 scenarios are complete." in page
    assert page.count(">Complete</span>") == 1
    assert ">1 rating missing</span>" in page
    assert ">4 ratings missing</span>" in page
    assert all(f'href="/sit/scenario/{number}"' in page for number in range(1, 17))


def test_it_says_what_follows_from_handing_in(client: FlaskClient, sitting: Casey) -> None:
    rate_all(client, sitting, until=12)
    page = client.get("/sit/review").text
    assert "With fewer than 13 of 16 scenarios complete, your answers cannot be scored as a whole" in page
    rate_all(client, sitting, until=13)
    assert "You may hand in with answers missing" in client.get("/sit/review").text
    rate_all(client, sitting)
    page = client.get("/sit/review").text
    assert "All 16 scenarios are complete." in page
    assert "missing" not in page.split("<main")[1]
    assert "cannot be changed any more" in page


def test_the_promise_about_the_whole_is_kept(client: FlaskClient, sitting: Casey, installation: Installation) -> None:
    rate_all(client, sitting, until=13)
    hand_in(client)
    assert score_of(installation, sitting).score.overall is not None


def test_handing_in_takes_the_last_saved_answers(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    rate_all(client, sitting)
    answer = hand_in(client)
    assert (answer.status_code, answer.location) == (303, "/sit/done")
    assert session_of(installation, sitting).state == SessionState.SUBMITTED
    assert len(scores_of(installation, sitting)) == 1


def test_handing_in_with_gaps_is_a_second_step_that_names_them(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    rate_all(client, sitting)
    rate(client, 3, {"a": 1})
    assert press(client, "/sit/review", to="/sit/submit").location == "/sit/hand-in"
    page = client.get("/sit/hand-in").text
    main = page.split("<main")[1]
    missing = len(sitting.form.scenarios[2].options) - 1
    title = sitting.form.scenarios[2].title
    assert f'<a href="/sit/scenario/3">Scenario 3, {title}</a>: {missing} ratings missing' in unescape(main)
    assert main.count("<li>") == 1
    assert '<a class="button button-primary" href="/sit">Go to the first one missing</a>' in main
    assert main.count("button-primary") == 1
    assert session_of(installation, sitting).state == SessionState.STARTED
    assert hand_in(client).location == "/sit/done"


def test_the_review_leads_to_the_first_gap_before_it_hands_in(client: FlaskClient, sitting: Casey) -> None:
    rate_all(client, sitting, until=15)
    page = client.get("/sit/review").text
    assert '<a class="button button-primary" href="/sit">Go to the first one missing</a>' in page
    assert page.count("button-primary") == 1
    rate_all(client, sitting)
    assert "first one missing" not in client.get("/sit/review").text


def test_other_gaps_than_those_that_were_named_are_named_first(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    rate_all(client, sitting)
    rate(client, 3, {"a": 1})
    named = unescape(hidden(client.get("/sit/hand-in").text, "gaps"))
    rate(client, 4, {"a": 1})
    assert press(client, "/sit/review", to="/sit/submit", gaps=named).location == "/sit/hand-in"
    assert session_of(installation, sitting).state == SessionState.STARTED


def test_with_nothing_missing_there_is_no_second_step(client: FlaskClient, sitting: Casey) -> None:
    rate_all(client, sitting)
    assert client.get("/sit/hand-in").location == "/sit/review"
    assert press(client, "/sit/review", to="/sit/submit").location == "/sit/done"


def test_the_second_step_is_not_for_who_has_not_begun_or_has_finished(client: FlaskClient, casey: Casey) -> None:
    client.get(casey.link)
    assert client.get("/sit/hand-in").location == "/sit/notice"


def test_handing_in_twice_or_at_once_is_handing_in_once(
    app: Flask, client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/hand-in").text
    cookie, token, gaps = client.get_cookie("eiassess-candidate"), token_in(page), unescape(hidden(page, "gaps"))
    assert cookie is not None

    def submit(_number: int) -> int:
        tab = app.test_client()
        tab.set_cookie("eiassess-candidate", cookie.value)
        return tab.post("/sit/submit", data={"csrf_token": token, "gaps": gaps}).status_code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(submit, range(4))) == {303}
    assert submit(5) == 303
    assert len(scores_of(installation, sitting)) == 1


def test_nobody_hands_in_before_agreeing(client: FlaskClient, casey: Casey, installation: Installation) -> None:
    client.get(casey.link)
    assert press(client, "/sit/notice", to="/sit/submit").location == "/sit/notice"
    assert session_of(installation, casey).state == SessionState.INVITED
    assert scores_of(installation, casey) == []


def test_resuming_leads_to_the_first_scenario_that_is_not_complete(client: FlaskClient, sitting: Casey) -> None:
    rate_all(client, sitting, until=4)
    rate(client, 2, {"a": 1})
    assert client.get("/sit").location == "/sit/scenario/2"
    rate_all(client, sitting)
    assert client.get("/sit").location == "/sit/review"
