"""Of what candidates asked to have different, and what they were given."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.adjustments import AdjustmentRecord, AdjustmentRequestRecord, FormerContactRecord

MAY_TELL_OF_HEALTH = "who asks for an adjustment may tell of their health, or it may be guessed; no reason is asked for"
ENTRIES = (
    TableEntry(
        AdjustmentRequestRecord,
        "A request for more time, another format, a call. While a contact is named, nobody else ever reads it; where "
        "none is, those who recruit do, and the page says so.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CONTACT, Reader.CANDIDATE),
        {
            "kind": Column("to know what was asked for", Kind.SPECIAL, special=MAY_TELL_OF_HEALTH),
            "words": Column("to understand the request", Kind.SPECIAL, special=MAY_TELL_OF_HEALTH),
            "asked_at": Column("to answer in turn", Kind.MOMENT),
            "for_contact": Column("to close it to everybody but a contact", Kind.STATE, seen_by=(Reader.NOBODY,)),
            "answer": Column("to tell the candidate", Kind.SPECIAL, special=MAY_TELL_OF_HEALTH),
            "answered_at": Column("to know which are open", Kind.MOMENT),
        },
    ),
    TableEntry(
        AdjustmentRecord,
        "Time that one person was given. It moves the end of their time and shows nowhere else.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CONTACT, Reader.CANDIDATE),
        {
            "factor": Column("to make a time limit longer", Kind.SPECIAL, special=MAY_TELL_OF_HEALTH),
            "ends_at": Column("to let them answer for longer", Kind.SPECIAL, special=MAY_TELL_OF_HEALTH),
            "handed_in_at": Column(
                "to know when it really was, where others are shown the end that they know of",
                Kind.SPECIAL,
                special=MAY_TELL_OF_HEALTH,
            ),
            "given_at": Column("to know when it was given", Kind.MOMENT),
        },
    ),
    TableEntry(
        FormerContactRecord,
        "Until when somebody could read what was asked; they decide on nobody there as long as requests are stored.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.NOBODY,),
        {"until": Column("to know which requests they could read", Kind.MOMENT)},
    ),
)
