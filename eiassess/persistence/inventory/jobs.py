"""Of work in the background."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.jobs import JobRecord

ENTRIES = (
    TableEntry(
        JobRecord,
        "What the server is to do by itself.",
        About.NOBODY,
        Keeping.WORK,
        (Reader.RECRUITERS,),
        {
            "kind": Column("to know what to do", Kind.TECHNICAL),
            "key": Column("to do it once", Kind.TECHNICAL),
            "given": Column("to know with what: ids and times", Kind.TECHNICAL),
            "state": Column("to show how far it is", Kind.STATE),
            "tries": Column("to give up in the end", Kind.TECHNICAL),
            "fence": Column("to shut out a worker that was away too long", Kind.TECHNICAL),
            "done": Column("to show how far it is", Kind.STATE),
            "total": Column("to show how far it is", Kind.STATE),
            "words": Column("to say why it failed", Kind.STATE),
            "created_at": Column("to know when it was asked for", Kind.MOMENT),
            "due_at": Column("to do it in time", Kind.MOMENT),
            "lease_until": Column("to take it over from a worker that died", Kind.MOMENT),
            "finished_at": Column("to know when it was done", Kind.MOMENT),
        },
    ),
)
