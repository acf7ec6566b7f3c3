"""What pages say of how texts will look in a PDF."""

from eiassess.errors import SetupError
from eiassess.reporting.setting.letters import missing_letters
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.web.shell.context import installation


def boxes_on_paper(*texts: str) -> str:
    """Say which letters of texts will be boxes in a PDF, and what brings them; nothing if all can be read."""
    try:
        return missing_letters(installation().renderer.missing_from(" ".join(texts)))
    except (RenderingError, SetupError):  # said where the PDF itself is asked for; this page is about more
        return ""
