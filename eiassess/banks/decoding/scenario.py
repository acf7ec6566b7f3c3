"""Scenarios, from TOML files or from pinned JSON."""

from eiassess.banks.reading import TableReader
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.domain.versions import ContentStatus

OPTIONS_AT_LEAST = 2


def decode_scenario(table: TableReader) -> Scenario:
    """Read a scenario; practice scenarios leave out competency and sources.

    Raises
    ------
    BankError
        A field is missing, unknown or of the wrong kind.
    """
    scenario = Scenario(
        id=table.text("id"),
        version=table.integer("version"),
        title=table.text("title"),
        kind=table.choice("kind", ScenarioKind),
        channel=table.text("channel"),
        trade=table.text("trade"),
        situation=table.text("situation"),
        options=tuple(_option(option) for option in table.tables("options")),
        competency=table.optional_text("competency"),
        style=table.optional_text("style"),
        sources=table.texts("sources", default=()),
        status=decode_status(table),
        twin=table.optional_text("twin"),
    )
    table.finish()
    if len(set(scenario.option_ids)) < max(OPTIONS_AT_LEAST, len(scenario.options)):
        table.refuse("options", "expected at least two options with different ids")
    return scenario


def decode_status(table: TableReader) -> ContentStatus:
    """Read where in its life a scenario or form is; on trial if nothing is said."""
    return table.choice("status", ContentStatus) if "status" in table.values else ContentStatus.TRIAL


def _option(table: TableReader) -> ResponseOption:
    option = ResponseOption(table.text("id"), table.text("text"), table.text("feedback", default=""))
    table.finish()
    return option
