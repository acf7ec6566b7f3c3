"""Every column says what it is for, about whom it is, for how long it is kept and who reads it."""

from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from docs.making.privacy import privacy_page
from eiassess.domain.openings import KEEP_DAYS
from eiassess.domain.outcomes import STUDY_DAYS
from eiassess.persistence import tables as all_tables
from eiassess.persistence.inventory import INVENTORY
from eiassess.persistence.inventory.entries import (
    About,
    Column,
    Keeping,
    Kind,
    Reader,
    TableEntry,
    columns_of,
    described,
    missing_columns,
    table_of,
    unknown_columns,
)
from eiassess.services.hiring.invitation_lists import KEPT_FOR
from eiassess.services.once import REMEMBERED
from eiassess.services.people.browser_sessions import LIMITS
from eiassess.services.people.sign_in_tries import PLACE_KNOWN_FOR, WINDOW
from eiassess.services.upkeep.retention import OF_A_SITTING

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "eiassess" / "persistence" / "tables"
OF_THE_CHAIN = {"audit_entry.previous_hash"}
"""A hash of what administrators read anyway, and of no secret."""
OF_A_FEW = {"erasure_receipt.reason", "erasure_wish.reason"}
"""Reasons that are chosen among a few, which the database checks."""
HELP = "CONTRIBUTING.md, 'A new table or column', says what to write"


class Planted(SQLModel, registry=registry()):
    """Keeps what is planted here out of the tables of the product."""


class PlantedRecord(Planted, table=True):
    __tablename__ = "planted"

    id: str = Field(primary_key=True)
    shoe_size: int


def test_every_column_has_an_entry_and_every_entry_a_column() -> None:
    found = {table_of(each): missing_columns(each) for each in INVENTORY if missing_columns(each)}
    assert found == {}, f"columns without an entry: {HELP}"
    assert {table_of(each): unknown_columns(each) for each in INVENTORY if unknown_columns(each)} == {}


def test_every_table_has_one_entry_in_the_file_of_its_name() -> None:
    records = {name: getattr(all_tables, name) for name in all_tables.__all__}
    listed = [each.record for each in INVENTORY]
    assert [name for name, record in records.items() if record not in listed] == [], f"tables without one: {HELP}"
    assert len(listed) == len(set(listed)) == len(records)
    assert {table_of(each) for each in INVENTORY} == set(SQLModel.metadata.tables)
    for path in TABLES.glob("[!_]*.py"):
        entries = import_module(f"eiassess.persistence.inventory.{path.stem}").ENTRIES
        assert {each.record.__module__ for each in entries} == {f"eiassess.persistence.tables.{path.stem}"}


def test_a_planted_column_is_found() -> None:
    entry = TableEntry(PlantedRecord, "To be found.", About.NOBODY, Keeping.ONCE, (Reader.NOBODY,))
    assert missing_columns(entry) == ("shoe_size",)
    with pytest.raises(KeyError, match=r"planted\.shoe_size"):
        described(entry)
    known = {"shoe_size": Column("to buy shoes", Kind.SETTING), "hat_size": Column("to buy hats", Kind.SETTING)}
    entry = TableEntry(PlantedRecord, "To be found.", About.NOBODY, Keeping.ONCE, (Reader.NOBODY,), known)
    assert (missing_columns(entry), unknown_columns(entry)) == ((), ("hat_size",))
    assert [each.name for each in described(entry)] == ["id", "shoe_size"]


def test_times_are_called_times_and_secrets_stand_on_no_page() -> None:
    for entry in INVENTORY:
        types = {each.name: each.type.python_type for each in entry.record.__table__.columns}  # type: ignore[attr-defined]
        for column in described(entry):
            place = f"{table_of(entry)}.{column.name}"
            if issubclass(types[column.name], date | datetime):
                assert column.kind in {Kind.MOMENT, Kind.SPECIAL}, place
            if column.kind is Kind.SECRET or (column.name.endswith("_hash") and place not in OF_THE_CHAIN):
                assert (column.kind, column.seen_by) == (Kind.SECRET, (Reader.NOBODY,)), place
            assert column.special or column.kind is not Kind.SPECIAL, f"{place}: how can it stand there?"


def test_what_is_written_by_people_is_called_so() -> None:
    """Names, addresses and words: a column of such a name is not passed off as something technical."""
    kinds = {"name": {Kind.IDENTITY, Kind.SETTING}, "email": {Kind.CONTACT}, "phone": {Kind.CONTACT}}
    kinds |= {name: {Kind.FREE_TEXT} for name in ("reason", "line", "note", "comments", "relevance")}
    for entry in INVENTORY:
        for column in described(entry):
            place = f"{table_of(entry)}.{column.name}"
            assert column.kind in ({Kind.STATE} if place in OF_A_FEW else kinds.get(column.name, set(Kind))), place


def test_the_sitting_s_tables_are_those_that_retention_deletes() -> None:
    deleted = {str(each.__tablename__) for each in OF_A_SITTING} | {"assessment_session", "candidate"}
    said = {table_of(each) for each in INVENTORY if each.keeping is Keeping.SITTING}
    assert said == deleted - {"message"}
    assert next(each for each in INVENTORY if table_of(each) == "message").keeping is Keeping.MAIL


def test_days_are_those_of_the_code() -> None:
    staff, others = LIMITS["staff"], {LIMITS["candidate"], LIMITS["expert"]}
    assert (staff.idle, staff.absolute) == (timedelta(minutes=30), timedelta(hours=12))
    assert {(each.idle, each.absolute) for each in others} == {(timedelta(hours=24), timedelta(days=14))}
    assert all(words in Keeping.BROWSER.value for words in ("30 minutes", "12 hours", "24 hours", "14 days"))
    assert timedelta(days=7) == KEPT_FOR
    assert "Seven days" in Keeping.LIST.value
    assert STUDY_DAYS // 365 == 3
    assert "Three years" in Keeping.STUDY.value
    assert f"{REMEMBERED.days} days" in Keeping.ONCE.value
    assert f"({KEEP_DAYS} unless" in Keeping.SITTING.value
    assert Keeping.TRIES.value.startswith(f"{WINDOW.seconds // 60} minutes to {PLACE_KNOWN_FOR.days} days")


def test_the_page_is_what_the_inventory_gives() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    assert page == privacy_page(), "make it anew: .venv/bin/python -m docs.making"
    assert "[[" not in page
    for entry in INVENTORY:
        assert f"### {table_of(entry)}\n" in page
        assert all(f"| `{name}` |" in page for name in columns_of(entry.record))
