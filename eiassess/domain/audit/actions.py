"""What the audit keeps of: every deed that looks at, changes, exports, releases, decides or erases.

A new deed is a line here, in the group where it belongs, and a line in the list of the entrance that leads to it.
"""

from collections.abc import Mapping
from enum import StrEnum


class Action(StrEnum):
    """What somebody did; values are kept for good, so none is ever given another meaning."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    ADD_ACCOUNT = "account.add"
    JOIN = "account.join"
    CHANGE_ACCOUNT = "account.change"
    CHANGE_ROLES = "account.roles"
    SET_PASSWORD = "account.password"  # noqa: S105 - the name of a deed
    RESET_PASSWORD = "account.reset-password"  # noqa: S105 - the name of a deed
    END_SESSIONS = "account.end-sessions"
    SWITCH_ACCOUNT = "account.switch"
    CHANGE_TWO_STEPS = "account.two-steps"
    CHANGE_IDENTITY = "account.identity"
    READ_ACCOUNTS = "account.read"

    READ_CANDIDATES = "candidates.read"
    READ_CANDIDATE = "candidate.read"
    COMPARE = "candidates.compare"
    TRY_WEIGHTS = "candidates.try-weights"
    EXPORT_CANDIDATES = "candidates.export"
    EXPORT_CANDIDATE = "candidate.export"
    RELEASE = "candidate.release"
    SHARE = "candidate.share"
    DECIDE = "candidate.decide"
    NOTE = "candidate.note"
    WITHDRAW = "candidate.withdraw"
    CORRECT = "candidate.correct"
    ERASE = "candidate.erase"
    ASK_ERASURE = "candidate.ask-erasure"
    HOLD = "candidate.hold"

    CONSENT = "own.consent"
    HAND_IN = "own.hand-in"
    WITHDRAW_OWN = "own.withdraw"
    READ_OWN = "own.read"
    EXPORT_OWN = "own.export"
    ERASE_OWN = "own.erase"

    INVITE = "invitation.invite"
    STAGE_LIST = "invitation.stage-list"
    READ_LIST = "invitation.read-list"
    DISCARD_LIST = "invitation.discard-list"
    REPLACE_LINK = "invitation.replace-link"
    REVOKE_LINK = "invitation.revoke-link"
    REMIND = "invitation.remind"

    ADD_OPENING = "opening.add"
    CHANGE_OPENING = "opening.change"
    CHANGE_MEMBERS = "opening.members"
    END_OPENING = "opening.end"
    CHANGE_USE = "opening.use-of-scores"
    READ_MAIL = "mail.read"
    SEND_MAIL = "mail.send"
    CHANGE_MAIL = "mail.change"

    READ_REQUEST = "request.read"
    ANSWER_REQUEST = "request.answer"
    READ_QUESTION = "question.read"
    ANSWER_QUESTION = "question.answer"
    PLAN_INTERVIEW = "interview.plan"
    READ_INTERVIEW = "interview.read"
    RATE_INTERVIEW = "interview.rate"
    READ_RATINGS = "interview.read-ratings"
    RATE_WORK = "work.rate"
    IMPORT_WORK = "work.import"
    READ_WORK = "work.read"

    READ_FAIRNESS = "fairness.read"
    READ_STATISTICS = "statistics.read"
    RENEW_ESTIMATES = "statistics.renew"
    CHANGE_PANEL = "panel.change"
    READ_PANEL = "panel.read"
    EXPORT_PANEL = "panel.export"
    PUBLISH_KEY = "panel.publish-key"
    ERASE_EXPERTS = "panel.erase-names"
    AGREE_TO_RATE = "expert.agree"
    HAND_IN_RATINGS = "expert.hand-in"

    HAND_IN_AT_END = "time.hand-in"
    ERASE_AT_END = "time.erase"
    BACK_UP = "database.back-up"
    RUN_DELETION = "time.run-deletion"
    READ_AUDIT = "audit.read"
    EXPORT_AUDIT = "audit.export"
    LOSE_LOOKS = "audit.lost-looks"


WORDS: Mapping[Action, str] = {
    Action.SIGN_IN: "Signed in",
    Action.SIGN_OUT: "Signed out",
    Action.ADD_ACCOUNT: "Added an account",
    Action.JOIN: "Followed an invitation and chose a password",
    Action.CHANGE_ACCOUNT: "Changed an account",
    Action.CHANGE_ROLES: "Changed somebody's roles",
    Action.SET_PASSWORD: "Set a password",
    Action.RESET_PASSWORD: "Followed a mailed link and chose a new password",
    Action.END_SESSIONS: "Ended somebody's sessions",
    Action.SWITCH_ACCOUNT: "Deactivated an account, or made it active again",
    Action.CHANGE_TWO_STEPS: "Turned sign-in in two steps on or off, or made its codes anew",
    Action.CHANGE_IDENTITY: "Looked at or changed whom a provider signs in to an account",
    Action.READ_ACCOUNTS: "Looked at the accounts",
    Action.READ_CANDIDATES: "Looked at a list of candidates",
    Action.READ_CANDIDATE: "Looked at a candidate",
    Action.COMPARE: "Compared candidates",
    Action.TRY_WEIGHTS: "Looked at or kept a list with other weights",
    Action.EXPORT_CANDIDATES: "Took a file of several candidates",
    Action.EXPORT_CANDIDATE: "Took a file of a candidate",
    Action.RELEASE: "Released a candidate, or took the release back",
    Action.SHARE: "Made or ended a link to released candidates",
    Action.DECIDE: "Acted on chosen candidates: stage, decision, release or message",
    Action.NOTE: "Wrote a note about a candidate",
    Action.WITHDRAW: "Withdrew a candidate's invitation",
    Action.CORRECT: "Corrected a candidate's name or address",
    Action.ERASE: "Erased a candidate",
    Action.ASK_ERASURE: "Asked to erase a candidate whose data a duty holds: it waits",
    Action.HOLD: "Held or freed a candidate's data",
    Action.CONSENT: "Agreed to the notice",
    Action.HAND_IN: "Handed in answers",
    Action.WITHDRAW_OWN: "Withdrew from the assessment",
    Action.READ_OWN: "Read what is stored about them",
    Action.EXPORT_OWN: "Took a file of what is stored about them",
    Action.ERASE_OWN: "Had everything about them erased",
    Action.INVITE: "Invited people",
    Action.STAGE_LIST: "Read a list of people in, or changed how it is read",
    Action.READ_LIST: "Looked at a list of people to invite",
    Action.DISCARD_LIST: "Threw a list of people away",
    Action.REPLACE_LINK: "Replaced a candidate's link",
    Action.REVOKE_LINK: "Ended a candidate's links",
    Action.REMIND: "Reminded people, or planned to",
    Action.ADD_OPENING: "Added an opening",
    Action.CHANGE_OPENING: "Changed an opening",
    Action.CHANGE_MEMBERS: "Changed who works on an opening",
    Action.END_OPENING: "Closed, reopened or archived an opening",
    Action.CHANGE_USE: "Changed what scores are used for",
    Action.READ_MAIL: "Looked at mails",
    Action.SEND_MAIL: "Had mails sent again, or marked one as come back",
    Action.CHANGE_MAIL: "Changed what a mail says",
    Action.READ_REQUEST: "Looked at requests for adjustments",
    Action.ANSWER_REQUEST: "Answered a request for adjustments",
    Action.READ_QUESTION: "Looked at candidates' questions",
    Action.ANSWER_QUESTION: "Answered a candidate's question",
    Action.PLAN_INTERVIEW: "Planned, changed or called off an interview",
    Action.READ_INTERVIEW: "Looked at interviews",
    Action.RATE_INTERVIEW: "Rated an interview",
    Action.READ_RATINGS: "Read other people's interview ratings",
    Action.RATE_WORK: "Rated somebody's work",
    Action.IMPORT_WORK: "Read ratings of work in",
    Action.READ_WORK: "Looked at how those work who were hired",
    Action.READ_FAIRNESS: "Looked at figures by group",
    Action.READ_STATISTICS: "Looked at statistics of a form",
    Action.RENEW_ESTIMATES: "Made an estimate of errors anew",
    Action.CHANGE_PANEL: "Changed a panel of experts",
    Action.READ_PANEL: "Looked at a panel of experts",
    Action.EXPORT_PANEL: "Took a file of a panel",
    Action.PUBLISH_KEY: "Published a key",
    Action.ERASE_EXPERTS: "Erased the names of a panel's experts",
    Action.AGREE_TO_RATE: "Agreed to rate as an expert",
    Action.HAND_IN_RATINGS: "Handed in ratings as an expert",
    Action.HAND_IN_AT_END: "Handed in for somebody whose time was over",
    Action.ERASE_AT_END: "Erased a candidate whose time of keeping was over",
    Action.BACK_UP: "Copied the database",
    Action.RUN_DELETION: "Looked for what is not to be kept, and deleted nobody",
    Action.READ_AUDIT: "Looked at the audit",
    Action.EXPORT_AUDIT: "Took a file of the audit",
    Action.LOSE_LOOKS: "Could not write down looks at pages; the number says how many",
}

LEAVES_WITH_A_FILE = frozenset(
    {
        Action.EXPORT_CANDIDATES,
        Action.EXPORT_CANDIDATE,
        Action.EXPORT_OWN,
        Action.EXPORT_PANEL,
        Action.EXPORT_AUDIT,
    }
)
"""What takes data away: its entry is written before the file leaves, not after."""

TELLS_NOBODY = frozenset({Action.HAND_IN})
"""What does not say which candidate it was: whoever was given more time than others know of hands in later than others
are told."""
