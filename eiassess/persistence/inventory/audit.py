"""Of who did what."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.audit import AuditEntryRecord, AuditHeadRecord

CHAIN = Column("to find an entry that was changed, taken away or added", Kind.TECHNICAL, About.NOBODY)
ENTRIES = (
    TableEntry(
        AuditEntryRecord,
        "Who did what, when, to what, and how it ended: by ids, without names, addresses or anybody's words. Entries "
        "are added, and never changed or deleted.",
        About.ANYBODY,
        Keeping.AUDIT,
        (Reader.ADMINISTRATORS,),
        {
            "number": Column("to miss none", Kind.TECHNICAL, About.NOBODY),
            "at": Column("to know when", Kind.MOMENT),
            "actor_kind": Column("to tell accounts, candidates, experts, terminal and worker apart", Kind.STATE),
            "actor_id": Column("to know who did it", Kind.REFERENCE),
            "action": Column("to know what was done", Kind.STATE),
            "object_kind": Column("to know what it is about", Kind.STATE),
            "object_id": Column("to find all that was done to it", Kind.REFERENCE),
            "count": Column("to say how many it was done to at once", Kind.STATE),
            "outcome": Column("to tell what was done from what was refused or failed", Kind.STATE),
            "previous_hash": CHAIN,
            "hash": CHAIN,
        },
    ),
    TableEntry(
        AuditHeadRecord,
        "How many entries there are, and the hash of the last: one row.",
        About.NOBODY,
        Keeping.AUDIT,
        (Reader.NOBODY,),
        {
            "count": Column("to miss none at the end", Kind.TECHNICAL),
            "hash": CHAIN,
            "seal": Column("to know that who added the last entry had the installation's secret", Kind.TECHNICAL),
        },
    ),
)
