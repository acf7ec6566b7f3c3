"""What an answer tells whoever reads it: reports and spreadsheets are packed, so that their bytes say nothing."""

import io
import subprocess
import zipfile

from werkzeug.test import TestResponse


def told_by(answer: TestResponse) -> str:
    """Return all that an answer says, its headers with it."""
    return f"{words_in(answer.data)}\n{answer.headers}"


def words_in(data: bytes) -> str:
    """Return the words of a file, whatever it is packed in."""
    if data.startswith(b"%PDF"):
        pages = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout
        about = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout
        return f"{pages.decode()}\n{about.decode()}"
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(f"{name}\n{words_in(packed.read(name))}" for name in packed.namelist())
    return data.decode(errors="replace")
