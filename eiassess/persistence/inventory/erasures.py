"""Of people who were erased, and of duties to keep records."""

from eiassess.persistence.inventory.deciding import MAY_TELL_ANYTHING
from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.erasures import ErasureHoldRecord, ErasureReceiptRecord, ErasureWishRecord

ENTRIES = (
    TableEntry(
        ErasureReceiptRecord,
        "That somebody was erased, without who it was.",
        About.CANDIDATE,
        Keeping.RECEIPT,
        (Reader.NOBODY,),
        {
            "id": Column(
                "to erase the same person again in an older copy that is opened: a hash of the id of their sitting",
                Kind.REFERENCE,
            ),
            "erased_by": Column("to say which kind of person did it", Kind.STATE),
            "reason": Column("to say why: one of four", Kind.STATE),
            "erased_at": Column("to know when", Kind.MOMENT),
        },
    ),
    TableEntry(
        ErasureHoldRecord,
        "A duty to keep somebody's records: until its end they are not erased.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "person": Column("to name who answers for it", Kind.IDENTITY, About.STAFF),
            "reason": Column("to say why", Kind.FREE_TEXT, special=MAY_TELL_ANYTHING),
            "until": Column("to end it by itself", Kind.MOMENT),
            "made_by": Column("to know who entered it", Kind.REFERENCE, About.STAFF, seen_by=(Reader.NOBODY,)),
            "made_at": Column("to know since when", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
        },
    ),
    TableEntry(
        ErasureWishRecord,
        "A wish to erase that waits for the end of such a duty; the page says that there is one.",
        About.CANDIDATE,
        Keeping.SITTING,
        (Reader.RECRUITERS,),
        {
            "wished_by": Column("to write the receipt", Kind.STATE, seen_by=(Reader.NOBODY,)),
            "reason": Column("to write the receipt", Kind.STATE, seen_by=(Reader.NOBODY,)),
            "wished_at": Column("to know since when it waits", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
        },
    ),
)
