"""Of limits on guessing."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.guesses import AttemptRecord

ENTRIES = (
    TableEntry(
        AttemptRecord,
        "How often somebody tried to get in, from where. Neither account nor address can be read from it.",
        About.NOBODY,
        Keeping.TRIES,
        (Reader.NOBODY,),
        {
            "bucket": Column(
                "to count tries: a hash of account and address, with a key that the database does not have",
                Kind.TECHNICAL,
            ),
            "count": Column("to make whoever guesses wait", Kind.TECHNICAL),
            "expires_at": Column("to forget it", Kind.MOMENT),
        },
    ),
)
