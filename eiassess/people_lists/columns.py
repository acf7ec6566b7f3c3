"""Which column of a list holds what: by the names that people give their columns, in any order, or as somebody says."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from openpyxl.utils.cell import column_index_from_string, get_column_letter

from eiassess.banks.exchange.spreadsheet.reading import RawKind
from eiassess.people_lists.cells import ListCell, ListRow, ListSheet

HEADER_ROWS = 10
"""How far down the names of the columns may stand."""
ROWS_LOOKED_AT = 50
"""Rows whose cells tell where the addresses stand if nothing names the columns."""
_LETTERS = re.compile("[A-Za-z]{1,2}")


class Field(StrEnum):
    """What a column may hold; the value is how a column is chosen by hand."""

    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    EMAIL = "email"
    PHONE = "phone"

    @property
    def heading(self) -> str:
        """The name of its column in files that we write, which is read again."""
        return {"email": "E-mail"}.get(self.value, self.value.replace("-", " ").capitalize())


_NAMES = {
    Field.EMAIL: (
        "email emailaddress mail mailaddress email1 primaryemail privateemail emailprivate personalemail "
        "candidateemail contactemail epost epostadresse epostadress epostaddress mailadresse emailadresse emailadress "
        "mejl mejladress courriel adressemail adresseemail adresseelectronique correo correoelectronico emailadres "
        "mailadres sahkoposti sahkopostiosoite posta indirizzoemail indirizzomail adresemail adresaemail"
    ),
    Field.FIRST_NAME: (
        "firstname first givenname forename givennames firstnames fornavn fornamn vorname prenom voornaam etunimi imie "
        "jmeno nombredepila primeironome"
    ),
    Field.LAST_NAME: (
        "lastname last surname familyname secondname etternavn efternavn efternamn nachname familienname nomdefamille "
        "apellido apellidos cognome achternaam sukunimi nazwisko prijmeni sobrenome apelido"
    ),
    Field.NAME: (
        "name fullname candidate candidatename applicant applicantname person displayname contactname navn namn naam "
        "fulltnavn fulltnamn fuldenavn helenavn kandidat soker nom nomcomplet nomprenom nombre nombrecompleto "
        "nombreyapellidos nome nomecompleto nomeecognome vollstandigername vorundnachname kokonimi nimi"
    ),
    Field.PHONE: (
        "phone phonenumber phoneno telephone telephonenumber mobile mobilephone mobilenumber cell cellphone tel "
        "telefon telefonnummer mobil mobilnummer mobiltelefon tlf tlfnr handy portable telefono movil gsm puhelin "
        "telefoon"
    ),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
OURS = frozenset({"whattomend", "sheet", "row"})
"""What a file of refused rows holds beside the people."""

Chosen = Mapping[Field, str]
"""Columns as somebody named them: by what stands in the header, or by the spreadsheet's letter."""


@dataclass(frozen=True)
class Header:
    """Where a sheet says what its columns are, and where each field stands.

    Parameters
    ----------
    rows
        The numbers of the rows that belong to it; none if the people begin at once.
    names
        What stands above each column.
    places
        The column of each field, from 0.
    above
        Rows above it, which are not read.
    unused
        Names of columns that nothing is taken from.
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    places: Mapping[Field, int]
    above: tuple[int, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether it tells addresses and names."""
        return Field.EMAIL in self.places and not _NAME_FIELDS.isdisjoint(self.places)

    def column(self, field: Field) -> str:
        """Name a field's column as the reader knows it: by its name, or by its letter."""
        place = self.places[field]
        name = self.names[place] if place < len(self.names) else ""
        return name or get_column_letter(place + 1)


_NAME_FIELDS = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}


class AmbiguousColumnsError(ValueError):
    """Two columns are called by names of the same field."""

    def __init__(self, field: Field, names: Sequence[str]) -> None:
        super().__init__(f"columns {' and '.join(names)} may both be the {field.heading.lower()}; say which is meant")


def plain(name: str) -> str:
    """Write a column's name without what spellings of it differ in.

    Examples
    --------
    >>> plain(" E-Mail address: "), plain("Prénom"), plain("Förnamn")
    ('emailaddress', 'prenom', 'fornamn')
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in letters if letter.isalnum())


_PLAIN_FIELDS = {plain(name): field for name, field in _FIELDS.items()}


def field_of(name: str) -> Field | None:
    """Return what a column of this name holds; ``None`` if the name is not known."""
    return _PLAIN_FIELDS.get(plain(name))


def find_header(sheet: ListSheet, chosen: Chosen) -> Header | None:
    """Find the rows that name the columns; ``None`` if nothing tells where addresses are.

    Raises
    ------
    AmbiguousColumnsError
        Two columns have names of the same field.
    """
    lettered = _lettered(sheet, chosen)
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        places = {**lettered, **_named(row, chosen)}
        if not _holds_people(row) and Field.EMAIL in {*_named(row, chosen), *_recognised(row, places)}:
            return _header_at(sheet.rows, index, places)
    if Field.EMAIL in lettered:
        return _lettered_header(sheet, lettered, chosen)
    return _headless(sheet, lettered)


def missing_choices(sheets: Sequence[ListSheet], chosen: Chosen) -> tuple[str, ...]:
    """List the columns that were chosen and are nowhere: in no header, and no letter of a column."""
    rows = [row for sheet in sheets for row in sheet.rows[:HEADER_ROWS]]
    return tuple(
        name
        for field, name in chosen.items()
        if not _place_of(name) and not any(_named(row, {field: name}) for row in rows)
    )


def _holds_people(row: ListRow) -> bool:
    return any("@" in cell.text or cell.links for cell in row.cells)


def _named(row: ListRow, chosen: Chosen) -> dict[Field, int]:
    names = [plain(cell.text) for cell in row.cells]
    return {field: names.index(plain(name)) for field, name in chosen.items() if plain(name) in names}


def _lettered(sheet: ListSheet, chosen: Chosen) -> dict[Field, int]:
    """Return the places of columns that were chosen by letter, where no header has that name."""
    rows = sheet.rows[:HEADER_ROWS]
    letters = {field: _place_of(name) for field, name in chosen.items()}
    return {
        field: place - 1
        for field, place in letters.items()
        if place and not any(_named(row, {field: chosen[field]}) for row in rows)
    }


def _place_of(letters: str) -> int:
    """Return a column's place from 1 by its letters; 0 if these are none."""
    return int(column_index_from_string(letters.strip())) if _LETTERS.fullmatch(letters.strip()) else 0


