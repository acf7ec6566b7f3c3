"""An analyst's pages about panels: a folder for each room, whose views hang on the area once they are named here."""

from eiassess.web.keying.area import area
from eiassess.web.keying.panels import views as panels
from eiassess.web.keying.results import views as results

ROOMS = (panels, results)
"""A new room is added here: a view that nobody imports has no address."""

__all__ = ["ROOMS", "area"]
