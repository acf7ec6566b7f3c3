"""Rendering in a child process: warm, replaced when it dies, stopped when it takes too long, gone with its parent."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import PdfRenderer

ORPHAN = """
import multiprocessing, os, signal
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
if __name__ == "__main__":
    PdfRenderer().render(sample_hiring_report())
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def renderer() -> Iterator[PdfRenderer]:
    made = PdfRenderer()
    yield made
    made.close()


def children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid]


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_nothing_is_started_before_the_first_report(renderer: PdfRenderer) -> None:
    assert renderer
    assert not children()


def test_gives_the_same_bytes_as_rendering_here_and_keeps_its_child(
    renderer: PdfRenderer, simulated_pdf: bytes
) -> None:
    assert renderer.render(sample_hiring_report()) == simulated_pdf
    first = children()
    assert renderer.render(sample_hiring_report()) == simulated_pdf
    assert children() == first
    renderer.close()
    assert not children()
    assert renderer.render(sample_hiring_report()) == simulated_pdf


def test_a_dead_child_is_replaced(renderer: PdfRenderer, simulated_pdf: bytes) -> None:
    renderer.render(sample_hiring_report())
    (before,) = children()
    os.kill(before, signal.SIGKILL)
    assert renderer.render(sample_hiring_report()) == simulated_pdf
    assert before not in children()


def test_many_threads_share_one_child(renderer: PdfRenderer, simulated_pdf: bytes) -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(renderer.render(sample_hiring_report()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [simulated_pdf] * 4
    assert len(children()) == 1


def test_only_a_few_wait_and_the_others_are_asked_to_come_again() -> None:
    renderer = PdfRenderer()
    together = threading.Barrier(8)
    refused: list[str] = []

    def ask() -> None:
        together.wait()
        try:
            renderer.render(sample_hiring_report())
        except RenderingError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["Other reports are being made. Try again in a minute."] * 4
    assert renderer.render(sample_hiring_report()).startswith(b"%PDF")
    renderer.close()


def test_a_report_that_takes_too_long_is_stopped() -> None:
    renderer = PdfRenderer(time_out=15)  # the first page of all takes more than 6 s on a busy machine
    renderer.render(sample_hiring_report())
    endless = replace(sample_hiring_report(), summary=("word " * 200,) * 5000)
    with pytest.raises(RenderingError, match="longer than 15 s"):
        renderer.render(endless)
    assert not children()
    renderer.close()


def test_the_child_ends_when_the_server_is_killed() -> None:
    done = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    pids = [int(word) for word in done.stdout.split()]
    assert pids
    for _ in range(100):
        if not any(is_running(pid) for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail("the child outlived its server")
