"""Lists of people as programs save them: pasted text, CSV and workbooks, read into rows that each name their place."""
