"""What is stored about a candidate as a file."""

import json
from dataclasses import asdict
from datetime import datetime

from eiassess.services.privacy.stored import StoredData


def stored_as_json(found: StoredData, not_in_here: str = "") -> str:
    """Write all of it as one JSON document, times in ISO 8601; what was left out is said, if anything was."""
    document = {
        **({"not_in_here": not_in_here} if not_in_here else {}),
        "number": found.number,
        **asdict(found.own),
        "notes": [asdict(each) for each in found.notes],
        "stages_and_decisions": [asdict(each) for each in found.moves],
        "interviews": [asdict(each) for each in found.interviews],
        "interview_ratings": [asdict(each) for each in found.ratings],
    }
    return json.dumps(document, default=_iso, ensure_ascii=False, indent=2) + "\n"


def _iso(value: object) -> str:
    return str(value.isoformat() if isinstance(value, datetime) else value)
