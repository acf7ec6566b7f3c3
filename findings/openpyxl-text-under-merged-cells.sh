#!/usr/bin/env bash
# openpyxl shows a text that lies hidden under merged cells in one mode, and not in the other.
#
# One would guess: read_only=True is the same reading with less memory, so both modes give the same cells.
# What is true (openpyxl 3.1.5): the normal mode empties every cell under a merged area but the first; the read-only mode
#   knows nothing of merged areas (its sheets have no merged_cells at all) and gives the text that LibreOffice keeps there
#   ("move hidden content" is a choice; keeping it is another) and that nobody sees on the screen.
# Why it matters here: a value that nobody sees would be taken from a question bank's spreadsheet, and score people.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet openpyxl==3.1.5
"$room/venv/bin/python" - "$room/plain.xlsx" "$room/merged.xlsx" <<'PYTHON'
import sys
import zipfile

import openpyxl

plain, merged = sys.argv[1:]
book = openpyxl.Workbook()
book.active.append(["seen"])
book.active.append(["hidden"])
book.save(plain)
with zipfile.ZipFile(plain) as old, zipfile.ZipFile(merged, "w") as new:
    for name in old.namelist():
        area = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
        content = old.read(name)
        new.writestr(name, content.replace(b"</sheetData>", area) if name.endswith("sheet1.xml") else content)
print("openpyxl", openpyxl.__version__)
normal = openpyxl.load_workbook(merged).active
lean = openpyxl.load_workbook(merged, read_only=True).active
seen = [[row[0].value for row in sheet.iter_rows()] for sheet in (normal, lean)]
knows = [hasattr(sheet, "merged_cells") for sheet in (normal, lean)]
print("normal mode:", seen[0], "knows merged areas:", knows[0])
print("read_only mode:", seen[1], "knows merged areas:", knows[1])
sys.exit(not (seen == [["seen", None], ["seen", "hidden"]] and knows == [True, False]))
PYTHON
