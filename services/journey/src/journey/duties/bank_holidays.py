"""Bank holidays of England and Wales from the data packaged with `govuk_bank_holidays`; never downloaded."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from journey.duties.calendar import WorkingCalendar


@cache
def england_and_wales() -> WorkingCalendar:
    """The calendar that duties count in; it knows no bank holiday after the last packaged one."""
    published = BankHolidays(use_cached_holidays=True)
    days: list[date] = [day["date"] for day in published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)]
    return WorkingCalendar(holidays=frozenset(days), known_until=max(days))
