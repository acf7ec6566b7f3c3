"""Real servers, started and stopped from the command line, and the demonstration."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.databases import free_port


@contextmanager
def started(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Start the command as a person at a terminal does: in a process group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "eiassess", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)


def page(url: str, process: "subprocess.Popen[str]", seconds: float = 30) -> str:
    """Return a page as soon as the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - an address made here
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    message = f"{url} did not answer within {seconds} s"
    raise AssertionError(message)


def stop(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[str, str]:
    """Send a signal as a terminal does, to the whole group, and return what the command wrote."""
    os.killpg(process.pid, number)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    return output, errors


class TestServing:
    @pytest.mark.parametrize("command", ["serve", "demo"])
    def test_a_taken_port_is_one_line(self, ready: Run, command: str) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            result = ready(command, "--port", str(port))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"Error: Port {port} on 127.0.0.1 cannot be used (Address already in use); choose another with --port\n"
        )

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_serve_answers_until_it_is_stopped(self, ready: Run, number: signal.Signals) -> None:
        del ready
        port = free_port()
        with started("serve", "--port", str(port)) as process:
            assert "<h1" in page(f"http://127.0.0.1:{port}/sign-in", process)
            output, errors = stop(process, number)
        assert output == ""
        assert f"EIAssess listens on 127.0.0.1:{port}" in errors
        assert errors.endswith("Stopped.\n")

    def test_stopping_at_once_is_as_clean(self, ready: Run) -> None:
        del ready
        with started("serve", "--port", str(free_port())) as process:
            assert process.stderr
            assert "listens" in process.stderr.readline()
            stop(process, signal.SIGINT)


ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S+")


class TestDemo:
    def test_the_demo_keeps_its_data_and_starts_over(self, tmp_path: Path) -> None:
        first, addresses = self.demo(tmp_path)
        rooms = ["i", "openings", "openings", "openings", "hiring", "panels", "people"]
        assert [address.split("/")[3] for address in addresses] == rooms
        assert first.count("   password ") == 5
        second, kept = self.demo(tmp_path)
        assert kept[1].split("/")[4] == addresses[1].split("/")[4]
        assert kept[0] != addresses[0]
        assert set(re.findall("password (.*)", first)).isdisjoint(re.findall("password (.*)", second))
        _, fresh = self.demo(tmp_path, "--reset")
        assert fresh[1].split("/")[4] != addresses[1].split("/")[4]
        assert {path.name for path in (tmp_path / "instance").iterdir()} >= {"demo.sqlite", "secret-key"}

    def demo(self, folder: Path, *words: str) -> tuple[str, list[str]]:
        """Run the demo, open its pages and stop it; return what it said and the addresses in it."""
        assert Path.cwd() == folder
        port = free_port()
        with started("demo", "--port", str(port), *words) as process:
            text = page(f"http://127.0.0.1:{port}/sign-in", process)
            assert "SIMULATED" in text
            said = ""
            assert process.stderr
            while "Stop with Ctrl-C" not in said:
                said += process.stderr.readline()
            addresses = ADDRESS.findall(said)
            assert "<h1" in page(addresses[0], process)
            output, errors = stop(process, signal.SIGINT)
        assert output == ""
        assert "Stopped. Start again with the same command; --reset starts over." in errors
        return said + errors, addresses
