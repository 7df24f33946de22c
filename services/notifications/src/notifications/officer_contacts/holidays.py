"""Bank holidays of England and Wales from the copy that GOV.UK's package carries; no network."""

from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays

from notifications.officer_contacts.calendar import OfficerCalendar


def officer_calendar() -> OfficerCalendar:
    """The calendar by which officers' contacts fall due."""
    known = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return OfficerCalendar(frozenset(_date(each["date"]) for each in known))


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("the package of bank holidays has changed its shape: a date was expected")
    return value
