"""Of forms that were worked off."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.done_once import DoneOnceRecord

ENTRIES = (
    TableEntry(
        DoneOnceRecord,
        "That a form was worked off, so that the same form sent twice does nothing twice.",
        About.NOBODY,
        Keeping.ONCE,
        (Reader.NOBODY,),
        {
            "key": Column("to know the form again: a hash of it", Kind.TECHNICAL),
            "done_at": Column("to tell when it was done, and to forget it", Kind.MOMENT),
        },
    ),
)
