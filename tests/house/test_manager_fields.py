"""A hiring manager gets what was released and nothing else, in every byte that they can get.

Words that are nowhere else are planted in everything that is not a manager's: notes, reasons, what candidates asked and
answered, addresses, people who were not released. Dana manages the opening, and of Riley only the overall score was
released. She asks every address that there is, with every id that is stored.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from eiassess.domain.openings import MemberPart
from eiassess.domain.releases import ReleaseField
from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.persistence.tables import FairnessAnswerRecord, OpeningRecord
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.deciding.notes import write_note
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.own_page.experience import complain_of_scenario, rate_experience
from eiassess.services.own_page.questions import ask_people
from eiassess.services.sharing.links import make_link
from eiassess.web.shell.context import attach, installation
from tests.hiring_story import LINKS, NOON, VARIED, after, rows, standard_form, tables
from tests.house.conftest import House
from tests.house.reading import told_by

PLANT = re.compile(r"zq\w+planted", re.IGNORECASE)
NOT_RELEASED = ("Ulrika-zqnameplanted", "Vidar-zqotherplanted")
KINDS = {"text/html", "application/pdf"}


@pytest.fixture(scope="module")
def planted(house: House) -> Iterator[House]:
    story, database = house.story, house.story.database
    renderer = PdfRenderer()
    with house.app.app_context():
        attach(house.app, replace(installation(), renderer=renderer))
    riley = story.begun("Riley")
    ask_adjustment(database, riley.invitation_id, AdjustmentKind.CALL, "zqadjustmentplanted", NOON)
    riley.answer_all(VARIED)
    story.hand_in(riley)
    write_note(database, story.alice, riley.session_id, "zqnoteplanted", NOON)
    rate_experience(database, riley.invitation_id, 2, "zqexperienceplanted", NOON)
    complain_of_scenario(database, riley.invitation_id, 1, "zqcomplaintplanted", NOON)
    ask_people(database, riley.invitation_id, QuestionKind.EXPLAIN, "zqquestionplanted", NOON)
    stage = Decision("offer", "Zqdeciderplanted", "zqreasonplanted")
    move_candidates(database, story.alice, story.opening, [riley.session_id], stage, NOON)
    unreleased = story.submitted(NOT_RELEASED[0])
    write_note(database, story.alice, unreleased.session_id, "zqunreleasednoteplanted", NOON)
    story.submitted(NOT_RELEASED[1], opening=story.other_opening)
    with database.writing() as db:
        answers = json.dumps({"q1": "zqvoluntaryplanted"})
        db.add(FairnessAnswerRecord(person="x" * 20, opening_id=story.opening, answers=answers))
        db.get_one(OpeningRecord, story.opening).time_limit_minutes = 40
    release_candidate(database, story.alice, riley.session_id, after(hours=2), frozenset({ReleaseField.OVERALL}))
    make_link(database, LINKS, story.alice, story.opening, [riley.session_id], NOON, days=30)
    house.names["riley"] = riley.session_id  # type: ignore[index]  # a plain dict
    yield house
    renderer.close()


def addresses(house: House) -> Iterator[str]:
    """Give every address that is looked at, each with every id of its kind that is stored."""
    database = house.story.database
    ids = {
        "opening_id": "opening", "session_id": "assessment_session", "link_id": "share_link", "mail_id": "message",
        "interview_id": "interview", "list_id": "invitation_list", "question_id": "candidate_question",
        "request_id": "adjustment_request", "panel_id": "keying_panel", "job_id": "job",
    }  # fmt: skip
    stored = {name: [each["id"] for each in rows(database, table)] for name, table in ids.items()}
    for rule in house.app.url_map.iter_rules():
        paths = [rule.rule] if "GET" in (rule.methods or ()) else []
        for name in rule.arguments & stored.keys():
            paths = [path.replace(f"<{name}>", value) for path in paths for value in stored[name]]
        yield from (path for path in paths if "<" not in path)


def test_no_byte_that_a_manager_gets_holds_what_was_not_released(planted: House) -> None:
    kinds, found = set(), 0
    for path in addresses(planted):
        answer = planted.ask("dana", "GET", path)
        told = PLANT.findall(f"{told_by(answer)} {answer.request.path}")
        assert not told, f"{path} tells {told}"
        if answer.status_code == 200 and path.startswith(("/hiring", "/shared")):
            kinds.add(answer.mimetype)
            assert "@example.org" not in told_by(answer).replace("dana@example.org", ""), path
            found += planted.names["riley"] in path
    assert kinds == KINDS
    assert found >= 2, "the page and the report of whom was released are among what was read"


def test_of_the_overall_score_alone_no_competency_area_or_answer_is_told(planted: House) -> None:
    bank, form = standard_form().bank, standard_form().form
    with planted.story.database.reading() as db:
        (score,) = (
            db.connection()
            .exec_driver_sql("SELECT content FROM score WHERE session_id = ?", (planted.names["riley"],))
            .one()
        )
    content = json.loads(score)
    for path in ("/hiring/{riley}", "/hiring/{riley}.pdf"):
        told = told_by(planted.ask("dana", "GET", planted.path(path)))
        assert "Riley" in told
        assert f"{content['overall']['score']:.0f}" in told
        for name, part in content["competencies"].items():
            title = bank.model.competencies[name].name
            assert not re.search(rf"{re.escape(title)}[^.]{{0,80}}\b{part['score']:.0f}\b", told), title
        assert not [each.id for each in form.scenarios if each.situation[:40] in told]


@pytest.mark.parametrize(
    "address",
    [
        "/openings/{opening}/download/file?format=csv&names=yes",
        "/openings/{opening}/download/file?format=xlsx",
        "/openings/{opening}/compare.pdf?c={riley}&c={sam}",
        "/openings/{opening}/progress/now",
        "/openings/{opening}/what-if/now?weight-recovery=3",
    ],
)
def test_files_and_tables_of_recruiters_are_no_managers(planted: House, address: str) -> None:
    """CSV, spreadsheet, PDF and what scripts ask for: 404, with nothing of the opening on the page."""
    assert planted.ask("alice", "GET", planted.path(address)).status_code == 200
    answer = planted.ask("dana", "GET", planted.path(address))
    assert answer.status_code == 404
    assert "Riley" not in answer.text


def test_who_recruits_reads_what_was_planted(planted: House) -> None:
    """So that the search finds it where it is."""
    told = "".join(
        told_by(planted.ask("alice", "GET", planted.path(path)))
        for path in ("/candidates/{riley}/file", "/openings/{opening}", "/openings/{opening}/asked")
    )
    assert {"zqnoteplanted", "zqreasonplanted", "zqnameplanted"} <= {each.lower() for each in PLANT.findall(told)}


def test_no_mail_to_a_manager_holds_it(planted: House) -> None:
    story = planted.story
    assert "message" in tables(story.database)
    to_staff = [
        each for each in rows(story.database, "message") if each["recipient_email"].startswith(("dana", "erin"))
    ]
    assert not [each for each in to_staff if PLANT.search(repr(each))]


def test_an_interviewer_who_manages_nothing_reads_no_report(planted: House) -> None:
    assign_member(planted.story.database, planted.story.opening, "grace@example.org", [MemberPart.INTERVIEWS])
    for path in ("/hiring/{riley}", "/hiring/{riley}.pdf", "/candidates/{riley}"):
        assert planted.ask("grace", "GET", planted.path(path)).status_code == 404
