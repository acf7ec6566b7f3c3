"""Nothing that a candidate's browser gets holds the key: no value, no rationale, no row of a source."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, delete
from werkzeug.test import TestResponse

from eiassess._resources import data_folder
from eiassess.banks.toml_files import parse_toml
from eiassess.domain.keys import ScoringKey
from eiassess.domain.mail_kinds import ONE_USE_CODE
from eiassess.persistence.tables import MessageRecord, OneUseCodeRecord
from tests.hiring_story import rows, standard_form
from tests.house.conftest import HOST, House
from tests.house.reading import told_by
from tests.house.test_routes import LEAVING, ROWS

OURS = ("candidate.", "static", "auth.home", "security.login", "expert.no_link", "expert.follow_link")
DECIMAL = re.compile(r"(?<![\d.,:])[1-6]\.\d+(?![\d.])")


def secrets() -> set[str]:
    """Gather the words of every key of every bank that ships, and of its sources and notes."""
    found: set[str] = set()
    for path in data_folder("question_banks").glob("*/**/*.toml"):
        content = parse_toml(path.read_text(encoding="utf-8"))
        if path.parent.name == "keys":
            for options in content["scenarios"].values():
                for each in options.values():
                    found.update(str(each[name]) for name in ("rationale", "best_when") if each.get(name))
        if path.stem == "sources":
            for each in _texts(content):
                found.add(each)
    model = standard_form().bank.model
    return {" ".join(each.split()) for each in found | {each.close_to_key for each in model.competencies.values()}}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 40:
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def asked_for(house: House, key: ScoringKey) -> Iterator[tuple[str, TestResponse]]:
    """Give every answer that two candidates' browsers get: of every route, page by page, refusals and files."""
    del key
    paths = [(each.method, each.path, each.body) for each in (*ROWS, *LEAVING) if each.endpoint.startswith(OURS)]
    n = len(standard_form().form.scenarios)
    paths += [("GET", f"/sit/scenario/{number}", None) for number in range(n + 2)]
    paths += [("GET", f"/sit/practice/{number}", None) for number in range(4)]
    paths += [("GET", path, None) for path in ("/nowhere", "/keys/{key}.toml", "/analysis/forms/{form}", "/sit/key")]
    for who in ("finished", "candidate"):
        for method, path, body in paths:
            data = None
            if method == "POST":
                data = {**(body or {}), "csrf_token": house.token(who, "/sit")}
            yield f"{method} {path} by {who}", house.ask(who, method, house.path(path), data=data)
            if method == "POST":
                yield f"forged {method} {path} by {who}", house.ask(who, method, house.path(path), data=body)
    style = house.names["style"].rpartition("/")[0]
    folder = Path(str(house.app.import_name and __import__("eiassess.web", fromlist=["x"]).__file__)).parent / "static"
    for file in folder.iterdir():
        yield file.name, house.ask("candidate", "GET", f"/static/{style}/{file.name}")


@pytest.fixture(scope="module")
def answers(house: House) -> list[tuple[str, TestResponse]]:
    found = list(asked_for(house, standard_form().key))
    assert {200, 303, 400, 404} <= {answer.status_code for _, answer in found}
    return found


def test_no_rationale_and_no_source_is_in_any_byte(answers: list[tuple[str, TestResponse]]) -> None:
    words = secrets()
    assert len(words) > 300
    assert {
        credit.rationale for options in standard_form().key.credits.values() for credit in options.values()
    } <= words
    for place, answer in answers:
        told = " ".join(told_by(answer).split())
        assert not [each for each in words if each in told], place


def test_no_value_of_the_key_is_in_any_page(answers: list[tuple[str, TestResponse]]) -> None:
    """Values of this key are half steps: pages before the end have no such number at all."""
    values = {f"{credit.value}" for options in standard_form().key.credits.values() for credit in options.values()}
    assert {each for each in values if not each.endswith(".0")}
    for place, answer in answers:
        if answer.mimetype in {"text/html", "application/json"} and "finished" not in place:
            assert not set(DECIMAL.findall(answer.text)) & values, place


def test_no_digest_of_a_key_is_told(house: House, answers: list[tuple[str, TestResponse]]) -> None:
    digests = {each["digest"] for each in rows(house.story.database, "pinned_key")} | {standard_form().key.digest}
    for place, answer in answers:
        assert not [each for each in digests if each in told_by(answer)], place


def test_what_is_searched_for_would_be_found(house: House) -> None:
    """The published key is an analyst's file: there the search finds what it looks for."""
    told = " ".join(told_by(house.ask("avery", "GET", house.path("/keys/{key}.toml"))).split())
    assert [each for each in secrets() if each in told]
    assert house.app.test_client().get(house.path("/keys/{key}.toml"), base_url=HOST).status_code == 303


def test_ones_own_data_has_no_score_of_a_scenario_and_no_key(house: House) -> None:
    """The file of what is stored, which comes after a code by mail."""
    token = house.token("finished", "/sit")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', house.ask("finished", "GET", "/sit/data").text)
    token = found[1] if found else token
    with house.story.database.writing() as db:  # all codes of a house whose clock stands are of one moment
        db.exec(delete(OneUseCodeRecord))
        db.exec(delete(MessageRecord).where(col(MessageRecord.kind) == ONE_USE_CODE.name))
    house.ask("finished", "POST", "/sit/data/code", data={"csrf_token": token})
    (sent,) = [each["given"] for each in rows(house.story.database, "message") if each["kind"] == ONE_USE_CODE.name]
    code = json.loads(sent)["code"]
    assert house.ask("finished", "POST", "/sit/data", data={"csrf_token": token, "code": code}).status_code == 303
    for path in ("/sit/data", "/sit/data/file"):
        answer = house.ask("finished", "GET", path)
        assert answer.status_code == 200
        told = " ".join(answer.text.split())
        assert not [each for each in secrets() if each in told], path
        assert '"value"' not in answer.text
        assert "rationale" not in answer.text
