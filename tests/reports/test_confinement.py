"""A report reads its own folder and its typeface, and nothing else in the world."""

import sys
from pathlib import Path

import pytest

from eiassess.errors import SetupError
from eiassess.reporting.pdf import RenderingError, allowed_file, confined_fetcher, font_folder, render_pdf

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


@pytest.mark.parametrize(("module", "remedy"), [("weasyprint", "apt install"), ("font_source_sans_pro", "pip install")])
def test_what_is_missing_is_said_with_its_remedy(
    module: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SetupError, match=remedy):
        render_pdf(PAGE.format(""), tmp_path) if module == "weasyprint" else font_folder()
