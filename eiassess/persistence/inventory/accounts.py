"""Of people who sign in, and of the sessions of all browsers."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.accounts import (
    StaffInvitationRecord,
    UserIdentityRecord,
    UserRecord,
    UserRoleRecord,
    WebSessionRecord,
)

WHO_WORKS_WITH_THEM = (Reader.ADMINISTRATORS, Reader.RECRUITERS)
ENTRIES = (
    TableEntry(
        UserRecord,
        "Who may sign in, and who was invited to.",
        About.STAFF,
        Keeping.ACCOUNT,
        (Reader.OWNER, Reader.ADMINISTRATORS),
        {
            "email": Column("to sign in, and to write to them", Kind.CONTACT, seen_by=WHO_WORKS_WITH_THEM),
            "name": Column(
                "to say who did what, and to candidates who sees what",
                Kind.IDENTITY,
                seen_by=(*WHO_WORKS_WITH_THEM, Reader.CANDIDATE),
            ),
            "password": Column("to check a password: its argon2id hash", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "active": Column("to let nobody in whose account was closed", Kind.STATE, seen_by=(Reader.ADMINISTRATORS,)),
            "fs_uniquifier": Column(
                "to tie browser sessions to the account; another one ends them all",
                Kind.SECRET,
                seen_by=(Reader.NOBODY,),
            ),
            "created_at": Column("to know since when the account is there", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
            "joined_at": Column(
                "to tell who was invited from who has come", Kind.MOMENT, seen_by=(Reader.ADMINISTRATORS,)
            ),
            "last_sign_in_at": Column(
                "to find accounts that nobody uses", Kind.MOMENT, seen_by=(Reader.ADMINISTRATORS,)
            ),
        },
    ),
    TableEntry(
        UserRoleRecord,
        "What somebody may do here.",
        About.STAFF,
        Keeping.ACCOUNT,
        (Reader.OWNER, Reader.ADMINISTRATORS),
        {"role": Column("to decide which pages open", Kind.SETTING)},
    ),
    TableEntry(
        UserIdentityRecord,
        "Whom a provider of sign-in means by an identifier of its own. No name and no picture comes with it.",
        About.STAFF,
        Keeping.IDENTITY,
        (Reader.NOBODY,),
        {
            "issuer": Column("to know which provider", Kind.REFERENCE),
            "subject": Column("to let in whom the provider means by it", Kind.REFERENCE),
            "added_at": Column("to know since when", Kind.MOMENT),
        },
    ),
    TableEntry(
        StaffInvitationRecord,
        "A link by which somebody joins who is to sign in.",
        About.STAFF,
        Keeping.JOINING,
        (Reader.ADMINISTRATORS,),
        {
            "token_hash": Column("to know the link; it is not stored", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "created_at": Column("to know when it was made", Kind.MOMENT, seen_by=(Reader.NOBODY,)),
            "expires_at": Column("to end it", Kind.MOMENT),
        },
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
            "created_at": Column("to end it after its longest time", Kind.MOMENT, seen_by=(Reader.OWNER,)),
            "seen_at": Column("to end it after its time of rest", Kind.MOMENT, seen_by=(Reader.OWNER,)),
        },
    ),
)
