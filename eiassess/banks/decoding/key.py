"""Scoring keys, from TOML files or from pinned JSON."""

from eiassess.banks.reading import TableReader, digest_of_table
from eiassess.domain.keys import KeyingMethod, KeyProvenance, OptionCredit, ScoringKey


def decode_key(table: TableReader) -> ScoringKey:
    """Read a scoring key.

    Raises
    ------
    BankError
        A field is missing, unknown or of the wrong kind, or a value lies outside the scale.
    """
    minimum, maximum = table.integers("scale", 2)
    if minimum >= maximum:
        table.refuse("scale", "expected the lower end first, such as [1, 6]")
    key_credits = {
        scenario: {option: _credit(entry, minimum, maximum) for option, entry in options.entries()}
        for scenario, options in table.table("scenarios").entries()
    }
    return ScoringKey(
        id=table.text("id"),
        version=table.integer("version"),
        method=table.choice("method", KeyingMethod),
        experts=table.integer("experts"),
        minimum=minimum,
        maximum=maximum,
        credits=key_credits,
        relevance=table.optional_text("relevance") or "",
        relevance_by=table.optional_text("relevance_by") or "",
        provisional=table.flag("provisional"),
        provenance=_provenance(table.table("provenance")) if "provenance" in table.values else None,
        digest=digest_of_table(table),
    )


def _provenance(table: TableReader) -> KeyProvenance:
    provenance = KeyProvenance(
        panel=table.text("panel"),
        rated_from=table.text("rated_from"),
        rated_to=table.text("rated_to"),
        published=table.text("published"),
        share_kept=table.number("share_kept", 0, 1),
        median_icc=table.number("median_icc", -1, 1) if "median_icc" in table.values else None,
        simulated=table.flag("simulated"),
        previous=table.text("previous"),
        to_review=table.texts("to_review", default=()),
    )
    table.finish()
    return provenance


def _credit(table: TableReader, minimum: float, maximum: float) -> OptionCredit:
    credit = OptionCredit(
        value=table.number("value", minimum, maximum),
        rationale=table.text("rationale"),
        sources=table.texts("sources"),
        best_when=table.optional_text("best_when") or "",
        irritant=table.optional_text("irritant") or "",
    )
    table.finish()
    return credit
