"""What is stored, why, about whom, for how long and who reads it: an entry for each column of each table.

For each file of ``persistence/tables`` there is one of the same name here, with the entries of its tables. Tests hold
it to the tables; docs/privacy.md is made from it.
"""

from eiassess.persistence.inventory import (
    accounts,
    adjustments,
    audit,
    content,
    deciding,
    done_once,
    erasures,
    estimates,
    experience,
    fairness,
    guesses,
    hiring,
    interviews,
    invitation_lists,
    jobs,
    listing,
    messages,
    outcomes,
    panels,
    questions,
    scores,
    sharing,
    signing_in,
    sittings,
    views,
    what_ifs,
)
from eiassess.persistence.inventory.entries import TableEntry

INVENTORY: tuple[TableEntry, ...] = (
    *accounts.ENTRIES,
    *adjustments.ENTRIES,
    *audit.ENTRIES,
    *content.ENTRIES,
    *deciding.ENTRIES,
    *done_once.ENTRIES,
    *erasures.ENTRIES,
    *estimates.ENTRIES,
    *experience.ENTRIES,
    *fairness.ENTRIES,
    *guesses.ENTRIES,
    *hiring.ENTRIES,
    *interviews.ENTRIES,
    *invitation_lists.ENTRIES,
    *jobs.ENTRIES,
    *listing.ENTRIES,
    *messages.ENTRIES,
    *outcomes.ENTRIES,
    *panels.ENTRIES,
    *questions.ENTRIES,
    *scores.ENTRIES,
    *sharing.ENTRIES,
    *signing_in.ENTRIES,
    *sittings.ENTRIES,
    *views.ENTRIES,
    *what_ifs.ENTRIES,
)
