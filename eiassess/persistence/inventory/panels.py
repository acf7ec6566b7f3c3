"""Of experts who key a form."""

from eiassess.persistence.inventory.entries import About, Column, Keeping, Kind, Reader, TableEntry
from eiassess.persistence.tables.panels import (
    ExpertRatingRecord,
    KeyingPanelRecord,
    PanelExpertRecord,
    PublishedKeyRecord,
)

ENTRIES = (
    TableEntry(
        KeyingPanelRecord,
        "A panel of experts who rate every option of a form.",
        About.NOBODY,
        Keeping.FOR_GOOD,
        (Reader.ANALYSTS,),
        {
            "title": Column("to name it", Kind.SETTING),
            "simulated": Column("to tell made-up panels apart", Kind.STATE),
            "created_at": Column("to list panels in turn", Kind.MOMENT),
            "closed_at": Column("to know whether it still rates", Kind.MOMENT),
        },
    ),
    TableEntry(
        PanelExpertRecord,
        "An expert who was invited.",
        About.EXPERT,
        Keeping.PANEL,
        (Reader.ANALYSTS,),
        {
            "name": Column("to address them; a published key names none", Kind.IDENTITY),
            "email": Column("to invite them", Kind.CONTACT),
            "background": Column("to say what makes them experts", Kind.FREE_TEXT),
            "link_id": Column(
                "to make their link again, with the installation's secret", Kind.SECRET, seen_by=(Reader.NOBODY,)
            ),
            "token_hash": Column("to know their link; the link is not stored", Kind.SECRET, seen_by=(Reader.NOBODY,)),
            "order_seed": Column("to show scenarios in an order of their own", Kind.TECHNICAL),
            "created_at": Column("to know when they were invited", Kind.MOMENT),
            "expires_at": Column("to end the link", Kind.MOMENT),
            "revoked_at": Column("to close the link", Kind.MOMENT),
            "agreed_at": Column("to keep that they agreed to what is done with it", Kind.MOMENT),
            "submitted_at": Column("to know who is done", Kind.MOMENT),
        },
    ),
    TableEntry(
        ExpertRatingRecord,
        "What an expert gave for the options of a scenario.",
        About.EXPERT,
        Keeping.PANEL,
        (Reader.ANALYSTS, Reader.EXPERT),
        {
            "scenario_id": Column("to know which scenario", Kind.REFERENCE),
            "ratings": Column("to make the key", Kind.ANSWER),
            "comments": Column("to know why", Kind.FREE_TEXT),
            "revision": Column("to overwrite nothing unseen", Kind.TECHNICAL),
            "saved_at": Column("to show when it was saved", Kind.MOMENT),
        },
    ),
    TableEntry(
        PublishedKeyRecord,
        "A key that was made from a panel, with who stands for it.",
        About.STAFF,
        Keeping.FOR_GOOD,
        (Reader.ANALYSTS, Reader.RECRUITERS),
        {
            "n_experts": Column("to say how many keyed it", Kind.CONTENT, About.NOBODY),
            "provisional": Column("to say that they were too few", Kind.STATE, About.NOBODY),
            "relevance": Column("to say why it fits the job", Kind.FREE_TEXT, About.NOBODY),
            "named_person": Column("to name who stands for it", Kind.IDENTITY),
            "evidence": Column("to say how far experts agree", Kind.CONTENT, About.NOBODY),
            "published_at": Column("to know when", Kind.MOMENT, About.NOBODY),
        },
    ),
)
