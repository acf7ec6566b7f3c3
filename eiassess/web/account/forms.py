"""What somebody changes of their own account."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from eiassess.web.shell.forms import RefusableForm


class NameForm(RefusableForm):
    """One's own name."""

    name = StringField("Your name, as others here see it")


class PasswordForm(RefusableForm):
    """Another password, against the present one."""

    present = PasswordField("Your present password", validators=[InputRequired("Give your present password.")])
    new = PasswordField("The new password", validators=[InputRequired("Choose a new password.")])
