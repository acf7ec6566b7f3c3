"""Of openings and their candidates."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.hiring import (
    CandidateRecord,
    FormerMemberRecord,
    OpeningMemberRecord,
    OpeningProfileRecord,
    OpeningRecord,
)

ENTRIES = (
    TableEntry(
        OpeningRecord,
        "A job to fill, and what its candidates sit.",
        About.NOBODY,
        Keeping.OPENING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "title": Column("to name the job", Kind.SETTING),
            "simulated": Column("to say on every page that people are made up", Kind.STATE),
            "keep_days": Column("to delete answers in time", Kind.SETTING),
            "created_at": Column("to list openings in turn", Kind.MOMENT),
            "state": Column("to know whether people can be invited", Kind.STATE),
            "text": Column("to tell candidates of the job", Kind.CONTENT),
            "purpose": Column("to tell candidates what results are for, and to keep to it", Kind.SETTING),
            "deadline_at": Column("to end everybody's time", Kind.SETTING),
            "time_zone": Column("to write times as clocks there show them", Kind.SETTING),
            "contact": Column("to name whom candidates ask", Kind.CONTACT, About.STAFF),
            "combination": Column("to say how test and interview count together", Kind.SETTING),
            "hand_in_at_deadline": Column("to hand in for those whose time ends", Kind.SETTING),
            "time_limit_minutes": Column("to limit time", Kind.SETTING),
            "outcome_days": Column("to ask how those work who were hired", Kind.SETTING),
        },
    ),
    TableEntry(
        OpeningProfileRecord,
        "What a competency is to the job.",
        About.NOBODY,
        Keeping.OPENING,
        (Reader.RECRUITERS,),
        {
            "competency": Column("to name it", Kind.REFERENCE),
            "weight": Column("to prepare interviews", Kind.SETTING),
            "reason": Column("to say why it matters", Kind.FREE_TEXT),
            "expected_low": Column("to say from where on nothing needs asking", Kind.SETTING),
            "expected_high": Column("to say up to where", Kind.SETTING),
            "expected_because": Column("to say why", Kind.FREE_TEXT),
        },
    ),
    TableEntry(
        OpeningMemberRecord,
        "Who does what in an opening, and so sees its people.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.RECRUITERS,),
        {"part": Column("to decide what they see", Kind.SETTING)},
    ),
    TableEntry(
        FormerMemberRecord,
        "Who once had a part in an opening and could know its people: they see no sums of voluntary answers of it.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.NOBODY,),
    ),
    TableEntry(
        CandidateRecord,
        "Somebody who was invited.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.RECRUITERS),
        {
            "name": Column(
                "to address them and tell them apart",
                Kind.IDENTITY,
                seen_by=(
                    Reader.CANDIDATE, Reader.RECRUITERS, Reader.MANAGERS, Reader.INTERVIEWERS, Reader.CONTACT,
                ),
            ),
            "email": Column("to write to them", Kind.CONTACT),
            "email_key": Column("to invite nobody twice: the address without its spellings", Kind.CONTACT),
            "name_found_by": Column("to search by name", Kind.IDENTITY),
            "email_found_by": Column("to search by address", Kind.CONTACT),
            "number": Column("to name them without their name", Kind.REFERENCE),
            "simulated": Column("to tell made-up people apart", Kind.STATE),
            "created_at": Column("to know when they were invited", Kind.MOMENT),
        },
    ),
)  # fmt: skip
