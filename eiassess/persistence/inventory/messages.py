"""Of mails."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.messages import MailWordingRecord, MessageRecord

ENTRIES = (
    TableEntry(
        MessageRecord,
        "One mail to one person: a candidate, an expert or somebody of the staff. Its text is made when it is sent.",
        About.ANYBODY,
        Keeping.MAIL,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "kind": Column("to make its text", Kind.TECHNICAL),
            "recipient_name": Column("to address the person", Kind.IDENTITY),
            "recipient_email": Column("to send it", Kind.CONTACT),
            "given": Column(
                "to fill in what no other row holds; an answer to a request is read by the contact alone",
                Kind.SPECIAL,
                keeping=Keeping.UNTIL_SENT,
                special="an answer to a request for an adjustment stands here until it was sent",
            ),
            "message_id": Column("to know reports of failures again", Kind.TECHNICAL),
            "state": Column("to show how far it came", Kind.STATE),
            "tries": Column("to give up in the end", Kind.TECHNICAL),
            "fence": Column("to shut out a worker that was away too long", Kind.TECHNICAL),
            "words": Column("to say what the mail server answered", Kind.STATE),
            "created_at": Column("to list mails in turn", Kind.MOMENT),
            "due_at": Column("to send it in time", Kind.MOMENT),
            "lease_until": Column("to take it over from a worker that died", Kind.MOMENT),
            "sent_at": Column("to say when it was sent", Kind.MOMENT),
        },
    ),
    TableEntry(
        MailWordingRecord,
        "An opening's own wording of a mail.",
        About.NOBODY,
        Keeping.OPENING,
        (Reader.RECRUITERS, Reader.CANDIDATE),
        {
            "kind": Column("to know which mail", Kind.TECHNICAL),
            "subject": Column("to write it", Kind.CONTENT),
            "text": Column("to write it", Kind.CONTENT),
            "changed_at": Column("to know when it was changed", Kind.MOMENT),
        },
    ),
)
