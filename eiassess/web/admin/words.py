"""How the administrators' pages say things."""

from eiassess.domain.roles import Role
from eiassess.services.people.staff_list import PersonState

ROLES = {
    Role.RECRUITER: "invites candidates, compares and decides in the openings that they are put on",
    Role.MANAGER: "reads what recruiters release, interviews",
    Role.ANALYST: "looks after forms, keys and statistics",
    Role.ADMINISTRATOR: "looks after accounts and openings, and sees no candidate's results",
}
"""What each role does here, in the order in which pages name them."""

STATES = {
    PersonState.ACTIVE: ("Active", "done"),
    PersonState.INVITED: ("Invited, not come yet", "active"),
    PersonState.UNDELIVERED: ("Invited, mail not delivered", "caution"),
    PersonState.LINK_ENDED: ("Invited, link has ended", "caution"),
    PersonState.TAKEN_BACK: ("Invitation taken back", "plain"),
    PersonState.INACTIVE: ("Deactivated", "plain"),
}
"""Each state in words, with the kind of its mark."""

FILTERS = {
    "active": ("Active", (PersonState.ACTIVE,)),
    "invited": (
        "Invited, not come yet",
        (PersonState.INVITED, PersonState.UNDELIVERED, PersonState.LINK_ENDED, PersonState.TAKEN_BACK),
    ),
    "inactive": ("Deactivated", (PersonState.INACTIVE,)),
}
"""What the list can be narrowed to, as the address names it."""

DONE = {
    "invited": "The invitation is on its way.",
    "roles": "The roles are changed, and hold from their next click on.",
    "deactivated": "The account is deactivated, and its sessions have ended.",
    "reactivated": "The account is active again.",
    "signed-out": "All sessions of this person have ended.",
    "taken-back": "The invitation is taken back. The account stays, without a way in: an opening names this person.",
    "deleted": "The invitation is taken back, and what was kept of that person is deleted.",
}
"""What was done, by what the address says."""
