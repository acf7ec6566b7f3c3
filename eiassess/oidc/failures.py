"""What goes wrong with a provider of sign-in, as those who wait for it are told."""

from eiassess.errors import EIAssessError


class ProviderError(EIAssessError):
    """Somebody could not be recognised; the message is for whoever runs the installation, not for a page.

    Parameters
    ----------
    message
        What was not as it has to be.
    is_away
        Whether the provider did not answer, so that the same may work later.
    """

    def __init__(self, message: str, *, is_away: bool = False) -> None:
        self.is_away = is_away
        super().__init__(message)
