"""What somebody chooses who was invited."""

from wtforms import PasswordField, StringField

from eiassess.services.people.joining import Chosen, Joining
from eiassess.web.shell.forms import RefusableForm


class JoinForm(RefusableForm):
    """A name and a password; the first administrator gives an address too."""

    name = StringField("Your name, as others here see it")
    email = StringField("Your e-mail address")
    password = PasswordField("Password")

    def ask(self, whose: Joining) -> None:
        """Ask for the address of nobody but the first administrator."""
        if not whose.is_first:
            del self.email

    def chosen(self) -> Chosen:
        """Return what was typed."""
        email = (self.email.data or "") if "email" in self else ""
        return Chosen(self.name.data or "", self.password.data or "", email)
