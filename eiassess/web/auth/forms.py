"""The forms of signing in."""

from typing import Any

from flask_security.forms import LoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from eiassess.services.people.passwords import is_too_long
from eiassess.web.shell.forms import RefusableForm


class SignInForm(LoginForm):
    """Flask-Security's form without "remember me": its cookie would outlive signing out."""

    remember = None  # type: ignore[assignment]  # how WTForms takes away an inherited field

    def validate(self, **kwargs: Any) -> bool:  # type: ignore[override]  # noqa: ANN401 - Flask-Security's signature
        """Refuse a password that no account can have before anybody is looked up, so that all addresses look alike."""
        if is_too_long(self.password.data or ""):
            self.password.errors = ["too long"]
            return False
        return bool(super().validate(**kwargs))


class AskPasswordForm(RefusableForm):
    """Where the mail with the way to a new password goes."""

    email = StringField("E-mail address", validators=[InputRequired("Type your e-mail address.")])


class ChoosePasswordForm(RefusableForm):
    """The new password; once, since whoever mistyped it asks for another mail."""

    password = PasswordField("New password", validators=[InputRequired("Type a new password.")])


class SecondStepForm(RefusableForm):
    """What the app shows, or a recovery code."""

    code = StringField("Code", validators=[InputRequired("Type the code.")])


class AgainForm(RefusableForm):
    """Who one is, once more: by the password, or by a code where one signs in in two steps."""

    password = PasswordField("Password")
    code = StringField("Or a code")
