"""Until when a person's answers are taken: rules of time alone, by the server's clock."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

GRACE = timedelta(seconds=60)
"""For what was on its way when the time ended; whatever comes later is refused."""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class SittingTimes:
    """What an opening says of time, and what was given to one person.

    Parameters
    ----------
    deadline
        The end that everybody who works on the opening may know, a person's extension included.
    limit
        How long the scenarios may take, counted from the first of them; ``None`` if the opening sets no limit.
    started_at
        When the first scenario was reached.
    factor
        How much longer than others the person may take.
    granted
        A later end that only the person and the contact for adjustments know.
    """

    deadline: datetime
    limit: timedelta | None = None
    started_at: datetime | None = None
    factor: float = 1.0
    granted: datetime | None = None

    @property
    def own_limit(self) -> timedelta | None:
        """The limit with the person's factor."""
        return None if self.limit is None else self.limit * self.factor

    @property
    def own_deadline(self) -> datetime:
        """The deadline as it is for this person.

        A factor moves it too: whoever begins as late as others may is not cut off for taking longer.
        """
        longer = timedelta() if self.limit is None else self.limit * (self.factor - 1)
        return max(self.deadline, self.granted or self.deadline) + longer

    @property
    def ends_at(self) -> datetime:
        """When the person's time ends: by the limit once they have begun, and by the deadline in any case."""
        if self.own_limit is None or self.started_at is None:
            return self.own_deadline
        return min(self.own_deadline, self.started_at + self.own_limit)

    @property
    def known_end(self) -> datetime:
        """The end as others may know it, without what was given to this person alone."""
        return SittingTimes(self.deadline, self.limit, self.started_at).ends_at

    def gains_by(self, deadline: datetime, now: datetime) -> bool:
        """Whether another deadline gives the person time as far as others may know; it moves no time limit."""
        known_end = replace(self, deadline=deadline).known_end
        return known_end > max(self.known_end, now)

    def is_held_by_limit(self, now: datetime) -> bool:
        """Whether no deadline gives the person time, since their time limit runs out before it or has run out."""
        return not self.gains_by(NEVER, now)

    @property
    def has_own_times(self) -> bool:
        """Whether the person was given time that others do not know of."""
        return self.factor > 1 or self.granted is not None

    def shown_to_others(self, moment: datetime) -> datetime:
        """Return when something happened as others may know it: what came after the known end, at that end."""
        return min(moment, self.known_end) if self.has_own_times else moment

    def is_over(self, now: datetime) -> bool:
        """Whether the time has ended, so that no page asks for answers any more."""
        return now >= self.ends_at

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now is taken."""
        return now <= self.ends_at + GRACE

    def is_due(self, now: datetime) -> bool:
        """Whether nothing can arrive any more that would be taken, so that the server may hand in."""
        return not self.takes_answers(now)
