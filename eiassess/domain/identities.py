"""Who somebody is by the word of another, whom we ask to prove it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProvenIdentity:
    """Somebody as a provider of sign-in knows them.

    Parameters
    ----------
    issuer
        The provider, by its address.
    subject
        Its own identifier of the person, which it never gives to another one.
    checked_address
        Their e-mail address if the provider says that it has checked it, empty otherwise. It may pass on to another
        person, so it is never who somebody is.
    """

    issuer: str
    subject: str
    checked_address: str = ""
