"""/analysis/fairness: sums of voluntary answers, of openings in which the analyst has no part."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlmodel import select

from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    FairnessPageRecord,
    FormerContactRecord,
    ShareLinkRecord,
    UserRecord,
    UserRoleRecord,
)
from eiassess.services.fairness.sums import renew_sums
from eiassess.services.hiring.opening_members import set_parts
from eiassess.services.hiring.openings import assign_member
from eiassess.services.upkeep.retention import delete_candidate
from eiassess.web.shell.context import Installation
from tests.fairness_story import LAW, answers_of, sat_and_asked
from tests.hiring_story import rows
from tests.web.browsing import check_everywhere, opened
from tests.web.pages import check_page

GENDERS = ["Woman"] * 25 + ["Man"] * 12 + ["In another way"] * 2 + [""]


def test_with_no_opening_that_asks_it_says_who_switches_it_on(avery: FlaskClient) -> None:
    page = avery.get("/analysis/fairness").text
    assert "No opening asks yet" in page
    assert "/analysis/fairness" in avery.get("/analysis").text
    check_page(page)


def test_before_ten_have_answered_nothing_is_shown(avery: FlaskClient, installation: Installation) -> None:
    opening = sat_and_asked(installation.database, 12)
    answers_of(installation.database, opening, [{"q1": "Woman"}] * 9)
    assert renew_sums(installation.database, installation.clock()) == 0
    listed = avery.get("/analysis/fairness").text
    assert "fewer than 10" in listed
    check_page(listed)
    page = avery.get(f"/analysis/fairness/{opening}").text
    assert "Fewer than 10 people are counted, so nothing is shown yet." in page
    assert "Woman" not in page
    check_page(page)
    assert avery.get(f"/analysis/fairness/{opening}/law-144").status_code == 404


def test_sums_are_shown_and_small_groups_are_not(avery: FlaskClient, installation: Installation) -> None:
    opening = sat_and_asked(installation.database, len(GENDERS))
    answers_of(installation.database, opening, [{"q1": each} if each else {} for each in GENDERS])
    renew_sums(installation.database, installation.clock())
    assert "2 questions" in avery.get("/analysis/fairness").text
    page = avery.get(f"/analysis/fairness/{opening}").text
    check_page(page)
    assert "40 people who answered" in page
    assert re.search(
        r"<dt>Woman</dt><dd>25</dd><dt>Man</dt><dd>12</dd><dt>In another way</dt><dd>fewer than 10</dd>", page
    )
    assert "Each group beside the largest: Woman." in page
    assert "Not shown, since parts are of fewer than 10 people: interview, offer, hired." in page
    assert "It takes two groups to compare." in page, "nobody said how old they are"
    assert "Not assessable: it takes 200 people in the smaller group" in page
    assert "Local Law" not in page
    assert "SIMULATED" not in page
    assert "Nora Number" not in page


def test_simulated_people_are_said_to_be_so(avery: FlaskClient, installation: Installation) -> None:
    opening = sat_and_asked(installation.database, 20, simulated=True)
    answers_of(installation.database, opening, [{"q1": "Woman"}] * 20)
    renew_sums(installation.database, installation.clock())
    assert "SIMULATED" in avery.get("/analysis/fairness").text
    page = avery.get(f"/analysis/fairness/{opening}").text
    assert "20 simulated people who answered" in page
    assert "Too few to compare: no question has two groups of 10 people with a score." in page
    check_page(page)


def test_the_law_s_tables_stand_apart_and_show_every_group(avery: FlaskClient, installation: Installation) -> None:
    opening = sat_and_asked(installation.database, 14, LAW)
    address = f"/analysis/fairness/{opening}/law-144"
    assert "No tables yet" in avery.get(address).text
    told = [{"law_sex": "Female", "law_race": "Asian"}] * 8 + [{"law_sex": "Male", "law_race": "White"}] * 3
    answers_of(installation.database, opening, [*told, {}])
    renew_sums(installation.database, installation.clock())
    assert address in avery.get(f"/analysis/fairness/{opening}").text
    page = avery.get(address).text
    check_page(page)
    assert "What is your sex? Scored above the median. Of 14 people, on " in page
    assert page.count("Of 3 of them the category is unknown") == 3
    assert re.search(r'<th scope="row">Male / White</th><td class="num">3</td>', page)
    assert "They are not the independent audit that the law asks for." in page
    assert "a group of one is a person" in page


def test_whoever_has_a_part_in_an_opening_sees_none_of_its_sums(avery: FlaskClient, installation: Installation) -> None:
    opening = sat_and_asked(installation.database, 10)
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 200
    assign_member(installation.database, opening, "avery@example.org", [MemberPart.INTERVIEWS])
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 404
    assert "No opening asks yet" in avery.get("/analysis/fairness").text
    assert avery.get("/analysis/fairness/made-up").status_code == 404


@pytest.mark.parametrize("part", ["link", "contact", "switched"])
def test_whoever_once_had_a_part_in_it_sees_none_either(
    avery: FlaskClient, installation: Installation, part: str
) -> None:
    opening = sat_and_asked(installation.database, 10)
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 200
    with installation.database.writing() as db:
        user = db.exec(select(UserRecord.id).where(UserRecord.email == "avery@example.org")).one()
        now = installation.clock()
        made = {
            "link": ShareLinkRecord(
                id="a", opening_id=opening, token_hash="b", given_to=user, created_at=now, created_by=user,
                expires_at=now,
            ),
            "contact": FormerContactRecord(opening_id=opening, user_id=user, until=now),
        }  # fmt: skip
        if part == "switched":
            db.get_one(FairnessPageRecord, opening).switched_by = user
        else:
            db.add(made[part])
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 404
    assert "No opening asks yet" in avery.get("/analysis/fairness").text


@pytest.mark.parametrize("part", [MemberPart.INTERVIEWS, MemberPart.RECRUITS, MemberPart.ADJUSTMENTS])
def test_whoever_had_a_part_that_was_taken_sees_none_also_once_the_people_are_gone(
    avery: FlaskClient, installation: Installation, part: MemberPart
) -> None:
    database = installation.database
    opening = sat_and_asked(database, 10)
    user = next(each["id"] for each in rows(database, "user_account") if each["email"] == "avery@example.org")
    with database.writing() as db:
        db.add(UserRoleRecord(user_id=user, role=Role.RECRUITER))
    for who, parts in (("sue", [MemberPart.RECRUITS]), ("avery", [part])):
        assign_member(database, opening, f"{who}@example.org", parts)
    set_parts(database, opening, user, [], installation.clock(), without_contact=True)
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 404
    with database.writing() as db:
        for sitting in db.exec(select(AssessmentSessionRecord)).all():
            delete_candidate(db, sitting.id, sitting.candidate_id)
    assert avery.get(f"/analysis/fairness/{opening}").status_code == 404
    assert "No opening asks yet" in avery.get("/analysis/fairness").text


def test_axe_finds_nothing(app: Flask, avery: FlaskClient, browser: Browser, installation: Installation) -> None:
    assert avery
    opening = sat_and_asked(
        installation.database, 24, LAW, title=" ".join(["A job with quite a long name, as some have"] * 3)
    )
    told = [{"law_sex": "Female", "law_race": "Native Hawaiian or Other Pacific Islander"}] * 12
    answers_of(installation.database, opening, told + [{"law_sex": "Male", "law_race": "Two or More Races"}] * 12)
    renew_sums(installation.database, installation.clock())
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("avery@example.org")
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Sign in").click()
        page.goto("/analysis/fairness")
        check_everywhere(page, "Fairness")
        page.goto(f"/analysis/fairness/{opening}")
        check_everywhere(page, re.compile("^Fairness: "))
        page.goto(f"/analysis/fairness/{opening}/law-144")
        check_everywhere(page, "Tables of Local Law 144")
