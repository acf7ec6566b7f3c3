"""A PostgreSQL server of our own, on loopback, for as long as the tests run."""

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"
# Tests throw their data away: nothing has to reach the disk. Whoever waits for a lock for ever fails instead.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
    "lock_timeout=30s",
)


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def postgresql_programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs; a missing one fails the tests, it never skips them."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    if not found:
        message = f"PostgreSQL's programs are not under {PROGRAMS}; install Debian's package `postgresql`"
        raise RuntimeError(message)
    return found[-1].parent


class PostgresServer:
    """A server with one owner, no socket file and no durability, in a folder that goes with it."""

    def __init__(self) -> None:
        self._programs = postgresql_programs()
        self._folder = Path(tempfile.mkdtemp(prefix="eiassess-postgresql-"))
        self._folder.chmod(0o755)
        self._data = self._folder / "data"
        self.port = free_port()

    def start(self) -> None:
        atexit.register(self.stop)
        if os.geteuid() == 0:  # the programs refuse to run as root
            shutil.chown(self._folder, OWNER, OWNER)
        self._run("initdb", "-D", self._data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = (*FAST, f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = " ".join(f"-c {setting}" for setting in settings)
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", self._folder / "log", "-o", options)

    def stop(self) -> None:
        atexit.unregister(self.stop)
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{name}"

    def create(self) -> str:
        """Make a database and return its name."""
        name = f"test_{uuid4().hex}"
        self._tell("postgres", f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self._tell("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def cut(self, name: str) -> None:
        """Break all connections to a database, as a restart of the server does."""
        statement = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name
        self._tell("postgres", statement)

    def empty(self, name: str) -> None:
        """Take all rows out of a database, but for the revision of its schema: 20 times as quick as a new one."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            found = connection.execute(
                "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables "
                "WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchone()
            assert found
            connection.execute("SET session_replication_role = replica")  # past what keeps the audit as it is
            connection.execute(f"TRUNCATE {found[0]}")

    def _tell(self, name: str, statement: str) -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        as_owner: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        with contextlib.ExitStack() as stack:
            # A file, not a pipe: the server that pg_ctl starts would hold the pipe open for as long as it lives.
            output = stack.enter_context(tempfile.TemporaryFile())
            code = subprocess.call(
                [str(self._programs / program), *map(str, arguments)],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=120,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                **as_owner,
            )
            output.seek(0)
            if code != 0:
                message = f"{program} failed:\n{output.read().decode(errors='replace')}"
                raise RuntimeError(message)
