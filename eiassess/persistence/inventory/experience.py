"""Of how candidates found it."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.experience import ExperienceRatingRecord, ScenarioComplaintRecord

ENTRIES = (
    TableEntry(
        ExperienceRatingRecord,
        "How candidates found the sitting. Recruiters see sums and lines without names, from five people on.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.RECRUITERS),
        {
            "rating": Column("to make it better", Kind.ANSWER),
            "line": Column("to know why", Kind.FREE_TEXT),
            "rated_at": Column("to know when", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
        },
    ),
    TableEntry(
        ScenarioComplaintRecord,
        "Scenarios that somebody found unclear or unfair. Analysts see them without names.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.CANDIDATE, Reader.ANALYSTS),
        {
            "scenario_id": Column("to find the scenario", Kind.REFERENCE),
            "line": Column("to mend it", Kind.FREE_TEXT),
            "complained_at": Column("to know when", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
        },
    ),
)
