"""What reports and notices say of a key that a panel made: the bank's own words are about the key that it ships."""

import json
from dataclasses import replace

from eiassess.banks.catalog import LoadedForm, decode_pinned_bank
from eiassess.domain.digests import canonical_json
from eiassess.domain.keys import EXPERTS_FOR_SELECTION, ScoringKey

NOT_FOR_SELECTION = "results are for practice and for preparing the interview, not for ranking or selection"
NO_VALIDITY = "No validity figure is claimed for it."


def with_words_of_key(loaded: LoadedForm) -> LoadedForm:
    """Have a bank's texts say what its key rests on; texts of a key that no panel made stay as they are."""
    if loaded.key.provenance is None:
        return loaded
    content = json.loads(loaded.bank_json)
    content["bank"]["evidence"]["key"] = evidence_of_key(loaded.key)
    content["bank"]["notice"]["key_status"] = notice_of_key(loaded.key)
    text = canonical_json(content)
    return replace(loaded, bank=decode_pinned_bank(text), bank_json=text)


def evidence_of_key(key: ScoringKey) -> str:
    """Say to those who read reports what a panel's key rests on and what it cannot bear."""
    if key.is_simulated:
        return (
            f"SIMULATED: the key is the mean of ratings by {key.experts} experts who were made up by a program. "
            f"It says nothing about real people, and {NOT_FOR_SELECTION}."
        )
    made = (
        f"The key's method is {key.method}, with {key.experts} experts: each rated every option alone, and the key is "
        f"the mean of their ratings.{_agreement(key)}"
    )
    relevance = f" {key.relevance_by} recorded why it is relevant to the job: {key.relevance}" if key.relevance else ""
    if key.supports_selection:
        return f"{made}{relevance} {NO_VALIDITY}"
    return f"{made}{relevance} The key is provisional{_until(key)}: {NOT_FOR_SELECTION}. {NO_VALIDITY}"


def _until(key: ScoringKey) -> str:
    missing = []
    if key.experts < EXPERTS_FOR_SELECTION:
        missing.append(f"at least {EXPERTS_FOR_SELECTION} experts have rated it")
    if not (key.relevance and key.relevance_by):
        missing.append("a named person has recorded why it is relevant to the job")
    return f" until {' and '.join(missing)}" if missing else ""


def notice_of_key(key: ScoringKey) -> str:
    """Say to a candidate where the answer key comes from."""
    if key.is_simulated:
        return "SIMULATED: the answer key comes from experts who were made up by a program. Your results mean nothing."
    made = f"The answer key is the mean of the ratings by {key.experts} experts. Each rated every response alone."
    if key.supports_selection:
        return f"{made} A named person has recorded why it matters for this job."
    return (
        f"{made} The key is provisional. So the results are for practice and for preparing your interview. "
        "They are not for ranking or selecting people."
    )


def notice_of_use(key: ScoringKey, person: str, reason: str) -> str:
    """Say to a candidate that results may put people in order although too few experts stand behind the key."""
    made_up = "SIMULATED: these experts were made up by a program. " if key.is_simulated else ""
    return (
        f"{made_up}{_experts_so_far(key)} Such results are usually kept for practice and for preparing interviews. For "
        "this job the company does more with them: the people who decide may sort candidates by their results, and "
        f"choose by them whom to look at first. {person} answers for that and gives this reason: {reason.strip()} "
        "A person decides about the job; the program turns nobody down."
    )


def _experts_so_far(key: ScoringKey) -> str:
    if key.experts >= EXPERTS_FOR_SELECTION:
        return f"{key.experts} experts have rated the answer key, but it is still provisional."
    n = "No expert has" if key.experts == 0 else "1 expert has" if key.experts == 1 else f"{key.experts} experts have"
    return f"{n} rated the answer key so far, and it takes at least {EXPERTS_FOR_SELECTION}."


def _agreement(key: ScoringKey) -> str:
    if key.provenance is None:
        return ""
    return f" They agree well enough on {100 * key.provenance.share_kept:.0f} % of the options."
