"""A file is there whole or not at all, with the permissions that it was given."""

import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eiassess.whole_files import OPEN_FILE, SECRET_FILE, write_once, write_pieces, write_whole


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("write", [write_whole, write_once])
@pytest.mark.parametrize("mode", [SECRET_FILE, OPEN_FILE])
def test_a_file_has_its_content_and_permissions(
    tmp_path: Path, write: Callable[[Path, bytes, int], None], mode: int
) -> None:
    write(tmp_path / "a", b"x", mode)
    assert found(tmp_path) == {"a": b"x"}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_file_that_is_there_is_replaced_or_left(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_once(tmp_path / "a", b"new", SECRET_FILE)
    assert found(tmp_path) == {"a": b"old"}
    write_pieces(tmp_path / "a", [b"n", b"ew"], SECRET_FILE)
    assert found(tmp_path) == {"a": b"new"}


def test_of_many_who_write_once_one_does(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write_once(tmp_path / "a", b"%d" % n * 1000, SECRET_FILE), range(8)))
    (content,) = found(tmp_path).values()
    assert len(set(content)) == 1
    assert len(content) == 1000


def test_what_cannot_be_put_in_its_place_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "a", b"x", SECRET_FILE)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_pieces_that_break_off_leave_what_was_there(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        message = "no more"
        raise RuntimeError(message)

    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(RuntimeError, match="no more"):
        write_pieces(tmp_path / "a", pieces(), SECRET_FILE)
    assert found(tmp_path) == {"a": b"old"}
