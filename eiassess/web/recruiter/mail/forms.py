"""What the pages about mails send."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from eiassess.domain.mails.wording import MailWording
from eiassess.web.shell.forms import RefusableForm


class WordingForm(RefusableForm):
    """Wording of a mail."""

    subject = StringField("Subject", validators=[InputRequired("Write a subject.")])
    text = TextAreaField("Text", validators=[InputRequired("Write a text.")])

    @property
    def wording(self) -> MailWording:
        """What was written."""
        return MailWording(self.subject.data or "", self.text.data or "")


class BouncedForm(RefusableForm):
    """What somebody read in the mail that came back."""

    words = StringField("What the mail that came back says")
