"""Of invitations, sittings and answers."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.sittings import (
    AssessmentSessionRecord,
    FailedHandInRecord,
    InvitationRecord,
    ItemResponseRecord,
    LateAnswerRecord,
    OneUseCodeRecord,
    PracticeAnswerRecord,
    ScenarioShowingRecord,
)

SCENARIO = Column("to know which scenario", Kind.REFERENCE)
BOTH = (Reader.CANDIDATE, Reader.RECRUITERS)
ENTRIES = (
    TableEntry(
        AssessmentSessionRecord,
        "One candidate's way through one form.",
        About.CANDIDATE,
        Keeping.SITTING,
        BOTH,
        {
            "number": Column("to name them without their name", Kind.REFERENCE),
            "order_seed": Column("to show the same order again", Kind.TECHNICAL, seen_by=(Reader.NOBODY,)),
            "state": Column("to know how far they are", Kind.STATE),
            "notice_digest": Column("to keep which notice they agreed to", Kind.TECHNICAL),
            "consented_at": Column("to keep that they agreed, and when", Kind.MOMENT),
            "practised_at": Column("to lead them on from the practice", Kind.MOMENT),
            "clock_at": Column("to reckon a time limit", Kind.MOMENT),
            "ends_at": Column("to give more time to some or all, said openly", Kind.MOMENT),
            "submitted_at": Column("to know that it is handed in, and from when keeping counts", Kind.MOMENT),
            "handed_in_by": Column("to say whether the server did it", Kind.STATE),
            "withdrawn_at": Column("to leave them out", Kind.MOMENT),
            "withdrawn_by": Column("to say whether they did it or the company", Kind.STATE),
            "released_at": Column("to list who is shown to managers", Kind.MOMENT),
            "stage": Column(
                "to list people by where they stand", Kind.DECISION, seen_by=(Reader.RECRUITERS, Reader.MANAGERS)
            ),
        },
    ),
    TableEntry(
        PracticeAnswerRecord,
        "First answers in the practice, for the candidate's own feedback; never scored.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE,),
        {"scenario_id": SCENARIO, "ratings": Column("to give them feedback", Kind.ANSWER)},
    ),
    TableEntry(
        InvitationRecord,
        "A link to a sitting.",
        About.CANDIDATE,
        Keeping.SITTING,
        BOTH,
        {
            "token_hash": Column("to know the link; it is not stored", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "created_at": Column("to know when it was made", Kind.MOMENT),
            "expires_at": Column("to end it", Kind.MOMENT),
            "revoked_at": Column("to close it", Kind.MOMENT),
        },
    ),
    TableEntry(
        ItemResponseRecord,
        "What a candidate gave for a scenario. Managers see it only if answers were released.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.RECRUITERS, Reader.MANAGERS, Reader.ANALYSTS_IN_SUMS),
        {
            "scenario_id": SCENARIO,
            "ratings": Column("to score them", Kind.ANSWER),
            "revision": Column("to overwrite nothing unseen", Kind.TECHNICAL, seen_by=(Reader.NOBODY,)),
            "seconds": Column("to see pages sent too fast to be read; it changes no score", Kind.ANSWER, seen_by=BOTH),
            "saved_at": Column("to show that it is saved", Kind.MOMENT, seen_by=BOTH),
        },
    ),
    TableEntry(
        ScenarioShowingRecord,
        "When a scenario was first shown, and as which one.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.ANALYSTS_IN_SUMS),
        {
            "scenario_id": SCENARIO,
            "position": Column("to find effects of the order", Kind.TECHNICAL),
            "first_shown_at": Column("to know how long it was before them", Kind.MOMENT),
        },
    ),
    TableEntry(
        LateAnswerRecord,
        "How many answers came after the end; what they were is not kept.",
        About.CANDIDATE,
        Keeping.SITTING,
        BOTH,
        {
            "scenario_id": SCENARIO,
            "answers": Column("to tell both sides that some came late", Kind.STATE),
            "arrived_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        FailedHandInRecord,
        "A sitting that the server could not hand in yet.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {"failed_at": Column("to try again, and to say so", Kind.MOMENT)},
    ),
    TableEntry(
        OneUseCodeRecord,
        "A code that was mailed before data are given out or erased.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.NOBODY,),
        {
            "purpose": Column("to know what it opens", Kind.TECHNICAL),
            "code_hash": Column("to check it; the code itself stands in its mail until that was sent", Kind.SECRET),
            "created_at": Column("to send few an hour", Kind.MOMENT),
            "expires_at": Column("to end it after 15 minutes", Kind.MOMENT),
            "tries": Column("to end it after five wrong tries", Kind.TECHNICAL),
            "used_at": Column("to let it work once", Kind.MOMENT),
        },
    ),
)
