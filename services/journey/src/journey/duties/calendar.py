"""Deadlines in working days, in Europe/London (Victims' Code, timing semantics 1.1: the trigger's date is day 0)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from journey.wording.london import LONDON

REMINDER_HOUR = time(12, 0)
END_OF_DAY = time(23, 59, 59)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days of one UK division: Monday to Friday less `holidays`; nothing is known after `known_until`."""

    holidays: frozenset[date]
    known_until: date

    def is_working_day(self, day: date) -> bool:
        """Is `day` neither a weekend nor a bank holiday?"""
        return day.weekday() < SATURDAY and day not in self.holidays

    def day_after(self, start: date, *, working_days: int) -> date:
        """The n-th working day after `start`, which itself is day 0."""
        day = start
        for _ in range(working_days):
            day = self._next_working_day(day)
        return day

    def reaches(self, day: date) -> bool:
        """Do the published bank holidays cover `day`? If not, a deadline there needs a person's eye."""
        return day <= self.known_until

    def _next_working_day(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


def end_of(day: date) -> datetime:
    """The last second of `day` in Europe/London."""
    return datetime.combine(day, END_OF_DAY, LONDON)


def midday_of(day: date) -> datetime:
    """Noon of `day` in Europe/London."""
    return datetime.combine(day, REMINDER_HOUR, LONDON)
