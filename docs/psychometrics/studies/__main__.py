"""Runs studies: ``.venv/bin/python -m docs.psychometrics.studies [NAME ...]``; ``--pages`` only draws and sets anew.

``--pin`` first takes over the form and the key that the product ships now.
"""

import os
import sys
import time

for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(library, "1")  # read when numpy is loaded, hence the imports below

from docs.psychometrics.studies.pages import filled_page, page_path, read_tables, write_figure, write_results  # noqa: E402
from docs.psychometrics.studies.population import pin_shipped_form  # noqa: E402
from docs.psychometrics.studies.registry import STUDIES  # noqa: E402
from docs.psychometrics.studies.shipped_forms import pin_shipped_forms  # noqa: E402
from docs.psychometrics.studies.study import Study  # noqa: E402


def main(words: list[str]) -> None:
    """Run the named studies, or all, then draw their figures and set the tables of their pages."""
    names = [word for word in words if not word.startswith("--")] or list(STUDIES)
    unknown = [name for name in names if name not in STUDIES]
    if unknown:
        sys.exit(f"There is no study {', '.join(unknown)}; studies: {', '.join(STUDIES)}")
    if "--pin" in words:
        pin_shipped_form()
        pin_shipped_forms()
    for name in names:
        if "--pages" not in words:
            _run(STUDIES[name])
        write_figure(name, STUDIES[name].draw(read_tables(name)))
        path = page_path(name)
        path.write_text(filled_page(path.read_text(encoding="utf-8"), read_tables(name)), encoding="utf-8")


def _run(study: Study) -> None:
    started = time.monotonic()
    tables = study.run(study.seed, 1.0)
    write_results(study.name, study.seed, tables)
    print(f"{study.name}: {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
