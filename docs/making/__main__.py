"""Makes the pages that say what the code says: ``.venv/bin/python -m docs.making``."""

from docs.making.pages import PAGES

for path, make in PAGES.items():
    path.write_text(make(), encoding="utf-8")
    print(path)
