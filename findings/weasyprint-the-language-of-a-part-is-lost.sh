#!/usr/bin/env bash
# A PDF that claims PDF/UA says one language for all of it, whatever the parts of the page said.
#
# One would guess: <p lang="fi"> in an English report becomes a structure element with /Lang, so that it is read out in Finnish.
# What is true (WeasyPrint 70.0, pdf/ua-1): the catalogue carries the language of <html>; no element and no marked content
#   carries another, for block, inline and quoted text alike, and nothing is said.
# Why it matters here: reports will come in four languages, and an English report quotes what a candidate wrote. The language
#   of a part must be said in words, or a report must be of one language, until this changes.
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

PAGE = """<!doctype html><html lang="en"><title>Report</title><body><h1>Report</h1>
<p lang="fi">Hyvää päivää</p><p>She wrote <q lang="nb">God dag</q>.</p><blockquote lang="af">Goeie dag</blockquote></body></html>"""

print("weasyprint", weasyprint.__version__)
with pikepdf.open(io.BytesIO(weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True))) as pdf:
    whole = str(pdf.Root.get("/Lang"))
    elements = [str(it["/Lang"]) for it in pdf.objects if isinstance(it, pikepdf.Dictionary) and "/S" in it and "/Lang" in it]
    marked = [line for page in pdf.pages for line in page.Contents.read_bytes().split(b"\n") if b"/Lang" in line]
print(f"the document: {whole}; structure elements with a language: {elements}; marked content with one: {len(marked)}")
sys.exit((whole, elements, marked) != ("en", [], []))
PYTHON
