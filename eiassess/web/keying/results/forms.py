"""What publishing a key asks for."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from eiassess.web.shell.forms import RefusableForm


class PublishForm(RefusableForm):
    """A key with the reason why it is relevant, and who stands for that."""

    relevance = TextAreaField(
        "Why is what this key rewards relevant to the job?", validators=[InputRequired("Give the reason.")]
    )
    named_person = StringField("Who stands for this reason?", validators=[InputRequired("Name the person.")])
