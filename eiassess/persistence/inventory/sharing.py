"""Of what was shown to hiring managers."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.sharing import (
    ManagerVisitRecord,
    ReleaseRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
)

ENTRIES = (
    TableEntry(
        ReleaseRecord,
        "What of a candidate hiring managers may see, since when; rows are added and never changed.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "number": Column("to tell what stands", Kind.TECHNICAL),
            "fields": Column("to show nothing else", Kind.SETTING),
            "at": Column("to tell the candidate when", Kind.MOMENT),
        },
    ),
    TableEntry(
        ShareLinkRecord,
        "A link to released candidates, for staff who sign in.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.RECRUITERS,),
        {
            "token_hash": Column("to know the link; it is not stored", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "created_at": Column("to know when it was made", Kind.MOMENT),
            "expires_at": Column("to end it", Kind.MOMENT),
            "revoked_at": Column("to close it", Kind.MOMENT),
        },
    ),
    TableEntry(SharedCandidateRecord, "Whom a link leads to.", About.CANDIDATE, Keeping.SITTING, (Reader.RECRUITERS,)),
    TableEntry(
        SharedViewRecord,
        "Who first looked at a candidate through a link on a day.",
        About.STAFF,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "day": Column("to note one look a day", Kind.MOMENT),
            "at": Column("to tell the candidate who looked when", Kind.MOMENT),
        },
    ),
    TableEntry(
        ManagerVisitRecord,
        "When a hiring manager looked last: what is newer is new.",
        About.STAFF,
        Keeping.ACCOUNT,
        (Reader.OWNER,),
        {
            "looked_at": Column("to know when a visit ends", Kind.MOMENT),
            "before_at": Column("to show what is new", Kind.MOMENT),
        },
    ),
)
