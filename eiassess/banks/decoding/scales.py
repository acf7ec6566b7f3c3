"""Rating scales and the words of choosing, as banks write them and forms take them over."""

from eiassess.banks.reading import TableReader
from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.scenarios import ScenarioKind


def decode_scales(table: TableReader) -> dict[ScenarioKind, RatingScale]:
    """Read the rating scales of the kinds of scenarios."""
    return {ScenarioKind(kind): decode_scale(scale) for kind, scale in table.entries() if _is_kind(table, kind)}


def decode_prompts(table: TableReader) -> dict[ScenarioKind, dict[ResponseFormat, ChoicePrompt]]:
    """Read the words of the formats in which options are chosen or ranked, for each kind of scenario."""
    return {ScenarioKind(kind): _prompts(prompts) for kind, prompts in table.entries() if _is_kind(table, kind)}


def _is_kind(table: TableReader, kind: str) -> bool:
    known = kind in set(ScenarioKind)
    if not known:
        table.refuse(kind, f"unknown kind of scenario; known are {', '.join(ScenarioKind)}")
    return known


def _prompts(table: TableReader) -> dict[ResponseFormat, ChoicePrompt]:
    chosen = {str(each) for each in ResponseFormat if not each.is_rated}
    for name in table.values:
        if name not in chosen:
            table.refuse(name, f"expected one of {', '.join(sorted(chosen))}")
    return {ResponseFormat(name): _prompt(prompt) for name, prompt in table.entries() if name in chosen}


def _prompt(table: TableReader) -> ChoicePrompt:
    prompt = ChoicePrompt(table.text("question"), table.text("top"), table.text("bottom", default=""))
    table.finish()
    return prompt


def decode_scale(table: TableReader) -> RatingScale:
    """Read a rating scale with a label for every point."""
    scale = RatingScale(
        table.integer("minimum"), table.integer("maximum"), table.texts("labels"), table.text("question")
    )
    for end in ("lowest", "highest"):  # for the author's eye; the labels say it too
        table.optional_text(end)
    table.finish()
    if scale.minimum >= scale.maximum:
        table.refuse("maximum", f"expected more than {scale.minimum}, the minimum")
    n_points = scale.maximum - scale.minimum + 1  # counted without a list of them: a maximum can be huge
    if len(scale.labels) != n_points:
        table.refuse("labels", f"expected {n_points} labels, one for each point")
    return scale
