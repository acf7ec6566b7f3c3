"""Real worker processes on a story's database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hiring_story import LINKS, Story
from tests.mail_host import MailHost

SECRET = LINKS.secret


def environment(story: Story, host: MailHost, folder: Path, queue: str = "") -> dict[str, str]:
    return os.environ | {
        "EIASSESS_INSTANCE": str(folder),
        "EIASSESS_DATABASE_URL": story.database.url,
        "EIASSESS_SECRET_KEY": SECRET,
        "EIASSESS_SMTP_URL": host.url("?starttls=never"),
        "EIASSESS_MAIL_FROM": "Hiring <jobs@example.org>",
        "EIASSESS_BASE_URL": "https://hiring.example.org",
        "EIASSESS_QUEUE_URL": queue or f"sqlite:///{folder / 'queue.sqlite'}",
    }


@contextmanager
def worker(settings: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "eiassess", "worker", *words]
    process = subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
