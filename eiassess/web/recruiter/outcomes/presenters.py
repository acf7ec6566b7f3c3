"""The page of outcomes in a sentence: whether it asks, and how many wait to be rated."""

from datetime import datetime

from eiassess.services.outcomes.switching import OpeningOutcomes


def lead_of(page: OpeningOutcomes, now: datetime) -> str:
    """Say whether this opening asks, after how many days, and how many can be rated now and are not."""
    if page.days is None:
        return "Nobody is asked in this opening."
    n = sum(each.in_study and not each.rated and each.asked_from <= now for each in page.hired)
    waiting = f" {n} {'waits' if n == 1 else 'wait'} to be rated." if n else ""
    return f"Asked {page.days} {'day' if page.days == 1 else 'days'} after somebody was hired.{waiting}"
