"""What a view needs from the running application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from eiassess.config import Settings
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.links import LinkMaker

_NAME = "eiassess"


@dataclass(frozen=True)
class Installation:
    """The parts that one running application is made of."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    renderer: PdfRenderer
    secret_key: str

    @property
    def links(self) -> LinkMaker:
        """What makes the links that people are sent."""
        return LinkMaker(self.secret_key, self.settings.base_url)


def attach(app: Flask, installation: Installation) -> None:
    """Give the application its parts."""
    app.extensions[_NAME] = installation


def installation() -> Installation:
    """Return the parts of the application that serves this request."""
    found: Installation = current_app.extensions[_NAME]
    return found


def database() -> Database:
    """Return the database of the application that serves this request."""
    return installation().database


def now() -> datetime:
    """Return the server's time, aware, in UTC."""
    return installation().clock()
