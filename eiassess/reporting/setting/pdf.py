"""HTML to PDF: tagged, the same bytes for the same content, and blind to anything but the report's own files."""

import contextlib
import hashlib
import mimetypes
import os
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from eiassess.errors import EIAssessError, SetupError

FONT_SCHEME = "fonts"
_CLOCK = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch
DEBIAN_PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji fonts-wqy-zenhei"
)
_MISSING_PANGO = (
    "PDFs need WeasyPrint and the Pango libraries, which this machine lacks: ./ei demo sets them up, or "
    f"apt install {DEBIAN_PACKAGES}"
)


class RenderingError(EIAssessError):
    """A report could not be made into a PDF; the message says why."""


def render_pdf(html: str, folder: Path) -> bytes:
    """Render a page of HTML as PDF/UA-1; what `render_pdf_noting` says of letters is left out."""
    return render_pdf_noting(html, folder)[0]


def render_pdf_noting(html: str, folder: Path) -> tuple[bytes, str]:
    """Render a page of HTML as PDF/UA-1, and note the letters that no font of this machine has.

    The same HTML, folder and fonts give the same bytes: dates come from the HTML's ``dcterms`` fields and the file's
    identifier from the HTML's digest. It takes up to half a second, so a web thread leaves it to ``PdfRenderer``.

    Parameters
    ----------
    html
        The page; its links to style sheets and pictures are relative to the folder.
    folder
        The report's folder: nothing outside is read but the package's fonts (``fonts:SourceSansPro-Regular.ttf``).

    Returns
    -------
    tuple of bytes and str
        The PDF, and in order of their numbers the characters in whose place it has boxes.

    Raises
    ------
    RenderingError
        The page refers to something that it may not read.
    SetupError
        The machine lacks Pango.
    """
    weasyprint = _weasyprint()
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    base, fetcher = f"{folder.resolve().as_uri()}/", confined_fetcher(folder)
    missing: set[int] = set()

    def note(document: Any, pdf: object) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        del pdf
        missing.update(*(font.missing for font in document.fonts.values()))

    try:
        document = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)
        with _no_clock():
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=note)
    except weasyprint.urls.FatalURLFetchingError as error:
        message = f"The report refers to something that it may not read. {error.__cause__}"
        raise RenderingError(message) from error
    return pdf, "".join(map(chr, sorted(missing)))


@contextlib.contextmanager
def _no_clock() -> Iterator[None]:
    """Keep the time of day out of the fonts in a PDF: fontTools writes it into those it strips, as emoji."""
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = "0"
    try:
        yield
    finally:
        os.environ.pop(_CLOCK)
        if before is not None:
            os.environ[_CLOCK] = before


def confined_fetcher(folder: Path) -> Callable[[str], Any]:
    """Return a fetcher of the folder, the package's fonts and ``data:``, which stops the rendering at anything else."""
    urls = _weasyprint().urls

    class ConfinedFetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if urlsplit(url).scheme == "data":
                return super().fetch(url, headers)
            file = allowed_file(url, folder)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    fetcher: Callable[[str], Any] = ConfinedFetcher(
        allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
    )
    return fetcher


def _weasyprint() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    try:
        # Here and not above, since the import takes 0.6 to 2.8 s and only the one who renders shall pay for it.
        import weasyprint  # noqa: PLC0415
    except (ImportError, OSError) as error:  # cffi's word for a missing library is OSError
        raise SetupError(_MISSING_PANGO) from error
    return weasyprint


def allowed_file(url: str, folder: Path) -> Path:
    """Return the file that an address means if a report in this folder may read it.

    Raises
    ------
    PermissionError
        It lies elsewhere.
    """
    parts = urlsplit(url)
    home = font_folder() if parts.scheme == FONT_SCHEME else folder.resolve()
    file = (home / unquote(parts.path)).resolve()  # links are followed before the look at where it lies
    if parts.scheme not in {FONT_SCHEME, "file"} or parts.netloc or not file.is_relative_to(home) or not file.is_file():
        message = f"Refused: {url}"
        raise PermissionError(message)
    return file


def font_folder() -> Path:
    """Return the folder with the typeface, which comes with a package of its own.

    Raises
    ------
    SetupError
        The package is not installed.
    """
    try:
        return Path(str(resources.files("font_source_sans_pro") / "files")).resolve()
    except ModuleNotFoundError as error:
        message = "The typeface is missing: pip install font-source-sans-pro"
        raise SetupError(message) from error
