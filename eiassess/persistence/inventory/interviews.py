"""Of interviews and what was rated there."""

from eiassess.persistence.inventory.deciding import MAY_TELL_ANYTHING
from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.interviews import (
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    RatingsReadRecord,
)

ENTRIES = (
    TableEntry(
        InterviewRecord,
        "An interview that was planned.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.INTERVIEWERS),
        {
            "number": Column("to tell the first from the second", Kind.TECHNICAL),
            "day": Column("to know when it is", Kind.MOMENT),
            "planned_at": Column("to know when it was planned", Kind.MOMENT),
            "called_off_at": Column("to know that it is off", Kind.MOMENT),
        },
    ),
    TableEntry(
        InterviewerRecord,
        "Who is named to interview.",
        About.STAFF,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.INTERVIEWERS),
        {"named_at": Column("to know when", Kind.MOMENT)},
    ),
    TableEntry(
        InterviewRatingRecord,
        "What an interviewer gave; rows are added and never changed.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.INTERVIEWERS),
        {
            "competency": Column("to say what was rated", Kind.REFERENCE),
            "number": Column("to tell what stands", Kind.TECHNICAL),
            "rating": Column("to weigh the interview", Kind.SCORE),
            "note": Column("to say what was heard", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "blind": Column("to know that it was given before others' were read", Kind.STATE),
            "rated_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        RatingsReadRecord,
        "When somebody first read others' ratings: what they rate from then on is not blind.",
        About.STAFF,
        Keeping.SITTING,
        (Reader.NOBODY,),
        {"read_at": Column("to tell blind ratings apart", Kind.MOMENT)},
    ),
)
