"""Working days by London's calendar: Monday to Friday less the bank holidays of England and Wales."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON: Final = ZoneInfo("Europe/London")
MIDDAY: Final = time(12)
END_OF_WORK: Final = time(17)
END_OF_DAY: Final = time(23, 59, 59)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days of one UK division; no bank holiday is known after `known_until`."""

    holidays: frozenset[date]
    known_until: date

    def is_working_day(self, day: date) -> bool:
        """Is `day` neither a weekend nor a bank holiday?"""
        return day.weekday() < _SATURDAY and day not in self.holidays

    def day_after(self, start: date, *, working_days: int) -> date:
        """The n-th working day after `start`, which itself is day 0."""
        day = start
        for _ in range(working_days):
            day = self._next_working_day(day)
        return day

    def end_of_work_after(self, moment: datetime, *, working_days: int) -> datetime:
        """When offices close on the n-th working day after that of `moment` (aware), as UTC."""
        return at_time(self.day_after(london_day(moment), working_days=working_days), END_OF_WORK)

    def reaches(self, day: date) -> bool:
        """Do the published bank holidays cover `day`? If not, a deadline there needs a person's eye."""
        return day <= self.known_until

    def _next_working_day(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@cache
def england_and_wales() -> WorkingCalendar:
    """From the copy that GOV.UK's package carries; never downloaded."""
    published = BankHolidays(use_cached_holidays=True)
    days: list[date] = [day["date"] for day in published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)]
    return WorkingCalendar(holidays=frozenset(days), known_until=max(days))


def london_day(instant: datetime) -> date:
    """The calendar day in Europe/London on which `instant` falls."""
    return instant.astimezone(LONDON).date()


def at_time(day: date, clock: time) -> datetime:
    """`clock` in Europe/London on `day`, as UTC."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
