"""Of the study of those who were hired."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.outcomes import StudyLinkRecord, StudyPersonRecord, WorkRatingRecord

COMPARABLE = Column("to compare only what compares", Kind.TECHNICAL)
ENTRIES = (
    TableEntry(
        StudyPersonRecord,
        "Results of somebody who was hired, without a name, to see how well results foretell work.",
        About.HIRED,
        Keeping.STUDY,
        (Reader.ANALYSTS_IN_SUMS,),
        {
            "simulated": Column("to keep made-up people apart", Kind.STATE),
            "engine": COMPARABLE,
            "overall": Column("to relate it to work; one decimal, so that no list tells whose it is", Kind.SCORE),
            "scores": Column("to relate them to work; one decimal", Kind.SCORE),
            "keep_until": Column("to delete it", Kind.MOMENT),
        },
    ),
    TableEntry(
        StudyLinkRecord,
        "Whose row of the study it is, as long as the sitting is kept.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.RECRUITERS),
        {"asked_at": Column("to ask once how they work", Kind.MOMENT)},
    ),
    TableEntry(
        WorkRatingRecord,
        "What was said of somebody's work: one question, one point.",
        About.HIRED,
        Keeping.STUDY,
        (Reader.ANALYSTS_IN_SUMS,),
        {
            "question": Column("to know what was rated", Kind.REFERENCE),
            "rating": Column("to relate it to results", Kind.SCORE),
        },
    ),
)
