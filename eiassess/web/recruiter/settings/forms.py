"""What the pages of an opening's settings send: texts, numbers and a deadline, with all that is wrong at once."""

import re
from collections.abc import Collection, Iterable, Mapping

from eiassess.domain.deadlines import Deadline, deadline_in
from eiassess.domain.openings import Combination, OpeningSettings, ProfileRow, ScoreUse, SettingProblem
from eiassess.errors import InvalidInputError
from eiassess.web.shell.days import day_from, hour_from

_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


class SettingsReader:
    """Reads the fields of one sent form, and collects what cannot be read."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.problems: list[SettingProblem] = []

    def read(self, competencies: Iterable[str]) -> OpeningSettings:
        """Return the settings; where a field cannot be read, its problem is kept and a plain value stands instead."""
        plain = OpeningSettings("")
        keep_days = self._number("keep_days", "Give a whole number of days")
        return OpeningSettings(
            title=self._line("title"),
            text=self._text("text"),
            purpose=ScoreUse.SELECTION if self._line("purpose") == ScoreUse.SELECTION else ScoreUse.INTERVIEWS,
            profile=tuple(row for each in competencies if (row := self._row(each))),
            deadline=self._deadline(),
            keep_days=plain.keep_days if keep_days is None else keep_days,
            contact=self._line("contact"),
            combination=self._combination(),
            hand_in_at_deadline=self._line("hand_in_at_deadline") == "y",
            time_limit_minutes=self._number("time_limit_minutes", "Give whole minutes", may_be_empty=True),
        )

    def _line(self, name: str) -> str:
        return " ".join(self._fields.get(name, "").split())

    def _text(self, name: str) -> str:
        return self._fields.get(name, "").replace("\r\n", "\n").strip()

    def _number(self, name: str, problem: str, *, may_be_empty: bool = False) -> int | None:
        text = self._line(name)
        if not text and may_be_empty:
            return None
        if _NUMBER.fullmatch(text):
            return int(text)
        self.problems.append(
            SettingProblem(name, f"{problem}, such as 90" if may_be_empty else f"{problem}, such as 180")
        )
        return None

    def _combination(self) -> Combination:
        sent = self._line("combination")
        return Combination(sent) if sent in set(Combination) else Combination.APART

    def _row(self, competency: str) -> ProfileRow | None:
        weight, reason = self._line(f"weight-{competency}"), self._line(f"reason-{competency}")
        low, high = (self._score(f"{end}-{competency}") for end in ("expected_low", "expected_high"))
        because = self._line(f"expected_because-{competency}")
        if weight in {"", "0"} and not reason and not because and low is None and high is None:
            return None
        return ProfileRow(competency, int(weight) if weight in set("0123") else 0, reason, low, high, because)

    def _score(self, name: str) -> int | None:
        text = self._line(name)
        if not text or _NUMBER.fullmatch(text):
            return int(text) if text else None
        field = name.replace("expected_high", "expected_low")
        self.problems.append(SettingProblem(field, "Give whole numbers from 0 to 100"))
        return None

    def _deadline(self) -> Deadline | None:
        day, clock = self._line("deadline_day"), self._line("deadline_time")
        if not day and not clock:
            return None
        last_day, hour = day_from(day), hour_from(clock)
        if last_day is None:
            words = "Give the day of the deadline as year, month and day, such as 2026-12-04"
            self.problems.append(SettingProblem("deadline_day", words))
        if hour is None:
            self.problems.append(SettingProblem("deadline_time", "Give the time of the deadline, such as 17:00"))
        if last_day is None or hour is None:
            return None
        try:
            return deadline_in(self._line("time_zone"), last_day, hour)
        except InvalidInputError as error:
            self.problems.append(SettingProblem(error.field, str(error)))
            return None


def fields_of(settings: OpeningSettings, zone: str) -> dict[str, str]:
    """Write settings as the fields of a form; ``zone`` is the time zone of an opening without a deadline."""
    deadline = settings.deadline
    fields = {
        "title": settings.title,
        "text": settings.text,
        "purpose": settings.purpose.value,
        "deadline_day": f"{deadline.local:%Y-%m-%d}" if deadline else "",
        "deadline_time": f"{deadline.local:%H:%M}" if deadline else "",
        "time_zone": deadline.zone if deadline else zone,
        "keep_days": str(settings.keep_days),
        "contact": settings.contact,
        "combination": settings.combination.value,
        "hand_in_at_deadline": "y" if settings.hand_in_at_deadline else "",
        "time_limit_minutes": _shown(settings.time_limit_minutes),
    }
    for row in settings.profile:
        fields |= {
            f"weight-{row.competency}": str(row.weight),
            f"reason-{row.competency}": row.reason,
            f"expected_low-{row.competency}": _shown(row.expected_low),
            f"expected_high-{row.competency}": _shown(row.expected_high),
            f"expected_because-{row.competency}": row.expected_because,
        }
    return fields


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def first_of_each(problems: Collection[SettingProblem]) -> dict[str, str]:
    """Keep one message for each field, in the order in which they were found, each as a sentence."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.field, f"{problem.message}.")
    return found
