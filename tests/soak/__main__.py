"""Ask every route as everybody with hostile input, as often as is asked for: ``python -m tests.soak 10000``.

It tells how often each code was answered, and each fault once with the request that found it; a fault ends it with 1.
"""

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from eiassess.persistence.migrations import upgrade_database
from tests.house.conftest import open_house
from tests.house.hostile import Crawler, crawl


def main(n: int, seed: int) -> int:
    """Soak a house of its own."""
    faults: list[str] = []

    def failed(error: AssertionError) -> None:
        faults.append(str(error))
        sys.stderr.write(f"FAULT {error}\n")

    with TemporaryDirectory() as name:
        folder = Path(name)
        upgrade_database(f"sqlite:///{folder / 'template.sqlite'}")
        with open_house(folder, folder / "template.sqlite") as house:
            crawler = Crawler(house, Random(seed))  # noqa: S311 - no secret
            codes = crawl(crawler, n, failed)
            crawler.close()
    told = ", ".join(f"{count} times {code}" for code, count in codes.items())
    sys.stdout.write(f"{n} requests from seed {seed}: {told}; {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
