"""An author's page: the scenarios of a bank as one file of HTML that opens from disk, without a server or scripts."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eiassess._resources import data_folder
from eiassess.banks.authoring.previewing import BankPreview


def preview_html(preview: BankPreview, styles: str, *, live: bool = False) -> str:
    """Render the page.

    Parameters
    ----------
    styles
        The style sheets that stand in the page, so that it needs no other file.
    live
        Whether the page is served, and loads itself anew when what it shows was changed.
    """
    environment = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("author/preview.html")
    return template.render(preview=preview, styles=Markup(styles), live=live)  # noqa: S704 - our own style sheets
