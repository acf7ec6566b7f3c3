#!/usr/bin/env bash
# openpyxl reads two different texts as one, where a text stands in the table of shared texts.
#
# One would guess: a text that holds the seven letters _x000D_ and a text that holds a carriage return differ after
#   reading, as they differ in Excel. A workbook writes the return as _x000D_ and the letters as _x005F_x000D_
#   (ECMA-376, ST_Xstring); a reader decodes both, or neither.
# What is true (openpyxl 3.1.5): it takes out every "x005F_" and decodes nothing else, so both read "_x000D_". It does
#   so for shared texts alone: in a text that stands in its cell (inlineStr) "_x005F_x000D_" stays as it is written.
#   After openpyxl nobody can tell which of the two a person typed.
# Why it matters here: people's situations come back from Excel with _x000D_ in them. To decode them one must read the
#   shared texts oneself, or letters that an author typed become a line break.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet openpyxl==3.1.5 XlsxWriter==3.2.0
"$room/venv/bin/python" - "$room/texts.xlsx" <<'PYTHON'
import sys
import zipfile

import openpyxl
import xlsxwriter

path = sys.argv[1]
with xlsxwriter.Workbook(path) as book:
    sheet = book.add_worksheet()
    sheet.write_string("A1", "one\rtwo")
    sheet.write_string("A2", "one_x000D_two")
written = zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode()
print("openpyxl", openpyxl.__version__, "XlsxWriter", xlsxwriter.__version__)
print("in the file:", [text for text in ("one_x000D_two", "one_x005F_x000D_two") if text in written])
seen = {}
for read_only in (False, True):
    sheet = openpyxl.load_workbook(path, read_only=read_only).active
    seen[read_only] = [row[0].value for row in sheet.iter_rows()]
    print("read_only" if read_only else "normal", "mode reads:", seen[read_only])

inline = openpyxl.Workbook()
inline.active.append(["one_x005F_x000D_two"])
inline.save(path)
in_cell = openpyxl.load_workbook(path).active["A1"].value
print("a text in its cell:", [in_cell])
same = ["one_x000D_two", "one_x000D_two"]
sys.exit(not (seen[False] == seen[True] == same and in_cell == "one_x005F_x000D_two"))
PYTHON
