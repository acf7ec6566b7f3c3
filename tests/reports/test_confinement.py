"""A report reads its own folder and its typeface, and nothing else in the world."""

import base64
import contextlib
import sys
from pathlib import Path

import pytest

from eiassess.errors import SetupError
from eiassess.reporting.setting.pdf import RenderingError, allowed_file, confined_fetcher, font_folder, render_pdf

PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>h</h1>{}</body></html>'


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://127.0.0.1:9/x.png",
        "ftp://127.0.0.1:9/x.png",
        "fonts:../__init__.py",
        "fonts:/etc/passwd",
        "fonts:none.ttf",
        "gopher:x",
    ],
)
def test_addresses_outside_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(PermissionError, match="Refused"):
        allowed_file(url, tmp_path)


def test_ways_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (tmp_path / "secret").write_text("s")
    (folder / "link").symlink_to(tmp_path / "secret")
    for way in ("../secret", "%2e%2e/secret", "link", "."):
        with pytest.raises(PermissionError):
            allowed_file(f"{folder.as_uri()}/{way}", folder)


def test_own_files_and_fonts_are_read(tmp_path: Path) -> None:
    (tmp_path / "a b.css").write_text("p {}")
    assert allowed_file(f"{tmp_path.as_uri()}/a%20b.css", tmp_path).name == "a b.css"
    assert allowed_file("fonts:SourceSansPro-Regular.ttf", tmp_path).parent == font_folder()
    assert confined_fetcher(tmp_path)("data:text/plain,hello").read() == b"hello"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "../../pyproject.toml"])
def test_a_page_that_reaches_out_stops_the_rendering(url: str, tmp_path: Path) -> None:
    for way in (f'<img alt="x" src="{url}">', f'<link rel="stylesheet" href="{url}">'):
        with pytest.raises(RenderingError, match="may not read"):
            render_pdf(PAGE.format(way), tmp_path)


DATA_SVG = "data:image/svg+xml;base64,"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
OUTSIDE: list[str] = []
"""What was opened or called while a report was made, as Python itself tells."""


def _note(event: str, details: tuple[object, ...]) -> None:
    if event in {"open", "socket.connect", "socket.getaddrinfo"}:
        OUTSIDE.append(repr(details))


@pytest.fixture(scope="module", autouse=True)
def _listening() -> None:
    sys.addaudithook(_note)  # for good: Python takes none away


@pytest.mark.parametrize(
    "way",
    [
        '<a href="{}">a link is not followed</a>',
        '<img alt="x" srcset="{} 1x">',
        '<video poster="{}"></video>',
        '<form action="{}"><input name="a"></form>',
        SVG.format('<image x:href="{}" width="5" height="5"/><use x:href="{}#a"/>'),
        f'<img alt="x" src="{DATA_SVG}' + '[<image x:href="{}" width="5" height="5"/>]">',
        f'<img alt="x" src="{DATA_SVG}' + '[<style>@import url({});</style><use x:href="{}#a"/>]">',
    ],
)
@pytest.mark.parametrize("to", ["secret", "http://127.0.0.1:9/secret"])
def test_nothing_outside_is_read_however_it_is_asked_for(way: str, to: str, tmp_path: Path) -> None:
    folder, secret = tmp_path / "report", tmp_path / "secret"
    folder.mkdir()
    secret.write_text("s")
    page = way.replace("{}", secret.as_uri() if to == "secret" else to)
    if "[" in page:  # a picture in a picture
        before, inner, rest = page.replace("]", "[").split("[")
        page = before + base64.b64encode(SVG.format(inner).encode()).decode() + rest
    OUTSIDE.clear()
    with contextlib.suppress(RenderingError):
        render_pdf(PAGE.replace("{}", page), folder)
    assert not [each for each in OUTSIDE if "secret" in each or "127.0.0.1" in each]


def test_the_listener_hears(tmp_path: Path) -> None:
    OUTSIDE.clear()
    (tmp_path / "secret").write_text("s")
    assert any("secret" in each for each in OUTSIDE)


@pytest.mark.parametrize("entity", ["file:///etc/hostname", "http://127.0.0.1:9/secret"])
def test_a_picture_resolves_no_entities(entity: str, tmp_path: Path) -> None:
    picture = f'<!DOCTYPE s [<!ENTITY e SYSTEM "{entity}">]>' + SVG.format('<text y="9">&e;</text>')
    OUTSIDE.clear()
    with contextlib.suppress(RenderingError):
        source = DATA_SVG + base64.b64encode(picture.encode()).decode()
        render_pdf(PAGE.replace("{}", f'<img alt="x" src="{source}">'), tmp_path)
    assert not [each for each in OUTSIDE if "hostname" in each or "127.0.0.1" in each]


@pytest.mark.parametrize(("module", "remedy"), [("weasyprint", "apt install"), ("font_source_sans_pro", "pip install")])
def test_what_is_missing_is_said_with_its_remedy(
    module: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SetupError, match=remedy):
        render_pdf(PAGE.format(""), tmp_path) if module == "weasyprint" else font_folder()
