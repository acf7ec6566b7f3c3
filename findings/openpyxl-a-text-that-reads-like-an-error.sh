#!/usr/bin/env bash
# openpyxl writes the text "#N/A" as an error, not as a text.
#
# One would guess: a Python string is written as a text cell, whatever it says; only strings that begin with "=" are known to
#   become something else (a formula).
# What is true (openpyxl 3.1.5): a string that is exactly one of the seven error names (#N/A, #REF!, #DIV/0! ...) becomes a
#   cell of type "e", in the ordinary and in the write-only mode, and is read back as one. "n/a" or "#N/A yet" stays a text. A
#   program that opens the file shows an error; pandas reads it as a missing value, and so a free answer of a respondent is gone.
#   Setting the cell's data_type to "s" keeps the text.
# Why it matters here: people do type "#N/A" into survey sheets and text boxes, and a file of answers has to give back what was
#   typed. Whoever guards cells against formulas has to guard them against these seven words too.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet openpyxl==3.1.5 pandas==2.3.3
cd "$room"
"$room/venv/bin/python" - <<'PYTHON'
import sys

import openpyxl
import pandas
from openpyxl.cell import WriteOnlyCell

print("openpyxl", openpyxl.__version__, "- pandas", pandas.__version__)
texts = ["#N/A", "#REF!", "n/a", "#N/A yet"]
kinds = []
for write_only in (False, True):
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("answers")
    sheet.append(texts)
    book.save("answers.xlsx")
    cells = openpyxl.load_workbook("answers.xlsx")["answers"][1]
    kinds.append([cell.data_type for cell in cells])
    print("write-only:" if write_only else "ordinary:", [(cell.value, cell.data_type) for cell in cells])

book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("answers")
kept = WriteOnlyCell(sheet, "#N/A")
kept.data_type = "s"
sheet.append([kept])
book.save("kept.xlsx")
guarded = openpyxl.load_workbook("kept.xlsx")["answers"]["A1"]
print("with data_type set:", (guarded.value, guarded.data_type))

read = pandas.read_excel("answers.xlsx", sheet_name="answers", header=None, keep_default_na=False)
lost = [bool(each) for each in read.iloc[0].isna()]
print("pandas, told to keep words for missing, finds missing:", dict(zip(texts, lost)))
sys.exit(not (kinds == [["e", "e", "s", "s"]] * 2 and guarded.data_type == "s" and lost == [True, True, False, False]))
PYTHON
