"""Of ways to sign in besides the password."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.signing_in import PasswordResetRecord, RecoveryCodeRecord, TwoStepsRecord

ENTRIES = (
    TableEntry(
        PasswordResetRecord,
        "That a new password was asked for; also for an address without an account, which is not kept.",
        About.STAFF,
        Keeping.RESET,
        (Reader.NOBODY,),
        {
            "token_hash": Column("to know the link; it is not stored", Kind.SECRET),
            "asked_at": Column("to mail the newest", Kind.MOMENT),
            "expires_at": Column("to end the link after an hour", Kind.MOMENT),
            "mailed_at": Column("to mail it once", Kind.MOMENT),
        },
    ),
    TableEntry(
        TwoStepsRecord,
        "That somebody signs in in two steps.",
        About.STAFF,
        Keeping.TWO_STEPS,
        (Reader.NOBODY,),
        {
            "made_from": Column("to make the app's secret, together with the installation's", Kind.SECRET),
            "begun_at": Column("to know when it was begun", Kind.MOMENT),
            "on_since": Column("to ask for a code from then on", Kind.MOMENT, seen_by=(Reader.OWNER,)),
            "last_step": Column("to take each code once", Kind.TECHNICAL),
        },
    ),
    TableEntry(
        RecoveryCodeRecord,
        "A recovery code that was not used yet; the page says how many there are.",
        About.STAFF,
        Keeping.TWO_STEPS,
        (Reader.NOBODY,),
        {
            "code_hash": Column("to check it; the code is not stored", Kind.SECRET),
            "made_at": Column("to know when it was made", Kind.MOMENT),
        },
    ),
)
