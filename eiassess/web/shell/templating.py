"""How templates are read, and what every page of ours knows."""

from typing import Any

from flask import Flask, request
from flask_security import current_user
from flask_wtf import FlaskForm
from jinja2 import StrictUndefined

from eiassess.config import Settings
from eiassess.domain.names import isolated
from eiassess.web.shell.days import shown_by
from eiassess.web.shell.navigation import own_areas

PRODUCT = "EIAssess"


def known_to_every_page(settings: Settings) -> dict[str, Any]:
    """Return what templates get whoever calls."""
    return {"product": PRODUCT, "simulated_notice": settings.demo}


def set_up_templates(app: Flask, settings: Settings) -> None:
    """Have templates refuse unknown names, and give them who is signed in."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["isolated"] = isolated
    app.jinja_env.tests["shown_by"] = lambda text, kind: shown_by(kind, text)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _context() -> dict[str, Any]:
        signed_in = not request.path.startswith("/sit") and current_user.is_authenticated
        return {
            **known_to_every_page(settings),
            "current_user_label": current_user.name if signed_in else None,
            "areas": own_areas() if signed_in else (),
            "sign_out_form": FlaskForm(formdata=None) if signed_in else None,
        }
