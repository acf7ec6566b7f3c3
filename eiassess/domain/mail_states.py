"""Where a mail stands on its way, and in which words people read it."""

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands; only a person puts one back to waiting that has come to an end."""

    WAITING = "waiting"
    """To be sent when its time has come; a mail that a server asked to send later waits too."""
    SENDING = "sending"
    """Some worker has it, and the server has not been given its text."""
    HANDING_OVER = "handing_over"
    """The server is being given its text: from here on only its answer can say whether it has it."""
    SENT = "sent"
    """The server took it."""
    REFUSED = "refused"
    """The server refused it for good."""
    GIVEN_UP = "given_up"
    """The server asked to wait more often than we do."""
    BOUNCED = "bounced"
    """The server took it, and it came back."""
    UNKNOWN = "unknown"
    """It was handed over and no answer was recorded: it may have arrived, so it is never sent again by itself."""
    NOT_NEEDED = "not_needed"
    """When its time came there was no reason for it any more."""

    @property
    def words(self) -> str:
        """The state in people's words."""
        return {
            MailState.HANDING_OVER: "sending",
            MailState.GIVEN_UP: "given up",
            MailState.UNKNOWN: "not known",
            MailState.NOT_NEEDED: "not needed",
        }.get(self, self.value)


UNDER_WAY = (MailState.SENDING, MailState.HANDING_OVER)
UNDELIVERED = (MailState.REFUSED, MailState.GIVEN_UP, MailState.BOUNCED)
"""It did not reach the person, as far as anybody knows."""
RESENDABLE = (*UNDELIVERED, MailState.UNKNOWN, MailState.SENT)
"""What a person may ask to be sent again."""
