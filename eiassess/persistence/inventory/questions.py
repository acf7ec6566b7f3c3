"""Of what candidates asked people."""

from eiassess.persistence.inventory.deciding import MAY_TELL_ANYTHING
from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.questions import CandidateQuestionRecord

ENTRIES = (
    TableEntry(
        CandidateQuestionRecord,
        "A question that a person answers: to explain a result, to correct something, to give out notes.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.RECRUITERS),
        {
            "kind": Column("to know what was asked for", Kind.STATE),
            "words": Column("to understand the question", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "asked_at": Column("to answer in time", Kind.MOMENT),
            "answer": Column("to tell the candidate", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "answered_at": Column("to know which are open", Kind.MOMENT),
        },
    ),
)
