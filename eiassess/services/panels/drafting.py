"""A panel's means as a key: the experts' values with the present key's rationales and sources."""

from collections.abc import Mapping
from typing import Any

from eiassess.banks.catalog import decode_pinned_key
from eiassess.domain.digests import canonical_json
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import KeyingMethod, ScoringKey
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
                option: {
                    "value": values[scenario.id][option],
                    "rationale": present.credits[scenario.id][option].rationale,
                    "sources": list(present.credits[scenario.id][option].sources),
                }
                for option in scenario.option_ids
            }
            for scenario in form.scenarios
        },
        **(said or {}),
    }
    text = canonical_json(content)
    return decode_pinned_key(text), text
