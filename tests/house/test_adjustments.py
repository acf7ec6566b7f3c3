"""What a candidate needs to have different stays between them and the contact for adjustments.

Casey asked, was answered, has more time than others, and handed in with it. Erin is the contact. Everybody else looks
at every page.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from eiassess.domain.mail_kinds import REQUEST_ANSWERED
from eiassess.domain.requests import AdjustmentKind
from eiassess.persistence.tables import AdjustmentRecord, AdjustmentRequestRecord, OpeningRecord
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.sitting.handing_in import submit_session
from eiassess.web.shell.context import attach, installation
from tests.hiring_story import VARIED, after, rows
from tests.house.conftest import House
from tests.house.reading import told_by, words_in
from tests.house.test_routes import EVERYBODY, LEAVING, ROWS

ASKED, ANSWERED = "xylophone by the window", "glockenspiel at noon"
GRANTED = datetime(2031, 3, 7, 12, tzinfo=UTC)
HANDED_IN = datetime(2031, 3, 6, 12, tzinfo=UTC)
# the year as a word of its own: ids made by chance hold any four digits
TELLING = re.compile(r"xylophone|glockenspiel|(?<![\w-])2031(?!\w)|Mar 31", re.ASCII)
OTHERS = tuple(who for who in EVERYBODY if who not in {"candidate", "erin"})


@pytest.fixture(scope="module")
def told(house: House) -> Iterator[House]:
    """Casey with all of it; their result is released, so that managers see it too, on paper that can be read."""
    renderer = PdfRenderer()
    with house.app.app_context():
        attach(house.app, replace(installation(), renderer=renderer))
    story, casey = house.story, house.casey
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).time_limit_minutes = 40
        db.add(AdjustmentRecord(session_id=casey.session_id, factor=1.75, ends_at=GRANTED, given_at=after(hours=1)))
    ask_adjustment(story.database, casey.invitation_id, AdjustmentKind.MORE_TIME, ASKED, after(minutes=1))
    with story.database.writing() as db:
        asked = db.exec(select(AdjustmentRequestRecord).where(AdjustmentRequestRecord.words == ASKED)).one()
        asked.answer, asked.answered_at = ANSWERED, HANDED_IN
        order = MailOrder(
            "Casey", "casey@example.org", opening_id=story.opening, session_id=casey.session_id,
            given={"answer": ANSWERED},
        )  # fmt: skip
        queue_mail(db, REQUEST_ANSWERED, order, HANDED_IN)
    casey.answer_all(VARIED, 8)
    submit_session(story.database, casey.invitation_id, after(minutes=65))
    with story.database.writing() as db:
        given = db.get_one(AdjustmentRecord, casey.session_id)
        assert given.handed_in_at == after(minutes=65)
        given.handed_in_at = HANDED_IN
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    house.names["casey"] = casey.session_id  # type: ignore[index]  # a plain dict
    yield house
    renderer.close()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_request_answer_or_times_on_any_page(told: House, who: str) -> None:
    seen = 0
    for each in (each for each in (*ROWS, *LEAVING[:1]) if each.method == "GET"):
        of_casey = each.path.replace("{robin}", "{casey}").replace("{sam}", "{casey}")
        for path in {told.path(each.path), told.path(of_casey)}:
            answer = told.ask(who, "GET", path)
            seen += answer.status_code == 200
            found = TELLING.findall(told_by(answer))
            assert not found, f"{path} tells {who} {found}"
    assert seen


def test_the_report_on_paper_is_read_and_not_its_packed_bytes(told: House) -> None:
    """What the search looks through has the name that the bytes hide, so a word of a request would be found too."""
    answer = told.ask("dana", "GET", told.path("/hiring/{casey}.pdf"))
    assert answer.status_code == 200
    assert b"Casey" not in answer.data
    assert "Casey" in words_in(answer.data)


def test_packed_tables_are_read_too() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as table:
        table.writestr("xl/sheet1.xml", f"<t>{ASKED * 9}</t>")
    assert ASKED.encode() not in packed.getvalue()
    assert TELLING.findall(words_in(packed.getvalue()))


def test_the_candidate_themselves_sees_them(told: House) -> None:
    page = told.ask("candidate", "GET", "/sit/own").text
    assert ASKED in page
    assert ANSWERED in page
    assert "Thursday 6 March 2031" in told.ask("candidate", "GET", "/sit/done").text


def test_others_are_shown_the_end_that_they_know_of(told: House) -> None:
    (row,) = (row for row in rows(told.story.database, "assessment_session") if row["id"] == told.casey.session_id)
    assert str(row["submitted_at"])[:19] == "2026-11-02 12:40:00"
    page = told.ask("alice", "GET", f"/candidates/{told.casey.session_id}").text
    assert "12:40" in page
