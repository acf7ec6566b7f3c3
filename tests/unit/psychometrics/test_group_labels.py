"""Labels that say nothing, and labels that are the same but for how they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.psychometrics import alike_labels, known_labels, merged_labels, says_nothing, spelling

UNKNOWN = (
    *(
        "Unknown",
        "UNKNOWN",
        " unknown ",
        "Unknown.",
        "(unknown)",
        "[Unknown]",
        "\uff35\uff4e\uff4b\uff4e\uff4f\uff57\uff4e",
    ),
    *(
        "Un\u200bknown",
        "unknown\ufeff",
        "NA",
        "na",
        "N/A",
        "n/a",
        "n.a.",
        "N. A.",
        "N / A",
        "n\\a",
        "#N/A",
        "<NA>",
        "NaN",
        "null",
    ),
    *("-", "--", "\u2010", "\u2013", "\u2014", "\u2212", "?", "??", "\uff1f", ".", "...", "\u2026", "*", "_", "~", "/"),
    *("", " ", "\u00a0", "\u200b", "\u3164", "(blank)", "missing"),
    *("Prefer not to say", "PREFER NOT TO SAY", "prefer  not to say", "prefer_not_to_say", "PreferNotToSay"),
    *(
        "Prefer not to answer",
        "I prefer not to say.",
        "I'd rather not say",
        "I\u2019d rather not say",
        "would rather not say",
    ),
    *(
        "Decline to self-identify",
        "Declined to state",
        "declined",
        "I do not wish to answer",
        "I don\u2019t wish to answer",
    ),
    *("I do not want to answer", "I choose not to disclose", "Not stated", "not-specified", "Undisclosed", "No answer"),
    *("Not Reported", "No response", "Don't know", "do not know", "did not disclose", "not applicable", "no data"),
    *("Unknown or Not Reported", "Unknown / prefer not to say", "n/a - declined", "9 = unknown", "99 Not stated"),
    *("Race unknown", "Gender: not stated", "Unknown race", "Race and Ethnicity Unknown", "data not available"),
    *(
        "unbekannt",
        "keine Angabe",
        "k. A.",
        "K.A.",
        "wei\u00df nicht",
        "Inconnu",
        "non renseign\u00e9",
        "non renseigne\u0301",
    ),
    *(
        "desconocido",
        "ne se prononce pas",
        "\u043d\u0435\u0438\u0437\u0432\u0435\u0441\u0442\u043d\u043e",
        "\u041d\u0415\u0418\u0417\u0412\u0415\u0421\u0422\u041d\u041e",
    ),
    *(
        "\u4e0d\u660e",
        "\u672a\u77e5",
        "\u063a\u064a\u0631 \u0645\u0639\u0631\u0648\u0641",
        "\u0905\u091c\u094d\u091e\u093e\u0924",
    ),
)
GROUPS = (
    *(
        "Woman",
        "Man",
        "Non-binary",
        "Other",
        "other",
        "None",
        "none",
        "X",
        "F",
        "M",
        "0",
        "1",
        "9",
        "-1",
        "+",
        "\u2640",
        "\u2642",
    ),
    *(
        "Native American",
        "Nan Province",
        "Nadia",
        "Not Hispanic or Latino",
        "Not a veteran",
        "No",
        "Yes",
        "No disability",
    ),
    *("Two or More Races", "Black or African American", "Male/Female", "Unknown soldier", "Prefer to self-describe"),
    *(
        "KA",
        "DK",
        "ND",
        "ref",
        "Group 1",
        "sex",
        "I",
        "do",
        "Refugee",
        "unemployed",
        "None of the above",
        "\u304a\u3093\u306a",
    ),
)


@pytest.mark.parametrize("label", UNKNOWN)
def test_words_for_unknown_in_any_spelling_say_nothing(label: str) -> None:
    assert says_nothing(label)
    assert known_labels([label, "Woman", label]) == (None, "Woman", None)


@pytest.mark.parametrize("label", GROUPS)
def test_other_words_are_groups(label: str) -> None:
    assert not says_nothing(label)


@pytest.mark.parametrize("label", ["Other", "OTHER", "o ther", "\uff2fther"])
def test_more_words_can_be_named_in_any_spelling(label: str) -> None:
    assert not says_nothing(label)
    assert says_nothing(label, ["x", "other"])
    assert known_labels([label, "9.0", "Man"], ["Other", "9"]) == (None, None, "Man")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Female", "FEMALE"),
        ("Two or More", " two  or more "),
        ("Non binary", "Nonbinary"),
        ("a b", "a\u00a0b"),
        ("a b", "a\u200bb"),
        ("Black", "Bl\u00adack"),
        ("Zo\u00eb", "Zoe\u0308"),
        ("Stra\u00dfe", "STRASSE"),
        ("fin", "\ufb01n"),
        ("Male", "\uff2d\uff41\uff4c\uff45"),
        ("Non-binary", "Non\u2011binary"),
        ("d'Or", "d\u2019or"),
        ("KADIN", "kad\u0131n"),
        ("\u0130stanbul", "istanbul"),
        ("\u0395\u039b\u039b\u0397\u039d\u0391\u03a3", "\u03b5\u03bb\u03bb\u03b7\u03bd\u03b1\u03c2"),
        ("1", "1.0"),
        ("01", "1"),
        ("-0", "0"),
        ("\uff11", "1"),
    ],
)
def test_labels_that_differ_in_writing_alone_are_alike(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)
    assert alike_labels([other, one, one, None, "else"]) == ((one, other),)
    assert merged_labels([other, one, one, None, "else"]) == (one, one, one, None, "else")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoe", "Zo\u00eb"),
        ("1", "10"),
        ("1", "-1"),
        ("1.5", "15"),
        ("\u2640", "\u2642"),
        ("12345678901234567", "12345678901234568"),
        ("+", "-"),
    ],
)
def test_labels_that_say_different_things_are_not_alike(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)
    assert alike_labels([one, other]) == ()
    assert merged_labels([one, other]) == (one, other)


def test_of_spellings_equally_frequent_the_first_by_the_alphabet_is_taken() -> None:
    assert alike_labels(["b", "B", "c", "a", "A", "a"]) == (("B", "b"), ("a", "A"))
    assert merged_labels(["b", "B"]) == ("B", "B")


@given(st.text(max_size=12))
def test_a_spelling_is_its_own_and_that_of_every_form_of_the_label(label: str) -> None:
    own = spelling(label)
    assert spelling(own) == own
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert spelling(unicodedata.normalize(form, label)) == own
    assert spelling(f" {label}\u00a0") == own


@given(st.lists(st.sampled_from(["a", "A", "b", "?", None]), max_size=20))
def test_merging_keeps_everybody_and_leaves_nothing_alike(labels: list[str | None]) -> None:
    merged = merged_labels(labels)
    assert alike_labels(merged) == ()
    assert [label is None for label in merged] == [label is None for label in labels]
    assert merged_labels(merged) == merged
