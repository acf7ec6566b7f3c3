import io
import threading

import pytest

from eiassess.cli.progress import working


class Terminal(io.StringIO):
    """A terminal that tells when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.written.set()


def test_what_takes_long_is_said_with_how_far_it_is_and_wiped_at_the_end() -> None:
    terminal = Terminal()
    with working("scoring people", 40, stream=terminal, silent=0) as progress:
        progress.step()
        assert terminal.written.wait(30)
    assert terminal.getvalue().startswith("\rscoring people: ")
    assert " of 40 ... 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")


def test_what_is_quick_is_not_said() -> None:
    terminal = Terminal()
    with working("scoring people", 40, stream=terminal, silent=3600):
        pass
    assert terminal.getvalue() == ""


def test_what_fails_is_not_hidden() -> None:
    terminal = Terminal()

    def fail() -> None:
        with working("scoring", stream=terminal, silent=0):
            terminal.written.wait(30)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert terminal.getvalue().endswith(" \r")


def test_nothing_is_said_where_nobody_looks() -> None:
    file = io.StringIO()
    with working("scoring people", stream=file, silent=0):
        pass
    assert file.getvalue() == ""
