"""Of newest scores once more, for lists."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.listing import ListedPartRecord, ListedScoreRecord, ScoreBasisRecord

COMPARABLE = Column("to compare only what compares", Kind.TECHNICAL)
LOW, HIGH = (
    Column("to draw the lower end of its interval", Kind.SCORE),
    Column("to draw the upper end of its interval", Kind.SCORE),
)
NOT_COMPARED = Column("to say why a score is compared with nobody's; empty where it is", Kind.SCORE)
ENTRIES = (
    TableEntry(
        ScoreBasisRecord,
        "What scores were made from, under a short name.",
        About.NOBODY,
        Keeping.FOR_GOOD,
        (Reader.RECRUITERS,),
        {"form_digest": COMPARABLE, "key_digest": COMPARABLE, "engine": COMPARABLE},
    ),
    TableEntry(
        ListedScoreRecord,
        "The newest overall score, so that lists of thousands are quick.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {
            "number": Column("to order without looking at names", Kind.REFERENCE),
            "overall": Column("to list it", Kind.SCORE),
            "low": LOW,
            "high": HIGH,
            "flagged": Column("to say that the answers are a reason to talk", Kind.SCORE),
            "with_areas": Column("to know whether areas are listed too", Kind.TECHNICAL),
            "drawn_low": LOW,
            "drawn_high": HIGH,
            "not_compared": NOT_COMPARED,
            "drawn_from": Column("to know which estimate of errors it rests on", Kind.TECHNICAL),
        },
    ),
    TableEntry(
        ListedPartRecord,
        "The newest score in a competency or area, for the same reason.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {
            "part": Column("to say which", Kind.REFERENCE),
            "number": Column("to order without looking at names", Kind.REFERENCE),
            "score": Column("to list it", Kind.SCORE),
            "low": LOW,
            "high": HIGH,
            "not_compared": NOT_COMPARED,
        },
    ),
)
