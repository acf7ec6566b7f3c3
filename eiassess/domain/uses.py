"""What an opening's scores may be used for: sorting people by them needs experts behind the key, or a person's word."""

from dataclasses import dataclass, replace
from datetime import datetime

from eiassess.domain.banks import CandidateNotice
from eiassess.domain.digests import canonical_json, digest_of

PERSON_AT_MOST = 200
WHY_AT_MOST = 500


@dataclass(frozen=True)
class UseChoice:
    """Sorting by score switched on or off for an opening: who answers for it, why, who recorded it, and when.

    ``notice`` is what candidates read of it; empty where it was switched off.
    """

    allowed: bool
    person: str
    reason: str
    recorded_by: str
    at: datetime
    notice: str = ""


@dataclass(frozen=True)
class UseOfScores:
    """Whether scores may put an opening's people in order, and by whose word.

    Parameters
    ----------
    key_supports
        Whether enough experts stand behind the key.
    choice
        What was last chosen for this opening with this key; ``None`` if nothing was.
    """

    key_supports: bool
    choice: UseChoice | None = None

    @property
    def is_switched_on(self) -> bool:
        """Whether somebody answers for it, since the key's experts do not."""
        return not self.key_supports and self.choice is not None and self.choice.allowed

    @property
    def allowed(self) -> bool:
        """Whether sorting by score, bands, what-if weights, chances and the shortlist are open."""
        return self.key_supports or self.is_switched_on


def notice_with_use(notice: CandidateNotice, words: str) -> CandidateNotice:
    """Return the notice of an opening whose scores may put people in order: a version of its own."""
    return replace(notice, key_status=words, digest=digest_of(canonical_json([notice.digest, words])))
