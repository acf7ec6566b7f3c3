"""Of voluntary answers after handing in."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.fairness import (
    FairnessAnswerRecord,
    FairnessCountedRecord,
    FairnessPageRecord,
    FairnessSumsRecord,
)

OF_ITS_NATURE = (
    "the questions may ask for origin, disability and the like; answering is voluntary, and apart from all else"
)
ENTRIES = (
    TableEntry(
        FairnessPageRecord,
        "What an opening asks after handing in, and who answers for asking.",
        About.STAFF,
        Keeping.OPENING,
        (Reader.CANDIDATE, Reader.RECRUITERS, Reader.ANALYSTS),
        {
            "questions": Column("to ask them", Kind.CONTENT, About.NOBODY),
            "asks": Column("to know whether it still asks", Kind.SETTING, About.NOBODY),
            "person": Column("to name who answers for it", Kind.IDENTITY),
            "switched_at": Column("to know since when", Kind.MOMENT),
        },
    ),
    TableEntry(
        FairnessAnswerRecord,
        "One person's voluntary answers, to see whether groups are treated alike. No name, no key, no time.",
        About.CANDIDATE,
        Keeping.VOLUNTARY,
        (Reader.CANDIDATE,),
        {
            "person": Column(
                "to find it for its owner; made from the sitting's id with a key that the database does not have",
                Kind.REFERENCE,
            ),
            "answers": Column("to make sums of at least ten", Kind.SPECIAL, special=OF_ITS_NATURE),
        },
    ),
    TableEntry(
        FairnessCountedRecord,
        "That some answers are in the sums; the database alone cannot tell which.",
        About.CANDIDATE,
        Keeping.VOLUNTARY,
        (Reader.NOBODY,),
        {
            "mark": Column("to count nobody twice; made with a key that the database does not have", Kind.REFERENCE),
            "stage": Column("to know in whose table it is", Kind.STATE),
        },
    ),
    TableEntry(
        FairnessSumsRecord,
        "Sums for analysts who have no part in the opening; groups of fewer than ten are not shown.",
        About.NOBODY,
        Keeping.SUMS,
        (Reader.ANALYSTS_IN_SUMS,),
        {
            "content": Column("to show whether groups are treated alike", Kind.SPECIAL, special=OF_ITS_NATURE),
            "made_on": Column("to say of which day the sums are", Kind.MOMENT),
        },
    ),
)
