"""Working days and deadlines, against the package that knows the bank holidays."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from chassis.working_days import LONDON, england_and_wales, london_day
from contracts.duties import DUTIES
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st
from journey.duties.deadline import Trigger, deadline_of

CALENDAR = england_and_wales()
PUBLISHED = BankHolidays(use_cached_holidays=True)
DAYS = st.dates(date(2024, 1, 1), date(2028, 11, 30))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds
SENTENCE, REFERRAL, CHARGE = DUTIES["R9-SENTENCE"], DUTIES["R4-REFERRAL"], DUTIES["R6-CHARGE"]


def at_once(instant: datetime) -> Trigger:
    return Trigger(instant, instant, instant)


def test_five_working_days_from_27_november_2026_end_on_4_december() -> None:
    assert CALENDAR.day_after(date(2026, 11, 27), working_days=5) == date(2026, 12, 4)


def test_scotlands_own_holiday_does_not_count_here() -> None:
    scotland = next(islice(PUBLISHED.work_days_after("scotland", date(2026, 11, 27)), 4, None))
    assert scotland == date(2026, 12, 7)


@given(DAYS, st.integers(1, 15))
def test_working_days_are_those_of_the_published_calendar(start: date, n: int) -> None:
    published = PUBLISHED.work_days_after(BankHolidays.ENGLAND_AND_WALES, start)
    assert CALENDAR.day_after(start, working_days=n) == next(islice(published, n - 1, None))


@given(INSTANTS)
def test_a_duty_is_due_on_a_working_day_after_its_trigger_with_a_reminder_in_between(start: datetime) -> None:
    deadline = deadline_of(SENTENCE, at_once(start), enhanced=False, calendar=CALENDAR)
    due_day = london_day(deadline.due_at)
    assert CALENDAR.is_working_day(due_day)
    assert due_day > london_day(start)
    assert deadline.opened_at <= deadline.reminder_at < deadline.due_at


@given(INSTANTS)
def test_enhanced_rights_never_lengthen_a_deadline(start: datetime) -> None:
    standard = deadline_of(CHARGE, at_once(start), enhanced=False, calendar=CALENDAR)
    enhanced = deadline_of(CHARGE, at_once(start), enhanced=True, calendar=CALENDAR)
    assert enhanced.due_at <= standard.due_at


def test_the_clock_of_the_police_runs_from_when_it_happened() -> None:
    monday, friday = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC)
    deadline = deadline_of(REFERRAL, Trigger(monday, friday, friday), enhanced=False, calendar=CALENDAR)
    assert london_day(deadline.due_at) == date(2026, 11, 25)
    assert deadline.reminder_at == deadline.opened_at == friday


def test_the_clock_of_witness_care_runs_from_when_it_was_recorded() -> None:
    monday, friday = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC)
    deadline = deadline_of(SENTENCE, Trigger(monday, friday, friday), enhanced=False, calendar=CALENDAR)
    assert london_day(deadline.due_at) == date(2026, 11, 30)


@given(INSTANTS, st.integers(1, 400))
def test_what_is_known_late_is_never_due_before_it_was_known(start: datetime, days: int) -> None:
    known = min(start + timedelta(days=days), datetime(2028, 12, 1, tzinfo=UTC))
    deadline = deadline_of(REFERRAL, Trigger(start, start, known), enhanced=False, calendar=CALENDAR)
    assert deadline.due_at > known


@pytest.mark.parametrize(("start", "due"), [("2026-03-27T23:30", "2026-03-30"), ("2026-07-02T23:30", "2026-07-06")])
def test_the_day_of_the_trigger_is_londons_also_around_a_clock_change(start: str, due: str) -> None:
    instant = datetime.fromisoformat(f"{start}+00:00")
    deadline = deadline_of(SENTENCE, at_once(instant), enhanced=False, calendar=CALENDAR)
    assert london_day(deadline.due_at) == date.fromisoformat(due)
    assert deadline.due_at.astimezone(LONDON).strftime("%H:%M:%S") == "23:59:59"


def test_a_deadline_past_the_published_holidays_raises_the_alarm() -> None:
    last = datetime(2028, 12, 22, 9, tzinfo=UTC)
    near = deadline_of(REFERRAL, at_once(last - timedelta(days=30)), enhanced=False, calendar=CALENDAR)
    beyond = deadline_of(CHARGE, at_once(last), enhanced=False, calendar=CALENDAR)
    assert not near.beyond_calendar
    assert beyond.beyond_calendar
