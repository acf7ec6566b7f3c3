"""Of the way from a list to a decision."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.deciding import (
    CandidateMarkRecord,
    CandidateNoteRecord,
    OpeningStageRecord,
    StageMoveRecord,
    UseChoiceRecord,
)

MAY_TELL_ANYTHING = "a person's own words can tell anything; the page asks for what the job is about"
ENTRIES = (
    TableEntry(
        UseChoiceRecord,
        "That a named person answers for sorting by score, and why. Candidates read it before they begin.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "number": Column("to tell what was chosen last", Kind.TECHNICAL),
            "allowed": Column("to open or close sorting by score", Kind.SETTING),
            "person": Column("to name who answers for it", Kind.IDENTITY),
            "reason": Column("to say why the key fits the job", Kind.FREE_TEXT),
            "notice": Column("to keep what candidates were told", Kind.CONTENT),
            "chosen_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        OpeningStageRecord,
        "Stages that an opening has of its own.",
        About.NOBODY,
        Keeping.OPENING,
        (Reader.RECRUITERS,),
        {
            "name": Column("to name the stage", Kind.SETTING),
            "created_at": Column("to list stages in turn", Kind.MOMENT),
        },
    ),
    TableEntry(
        StageMoveRecord,
        "Who decided what about a candidate, and why; rows are added and never changed.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {
            "number": Column("to tell what was decided last", Kind.TECHNICAL),
            "stage": Column("to say where the candidate stands", Kind.DECISION),
            "person": Column("to name who decided", Kind.IDENTITY, About.STAFF),
            "reason": Column("to say why", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "moved_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        CandidateNoteRecord,
        "What staff wrote about a candidate.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.MANAGERS),
        {
            "words": Column("to remember what matters for the job", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "written_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        CandidateMarkRecord,
        "Who was put on the shortlist by whom.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {
            "number": Column("to tell what stands", Kind.TECHNICAL),
            "marked": Column("to make the shortlist", Kind.DECISION),
            "marked_at": Column("to know when", Kind.MOMENT),
        },
    ),
)
