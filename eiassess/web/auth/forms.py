"""The sign-in form."""

from typing import Any

from flask_security.forms import LoginForm

from eiassess.services.people.passwords import is_too_long


class SignInForm(LoginForm):
    """Flask-Security's form without "remember me": its cookie would outlive signing out."""

    remember = None  # type: ignore[assignment]  # how WTForms takes away an inherited field

    def validate(self, **kwargs: Any) -> bool:  # type: ignore[override]  # noqa: ANN401 - Flask-Security's signature
        """Refuse a password that no account can have before anybody is looked up, so that all addresses look alike."""
        if is_too_long(self.password.data or ""):
            self.password.errors = ["too long"]
            return False
        return bool(super().validate(**kwargs))
