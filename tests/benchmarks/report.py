"""What was measured, as a table on a terminal and in docs/benchmarks.md."""

import datetime as dt
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: written by `./ei bench --write` -->", "<!-- end of what was measured -->"


@dataclass(frozen=True)
class Row:
    """One thing measured; ``ratios`` has one entry a turn, ``asked`` is what the project set itself."""

    name: str
    ours: str
    peer: str = ""
    ratios: Sequence[float] = field(default_factory=tuple)
    asked: str = ""
    holds: bool | None = None
    missing_factor: float | None = None
    agreement: str = ""
    agrees: bool = True

    @property
    def ratio(self) -> str:
        """Median ratio with the lowest and the highest of the turns."""
        if not self.ratios:
            return ""
        middle, lowest, highest = (_three_digits(f(self.ratios)) for f in (np.median, min, max))
        return middle if len(self.ratios) == 1 else f"{middle} ({lowest} to {highest})"

    @property
    def verdict(self) -> str:
        """Whether what was asked holds, and by what factor it is missed otherwise."""
        if self.holds is None:
            return ""
        return "holds" if self.holds else f"missed by a factor of {self.missing_factor:.2f}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        accuracy = self.agreement if self.agrees else f"NOT EQUAL: {self.agreement}"
        return self.name, self.ours, self.peer, self.ratio, self.asked, self.verdict, accuracy


HEADINGS = ("what", "ours", "peer", "ratio (lowest to highest)", "asked", "", "accuracy in the same run")


def faster(
    name: str,
    seconds: Sequence[float],
    peer: Sequence[float],
    asked: float | None,
    agreement: str = "",
    *,
    agrees: bool = True,
) -> Row:
    """Make a row of a race, turn by turn."""
    ratios = [theirs / mine for mine, theirs in zip(seconds, peer, strict=True)]
    middle = float(np.median(ratios))
    return Row(
        name=name,
        ours=in_units(float(np.median(seconds))),
        peer=in_units(float(np.median(peer))),
        ratios=ratios,
        asked=f"at least {asked:g}" if asked else "",
        holds=middle >= asked if asked else None,
        missing_factor=asked / middle if asked else None,
        agreement=agreement,
        agrees=agrees,
    )


def _three_digits(value: float) -> str:
    """Write a ratio without powers of ten."""
    return f"{value:.3g}" if value < 1000 else f"{round(value, -1):,.0f}"


def in_units(seconds: float) -> str:
    """Write seconds for reading."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def as_text(rows: Sequence[Row]) -> str:
    """Lay the rows out for a terminal."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def as_markdown(rows: Sequence[Row], versions: Mapping[str, str]) -> str:
    """Lay the rows out for the document, with what they were measured on."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    facts = "\n".join(f"- {name}: {fact}" for name, fact in {**machine(), **versions}.items())
    return f"{BEGIN}\n\n{facts}\n\n{table}\n\n{END}"


def machine() -> dict[str, str]:
    """Describe what was measured on."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "processor": f"{cpu[1] if cpu else platform.machine()}, one core, one thread",
        "ours": f"Python {platform.python_version()}, numpy {np.__version__} ({blas['name']} {blas['version']}), "
        f"scipy {scipy.__version__}",
    }


def write(rows: Sequence[Row], versions: Mapping[str, str]) -> None:
    """Put what was measured into the document; what people wrote around it stays."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(before + as_markdown(rows, versions) + after, encoding="utf-8")
