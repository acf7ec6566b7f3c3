"""The sign-in form."""

from flask_security.forms import LoginForm


class SignInForm(LoginForm):
    """Flask-Security's form without "remember me": its cookie would outlive signing out."""

    remember = None  # type: ignore[assignment]  # how WTForms takes away an inherited field
