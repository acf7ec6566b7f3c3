"""Of people who sign in, and of the sessions of all browsers."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.accounts import UserRecord, UserRoleRecord, WebSessionRecord

ENTRIES = (
    TableEntry(
        UserRecord,
        "Who may sign in.",
        About.STAFF,
        Keeping.ACCOUNT,
        (Reader.OWNER,),
        {
            "email": Column("to sign in, and to write to them", Kind.CONTACT, seen_by=(Reader.RECRUITERS,)),
            "name": Column(
                "to say who did what, and to candidates who sees what",
                Kind.IDENTITY,
                seen_by=(Reader.RECRUITERS, Reader.CANDIDATE),
            ),
            "password": Column("to check a password: its argon2id hash", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "active": Column("to let nobody in whose account was closed", Kind.STATE, seen_by=(Reader.NOBODY,)),
            "fs_uniquifier": Column(
                "to tie browser sessions to the account; another one ends them all",
                Kind.SECRET,
                seen_by=(Reader.NOBODY,),
            ),
            "created_at": Column("to know since when the account is there", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
        },
    ),
    TableEntry(
        UserRoleRecord,
        "What somebody may do here.",
        About.STAFF,
        Keeping.ACCOUNT,
        (Reader.OWNER,),
        {"role": Column("to decide which pages open", Kind.SETTING)},
    ),
    TableEntry(
        WebSessionRecord,
        "That a browser is signed in, or opened a link. No address, no browser's name.",
        About.ANYBODY,
        Keeping.BROWSER,
        (Reader.NOBODY,),
        {
            "id_hash": Column("to find the session by its cookie; the cookie's id is not stored", Kind.SECRET),
            "audience": Column("to keep sessions of staff, candidates and experts apart", Kind.TECHNICAL),
            "data": Column("to know whose session it is: an account, or which link was opened", Kind.REFERENCE),
            "created_at": Column("to end it after its longest time", Kind.MOMENT),
            "seen_at": Column("to end it after its time of rest", Kind.MOMENT),
        },
    ),
)
