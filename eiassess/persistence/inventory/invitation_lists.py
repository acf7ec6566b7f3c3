"""Of lists of people that wait to be invited."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.invitation_lists import InvitationListRecord, InvitationListRowRecord

AS_IT_CAME = "a list can have columns that nobody asked for; they are gone once it is confirmed"
ENTRIES = (
    TableEntry(
        InvitationListRecord,
        "A list that was read and waits to be confirmed.",
        About.CANDIDATE,
        Keeping.LIST,
        (Reader.RECRUITERS,),
        {
            "source": Column("to name the file that it came from", Kind.TECHNICAL, About.NOBODY),
            "cells": Column("to choose its columns anew", Kind.FREE_TEXT, special=AS_IT_CAME),
            "columns": Column("to know which columns hold name and address", Kind.SETTING, About.NOBODY),
            "notes": Column("to say what was left out", Kind.STATE),
            "n_invited": Column("to say how many were invited", Kind.STATE, About.NOBODY),
            "created_at": Column("to know when it was read", Kind.MOMENT, About.NOBODY),
            "ends_at": Column("to delete it", Kind.MOMENT, About.NOBODY),
            "confirmed_at": Column("to invite from it once", Kind.MOMENT, About.NOBODY),
        },
    ),
    TableEntry(
        InvitationListRowRecord,
        "A row of such a list.",
        About.CANDIDATE,
        Keeping.LIST,
        (Reader.RECRUITERS,),
        {
            "position": Column("to keep the list's order", Kind.TECHNICAL),
            "sheet": Column("to say where the row stands", Kind.TECHNICAL),
            "row": Column("to say where the row stands", Kind.TECHNICAL),
            "name": Column("to address the person", Kind.IDENTITY),
            "email": Column("to invite the person", Kind.CONTACT),
            "email_key": Column("to find people who are there already", Kind.CONTACT),
            "phone": Column("to give it back with refused rows; nobody is called", Kind.CONTACT),
            "problems": Column("to say what is wrong in the row", Kind.STATE),
            "notes": Column("to say what was mended", Kind.STATE),
        },
    ),
)
