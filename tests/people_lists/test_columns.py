"""Columns are found by name in any order, or chosen by hand; header rows are no people."""

import pytest

from eiassess.errors import InvalidInputError
from eiassess.people_lists.columns import Field, field_of
from tests.people_lists.lists import notes, pasted, people, problems, unread

KARI = ("Kari Nordmann", "kari@example.org")


@pytest.mark.parametrize(
    ("first", "last", "email"),
    [
        ("First name", "Last name", "E-mail"),
        ("FIRST_NAME", "Surname", "Email address"),
        ("Given name:", "Family name", "e-mail address *"),
        ("Fornavn", "Etternavn", "E-postadresse"),
        ("Förnamn", "Efternamn", "E-post"),
        ("Vorname", "Nachname", "E-Mail-Adresse"),
        ("Vorname", "Name", "Mail"),
        ("Prénom", "Nom", "Courriel"),
        ("Nombre", "Apellidos", "Correo electrónico"),
        ("Nome", "Cognome", "Indirizzo e-mail"),
        ("Imię", "Nazwisko", "Adres e-mail"),
        ("Etunimi", "Sukunimi", "Sähköposti"),
    ],
)
def test_usual_names_of_columns_are_known_in_any_order(first: str, last: str, email: str) -> None:
    for header, row in (
        ((first, last, email), ("Kari", "Nordmann", "kari@example.org")),
        ((email, "x", last, first), ("kari@example.org", "1", "Nordmann", "Kari")),
    ):
        assert people(pasted("\t".join(header) + "\n" + "\t".join(row))) == [KARI]


@pytest.mark.parametrize("name", ["Name", "Full name", "Navn", "Candidate name", "Nom", "Vollständiger Name"])
def test_a_whole_name_in_one_column(name: str) -> None:
    assert people(pasted(f"{name};E-mail\nKari Nordmann;kari@example.org")) == [KARI]


def test_a_whole_name_is_not_added_to_its_halves() -> None:
    found = pasted("Full name;First name;Last name;E-mail\nKari Nordmann;Kari;Nordmann;kari@example.org")
    assert people(found) == [KARI]


def test_one_half_of_a_name_is_enough_and_none_is_missing() -> None:
    found = pasted("First name;Last name;E-mail\nKari;;kari@example.org\n;;ola@example.org\n")
    assert people(found) == [("Kari", "kari@example.org")]
    assert problems(found) == ["line 3, column First name: nothing there; type the person's name in"]


def test_a_header_that_is_not_recognised_is_said_with_its_columns() -> None:
    found = pasted("Wer;Kontakt\nKari;kari@example.org\nOla;ola@example.org\n")
    assert unread(found) == [
        "line 1: 'Wer | Kontakt' no column is recognised as the one with the e-mail addresses; say which it is"
    ]
    assert [(each.letter, each.name, each.examples) for each in found.columns] == [
        ("A", "", ("Wer", "Kari", "Ola")),
        ("B", "", ("Kontakt", "kari@example.org", "ola@example.org")),
    ]
    assert found.people == ()


@pytest.mark.parametrize("columns", [("Wer", "kontakt "), ("A", "B"), ("a", "Kontakt"), ("Wer", "B")])
def test_columns_are_chosen_by_name_or_letter(columns: tuple[str, str]) -> None:
    found = pasted("Wer;Kontakt;Ort\nKari Nordmann;kari@example.org;Oslo\n", dict(zip(Field, columns, strict=False)))
    found = pasted(
        "Wer;Kontakt;Ort\nKari Nordmann;kari@example.org;Oslo\n", {Field.NAME: columns[0], Field.EMAIL: columns[1]}
    )
    assert people(found) == [KARI]
    assert found.unused == ("Ort",)


def test_a_column_chosen_by_letter_needs_no_header_and_passes_over_a_title() -> None:
    chosen = {Field.NAME: "A", Field.EMAIL: "B"}
    assert people(pasted("Kari Nordmann;kari@example.org;Oslo", chosen)) == [KARI]
    found = pasted("Our list;;\nWer;Kontakt;Ort\nKari Nordmann;kari@example.org;Oslo", chosen)
    assert people(found) == [KARI]
    assert notes(found) == ["line 1: 'Our list' belongs to the header; nobody is read from it"]


def test_a_letter_where_nothing_stands_reads_nobody() -> None:
    found = pasted("Wer;Kontakt\nKari;kari@example.org", {Field.NAME: "A", Field.EMAIL: "H"})
    assert people(found) == []


def test_a_choice_wins_over_a_known_name() -> None:
    text = "Name;E-mail;Private address\nKari Nordmann;work@example.org;kari@example.org"
    assert people(pasted(text, {Field.EMAIL: "Private address"})) == [KARI]


def test_a_column_that_is_nowhere_is_named() -> None:
    with pytest.raises(InvalidInputError, match="No column is called 'Postadresse'"):
        pasted("Name;E-mail\nKari;kari@example.org", {Field.EMAIL: "Postadresse"})


def test_two_columns_of_addresses_are_not_guessed_between() -> None:
    text = "Name;E-mail;Email address\nKari Nordmann;work@example.org;kari@example.org"
    (said,) = unread(pasted(text))
    assert "columns B (E-mail) and C (Email address) may both be the e-mail; say which is meant" in said
    assert people(pasted(text, {Field.EMAIL: "C"})) == [KARI]


def test_names_over_names_are_two_rows_of_one_header() -> None:
    found = pasted("Person;;Contact\nFirst name;Last name;E-mail\nKari;Nordmann;kari@example.org")
    assert people(found) == [KARI]
    assert notes(found) == ["line 1: 'Person | Contact' belongs to the header; nobody is read from it"]


def test_a_second_row_goes_on_with_the_header() -> None:
    found = pasted("Name;;E-mail;Phone\nFirst name;Last name;;Mobile\nKari;Nordmann;kari@example.org;1")
    assert people(found) == [KARI]
    assert notes(found) == ["line 2: 'First name | Last name | Mobile' belongs to the header; nobody is read from it"]


def test_a_header_that_comes_again_is_nobody() -> None:
    found = pasted("Name;E-mail\nKari Nordmann;kari@example.org\nName;E-mail\nOla;ola@example.org\n")
    assert people(found) == [KARI, ("Ola", "ola@example.org")]
    assert notes(found) == ["line 3: 'E-mail' is the header once more; nobody is read from it"]


def test_columns_of_our_own_file_are_not_listed_as_unused() -> None:
    text = "Name;E-mail;What to mend;Sheet;Row;Town\nKari Nordmann;kari@example.org;x;y;2;Oslo"
    assert pasted(text).unused == ("Town",)


def test_a_name_of_a_column_is_known_however_it_is_written() -> None:
    assert {field_of(name) for name in ("E-MAIL", "e mail", "E\N{NON-BREAKING HYPHEN}mail:", "(Email)")} == {
        Field.EMAIL
    }
    assert field_of("Town") is None