def _recognised(row: ListRow, taken: Mapping[Field, int]) -> dict[Field, int]:
    """Find fields by the names of their columns; a field that was chosen by hand is not looked for."""
    found: dict[Field, list[int]] = {}
    for place, cell in enumerate(row.cells):
        field = field_of(cell.text) if cell.kind is RawKind.TEXT and place not in taken.values() else None
        if field and field not in taken:
            found.setdefault(field, []).append(place)
    for field, places in found.items():
        if len(places) > 1:
            raise AmbiguousColumnsError(field, [_shown(row, place) for place in places])
    return _settled({field: places[0] for field, places in found.items()})


def _shown(row: ListRow, place: int) -> str:
    return f"{get_column_letter(place + 1)} ({row.cell(place).text})"


def _settled(found: dict[Field, int]) -> dict[Field, int]:
    """Take a column "Name" as the other half of a name where one has a column of its own; leave it out beside both."""
    halves = [field for field in (Field.FIRST_NAME, Field.LAST_NAME) if field in found]
    if Field.NAME in found and halves:
        place = found.pop(Field.NAME)
        found.setdefault(Field.LAST_NAME if halves == [Field.FIRST_NAME] else Field.FIRST_NAME, place)
    return found


def _header_at(rows: Sequence[ListRow], index: int, chosen: Mapping[Field, int]) -> Header:
    """Read the header at a row: the next one may go on with it, and one above it may name what it leaves blank."""
    head = rows[index]
    second = [row for row in rows[index + 1 : index + 2] if is_heading(row)]
    names = _names([*second, head, *reversed(rows[:index])])
    merged = ListRow(head.number, tuple(ListCell(name, RawKind.TEXT) for name in names))
    places = {**_recognised(merged, chosen), **chosen}
    used = tuple(row.number for row in (head, *second))
    return Header(used, names, places, tuple(row.number for row in rows[:index]), _unused(names, places))


def is_heading(row: ListRow) -> bool:
    """Tell whether a row names columns and nobody."""
    return not _holds_people(row) and any(field_of(cell.text) for cell in row.cells if cell.kind is RawKind.TEXT)


def _names(rows: Sequence[ListRow]) -> tuple[str, ...]:
    """Give each column the first name that stands in some rows."""
    width = max(len(row.cells) for row in rows)
    return tuple(
        next((row.cell(place).text for row in rows if not row.cell(place).is_blank), "") for place in range(width)
    )


def _unused(names: Sequence[str], places: Mapping[Field, int]) -> tuple[str, ...]:
    """List the columns that nothing is taken from."""
    used = places.values()
    return tuple(name for place, name in enumerate(names) if name and place not in used and plain(name) not in OURS)


def _lettered_header(sheet: ListSheet, lettered: Mapping[Field, int], chosen: Chosen) -> Header:
    """Take the first row with something in the column of addresses as the header, unless that is an address."""
    email = lettered[Field.EMAIL]
    above = [row.number for row in takewhile(lambda row: row.cell(email).is_blank, sheet.rows)]
    first = next((row for row in sheet.rows if not row.cell(email).is_blank), None)
    if first is None or _holds_people(first):
        return Header((), (), lettered)
    names = tuple(cell.text for cell in first.cells)
    told = {**lettered, **_named(first, chosen)}
    places = {**_recognised(first, told), **told}
    return Header((first.number,), names, places, tuple(above), _unused(names, places))


def _headless(sheet: ListSheet, chosen: Mapping[Field, int]) -> Header | None:
    """Find the addresses by their @ where the people begin at once; the only other column is the names."""
    rows = sheet.rows[:ROWS_LOOKED_AT]
    if not rows or not _holds_people(rows[0]):
        return None
    filled = Counter(place for row in rows for place, cell in enumerate(row.cells) if not cell.is_blank)
    counts = Counter(place for row in rows for place, cell in enumerate(row.cells) if "@" in cell.text)
    ((email, _),) = counts.most_common(1)
    others = [place for place in filled if place != email]
    places = {Field.EMAIL: email, **({Field.NAME: others[0]} if len(others) == 1 else {}), **chosen}
    return Header((), (), places)
