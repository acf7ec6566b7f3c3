"""Of copies of what invitations pinned."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.content import PinnedContentRecord, PinnedKeyRecord

ENTRIES = (
    TableEntry(
        PinnedContentRecord,
        "Forms and banks as they were when somebody was invited, so that everybody gets what they were scored by.",
        About.NOBODY,
        Keeping.FOR_GOOD,
        (Reader.CANDIDATE, Reader.RECRUITERS, Reader.ANALYSTS),
        {
            "digest": Column("to find content by what it is", Kind.TECHNICAL),
            "kind": Column("to tell forms from banks", Kind.TECHNICAL),
            "content": Column("to show scenarios, texts and the notice as they were", Kind.CONTENT),
            "pinned_at": Column("to know since when", Kind.MOMENT),
        },
    ),
    TableEntry(
        PinnedKeyRecord,
        "Answer keys as they were; no page of a candidate can load them.",
        About.NOBODY,
        Keeping.FOR_GOOD,
        (Reader.RECRUITERS, Reader.ANALYSTS),
        {
            "digest": Column("to find the key by what it is", Kind.TECHNICAL),
            "content": Column("to score answers", Kind.CONTENT),
            "pinned_at": Column("to know since when", Kind.MOMENT),
        },
    ),
)
