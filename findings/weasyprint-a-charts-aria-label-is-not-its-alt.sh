#!/usr/bin/env bash
# The name that a browser reads for a chart is not the name that WeasyPrint writes into the PDF.
#
# One would guess: an inline <svg role="img" aria-label="..."> is a figure with that text as its alternative, as in a browser.
# What is true (WeasyPrint 70.0, pdf/ua-1): the figure is tagged and has no alternative text; only a <title> inside the SVG, or
#   the alt of an <img>, becomes /Alt. Nothing is said; where both stand the title is taken (a browser takes the label), and a
#   <desc> never counts.
# Why it matters here: one chart may serve page and paper. With a label alone a screen reader meets a nameless figure in a PDF
#   that claims PDF/UA. Ours have a title, and so a name; what their <desc> says is heard on the page and not from the paper.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet weasyprint==70.0 pydyf==0.13.0 pikepdf==10.17.0
"$room/venv/bin/python" - <<'PYTHON'
import io
import sys

import pikepdf
import weasyprint

CHART = '<svg role="img" {label} width="40" height="10">{title}<rect width="40" height="10"/></svg>'
LABEL, TITLE = 'aria-label="named by label"', "<title>named by title</title>"
DESCRIPTION = "<desc>described</desc>"


def alternatives(chart: str) -> list[str | None]:
    page = f'<!doctype html><html lang="en"><title>Report</title><body><h1>Report</h1>{chart}</body></html>'
    with pikepdf.open(io.BytesIO(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))) as pdf:
        figures = [it for it in pdf.objects if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure"]
        return [str(it["/Alt"]) if "/Alt" in it else None for it in figures]


print("weasyprint", weasyprint.__version__)
seen = {
    "label alone": alternatives(CHART.format(label=LABEL, title="")),
    "title alone": alternatives(CHART.format(label="", title=TITLE)),
    "both": alternatives(CHART.format(label=LABEL, title=TITLE)),
    "title and description": alternatives(CHART.format(label="", title=TITLE + DESCRIPTION)),
}
for what, found in seen.items():
    print(f"{what}: {found}")
named = ["named by title"]
sys.exit(seen != {"label alone": [None], "title alone": named, "both": named, "title and description": named})
PYTHON
