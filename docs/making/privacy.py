"""docs/privacy.md: the words of privacy.txt, and tables from the inventory in code."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from eiassess.persistence.inventory import INVENTORY
from eiassess.persistence.inventory.entries import Keeping, TableEntry, described, table_of

WORDS = Path(__file__).with_name("privacy.txt")


def privacy_page() -> str:
    """Fill what the inventory says into the words."""
    parts = {
        "how long": "\n".join(_how_long()),
        "special": "\n".join(_special()),
        "tables": "\n".join(_tables(INVENTORY)),
        "counts": f"{len(INVENTORY)} tables with {sum(len(described(each)) for each in INVENTORY)} columns",
    }
    page = WORDS.read_text(encoding="utf-8")
    for name, text in parts.items():
        page = page.replace(f"[[{name}]]", text)
    return page


def _how_long() -> Iterator[str]:
    yield from ("| what | how long |", "| --- | --- |")
    for keeping in Keeping:
        yield f"| {', '.join(f'`{name}`' for name in sorted(_kept(keeping)))} | {keeping.value} |"


def _kept(keeping: Keeping) -> Iterator[str]:
    for entry in INVENTORY:
        if entry.keeping is keeping:
            yield table_of(entry)
        else:
            yield from (f"{table_of(entry)}.{each.name}" for each in described(entry) if each.keeping is keeping)


def _special() -> Iterator[str]:
    yield from ("| where | how it can stand there |", "| --- | --- |")
    places: dict[str, list[str]] = {}
    for entry in INVENTORY:
        for column in described(entry):
            if column.special:
                places.setdefault(column.special, []).append(f"`{table_of(entry)}.{column.name}`")
    yield from (f"| {', '.join(found)} | {how} |" for how, found in places.items())


def _tables(entries: Iterable[TableEntry]) -> Iterator[str]:
    for entry in sorted(entries, key=table_of):
        columns = described(entry)
        seen = ", ".join(reader.value for reader in entry.seen_by)
        yield from (f"### {table_of(entry)}", "", entry.why, "")
        yield from (f"About: {entry.about.value}. Read by: {seen}. {entry.keeping.value}", "")
        yield from ("| column | what | kept | but |", "| --- | --- | --- | --- |")
        for column in columns:
            other = [column.about.value] if column.about is not entry.about else []
            if column.seen_by != entry.seen_by:
                other.append(f"read by {', '.join(reader.value for reader in column.seen_by)}")
            if column.keeping is not entry.keeping:
                other.append(column.keeping.value)
            yield f"| `{column.name}` | {column.kind.value} | {column.why} | {'; '.join(other)} |"
        yield ""
