"""Opening the conversation where there is somebody to talk to, and what it needs is installed."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from eiassess.config import Settings
from eiassess.errors import SetupError

if TYPE_CHECKING:
    from eiassess.oidc.conversation import Provider

COMES_BACK_TO = "/sign-in/callback"


def open_provider(settings: Settings, clock: Callable[[], datetime]) -> "Provider | None":
    """Return the provider that people sign in by, if the settings name one.

    Raises
    ------
    SetupError
        They name one, and the packages that talk to it are not installed.
    """
    if settings.provider is None:
        return None
    try:
        from eiassess.oidc.conversation import Provider  # noqa: PLC0415 - not everybody has what it needs
    except ModuleNotFoundError as error:
        message = (
            f"EIASSESS_OIDC_ISSUER is set, and sign-in by a provider needs packages that are not installed "
            f"({error.name}); run: pip install 'eiassess[sso]'"
        )
        raise SetupError(message) from None
    return Provider(settings.provider, f"{settings.base_url}{COMES_BACK_TO}", clock)
