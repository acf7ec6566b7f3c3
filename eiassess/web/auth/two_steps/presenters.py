"""The picture that an app reads its secret from."""

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Draw an address as a QR code: an SVG within the page, so that the secret is sent nowhere to be drawn.

    Dark on light also on a dark page, with the margin of four that readers need (ISO/IEC 18004).
    """
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn here, of attributes and numbers only
