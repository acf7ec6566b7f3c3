"""What a kind of mail is: who gets it when, and the values that its wording can name."""

from dataclasses import dataclass, fields
from typing import Any, get_type_hints


@dataclass(frozen=True)
class Placeholder:
    """A value that wording names as ``((name))``.

    Parameters
    ----------
    says
        What it stands for, for whoever writes the wording.
    sample
        What it could be, for previews before anybody gets the mail.
    is_link
        Whether it is an address to follow: it never stands in a subject, and becomes a link in HTML.
    is_needed
        Whether the mail would be useless without it, so that no wording may leave it out.
    """

    says: str
    sample: str
    is_link: bool = False
    is_needed: bool = False


@dataclass(frozen=True)
class MailValues:
    """What one mail says, as its reader reads it; a child names each of its fields' ``Placeholder`` by ``Annotated``.

    An empty value is left out together with its paragraph.
    """


@dataclass(frozen=True)
class MailKind:
    """One kind of mail.

    Parameters
    ----------
    name
        As it is stored, and the name of its folder in ``templates/mail``.
    title
        What people call it.
    summary
        Who gets it and when, in a sentence.
    values
        The class of its values.
    is_of_opening
        Whether an opening can have a wording of its own for it.
    starts_thread
        Whether it begins a conversation that later mails to the same person hang on.
    is_secret
        Whether it holds what only its reader may see, whatever staff may look at; what it was made from is forgotten
        when it was sent.
    """

    name: str
    title: str
    summary: str
    values: type[MailValues]
    is_of_opening: bool = True
    starts_thread: bool = False
    is_secret: bool = False

    @property
    def placeholders(self) -> dict[str, Placeholder]:
        """The placeholders by name, in the order of the values."""
        hints = get_type_hints(self.values, include_extras=True)
        return {field.name: _placeholder(hints[field.name]) for field in fields(self.values)}

    def sample(self) -> MailValues:
        """Make values for a preview."""
        return self.values(**{name: each.sample for name, each in self.placeholders.items()})


def values_by_name(values: MailValues) -> dict[str, str]:
    """Return a mail's values by placeholder."""
    return {field.name: getattr(values, field.name) for field in fields(values)}


def _placeholder(hint: Any) -> Placeholder:  # noqa: ANN401 - a type with what was written beside it
    placeholder: Placeholder = hint.__metadata__[0]
    return placeholder
