"""Of scores."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.scores import ScoreRecord

TRACE = Column("to say what the score was made from", Kind.TECHNICAL)
ENTRIES = (
    TableEntry(
        ScoreRecord,
        "Results with all that they were made from; rows are added and never changed. Analysts see them in sums.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.MANAGERS, Reader.CANDIDATE, Reader.ANALYSTS_IN_SUMS),
        {
            "number": Column("to tell which is the newest", Kind.TECHNICAL),
            "form_digest": TRACE,
            "key_digest": TRACE,
            "responses_digest": TRACE,
            "engine": TRACE,
            "content": Column("to prepare the interview: scores with their errors", Kind.SCORE),
            "content_digest": TRACE,
            "overall": Column("to list it", Kind.SCORE),
            "flagged": Column("to say that the answers are a reason to talk", Kind.SCORE),
            "scored_at": Column("to know when", Kind.MOMENT),
        },
    ),
)
