#!/usr/bin/env bash
# Asking openpyxl whether two rows are equal raises AttributeError as soon as one of them has an empty cell.
#
# One would guess: cells of a read-only sheet can be compared with ==; those that are empty are simply not equal to others.
# What is true (openpyxl 3.1.5): a cell that the file leaves out is one shared EmptyCell without a sheet; ReadOnlyCell's ==
#   asks the other cell for its sheet first, so `cell == empty`, a comparison of two rows, and `row in rows` raise
#   AttributeError: 'EmptyCell' object has no attribute 'parent'.
# Why it matters here: the quick way over the million empty rows that a coloured last row brings, `row == an empty row`, works
#   in a sheet without texts and fails in every other one. Rows that the file leaves out are the very same object
#   again, so `is` tells them safely.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet openpyxl==3.1.5
"$room/venv/bin/python" - "$room/gaps.xlsx" <<'PYTHON'
import sys

import openpyxl

path = sys.argv[1]
book = openpyxl.Workbook()
book.active["A1"] = "text"
book.active["B4"] = "text"
book.save(path)
rows = list(openpyxl.load_workbook(path, read_only=True).active.iter_rows(max_col=2))
print("openpyxl", openpyxl.__version__)
try:
    said = rows[0] == rows[1]
except AttributeError as error:
    said = str(error)
print("a row with a text == a row without:", said)
print("two rows that the file leaves out are one object:", rows[1] is rows[2])
sys.exit(not (said == "'EmptyCell' object has no attribute 'parent'" and rows[1] is rows[2]))
PYTHON
