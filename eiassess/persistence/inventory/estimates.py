"""Of what errors of scores were estimated from."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.estimates import ErrorEstimateRecord

ENTRIES = (
    TableEntry(
        ErrorEstimateRecord,
        "How large the error of scores is on a form, from everybody who sat it.",
        About.NOBODY,
        Keeping.SUMS,
        (Reader.ANALYSTS,),
        {
            "digest": Column("to find the estimate by what it is", Kind.TECHNICAL),
            "simulated": Column("to keep made-up people apart", Kind.STATE),
            "n": Column("to say from how many people", Kind.SCORE),
            "made_at": Column("to know which is the newest", Kind.MOMENT),
            "content": Column(
                "to say errors, and from which scores: by marks that lead nowhere once the scores are deleted",
                Kind.SCORE,
            ),
        },
    ),
)
