"""A panel's means as a key: the experts' values with all else that the present key says of its options."""

from collections.abc import Mapping
from typing import Any

from eiassess.banks.catalog import decode_pinned_key
from eiassess.domain.digests import canonical_json
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import KeyingMethod, OptionCredit, ScoringKey
from eiassess.scoring.panels import PanelAnalysis

DRAFT = "expert-draft"


def draft_key(
    form: AssessmentForm, present: ScoringKey, analysis: PanelAnalysis, said: Mapping[str, Any] | None = None
) -> tuple[ScoringKey, str]:
    """Make a key of a panel's means, with its canonical JSON.

    Parameters
    ----------
    said
        Fields that only a published key has, its id, version and provenance among them.
    """
    values = analysis.values
    content = {
        "id": DRAFT,
        "version": 1,
        "method": KeyingMethod.EXPERT.value,
        "experts": analysis.n_behind_each,
        "scale": [int(present.minimum), int(present.maximum)],
        "scenarios": {
            scenario.id: {
                option: _credit(present.credits[scenario.id][option], values[scenario.id][option])
                for option in scenario.option_ids
            }
            for scenario in form.scenarios
        },
        **(said or {}),
    }
    text = canonical_json(content)
    return decode_pinned_key(text), text


def _credit(present: OptionCredit, value: float) -> dict[str, Any]:
    """Put a value in the place of the present key's; what that does not say is left out, as it was there."""
    said = {"best_when": present.best_when, "irritant": present.irritant}
    return {
        "value": value,
        "rationale": present.rationale,
        "sources": list(present.sources),
        **{name: words for name, words in said.items() if words},
    }
