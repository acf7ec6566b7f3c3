"""Of lists as somebody wants to see them again."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.views import SavedViewRecord

ENTRIES = (
    TableEntry(
        SavedViewRecord,
        "A list that somebody named for themselves; without what they searched for.",
        About.STAFF,
        Keeping.MAKER,
        (Reader.MAKER,),
        {
            "name": Column("to find it again", Kind.SETTING),
            "address": Column("to open it: order, filters and columns", Kind.SETTING),
            "saved_at": Column("to know when", Kind.MOMENT),
        },
    ),
)
