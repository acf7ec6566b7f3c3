"""Of other weights as somebody tried them."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.what_ifs import WhatIfRecord, WhatIfWeightRecord

ENTRIES = (
    TableEntry(
        WhatIfRecord,
        "Weights that somebody kept, and why; it holds nobody's score.",
        About.STAFF,
        Keeping.MAKER,
        (Reader.RECRUITERS,),
        {
            "name": Column("to find it again", Kind.SETTING),
            "reason": Column("to say why", Kind.FREE_TEXT),
            "kept_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        WhatIfWeightRecord,
        "What a competency counts in it.",
        About.NOBODY,
        Keeping.MAKER,
        (Reader.RECRUITERS,),
        {
            "competency": Column("to say which", Kind.REFERENCE),
            "weight": Column("to work it out anew", Kind.SETTING),
        },
    ),
)
