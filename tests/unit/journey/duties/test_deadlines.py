"""Working days and deadlines, against the package that knows the bank holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from chassis.working_days import LONDON, england_and_wales, london_day
from contracts.duties import DUTIES
from contracts.duty import Allowed, Unit
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st
from journey.duties.deadline import Trigger, day_after, deadline_of

CALENDAR = england_and_wales()
PUBLISHED = BankHolidays(use_cached_holidays=True)
DAYS = st.dates(date(2024, 1, 1), date(2028, 11, 30))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds
SENTENCE, REFERRAL, CHARGE, HEARING = (
    DUTIES[name] for name in ("R9-SENTENCE", "R4-REFERRAL", "R6-CHARGE", "R8-HEARING")
)


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
    deadline = deadline_of(SENTENCE, at_once(start), calendar=CALENDAR)
    due_day = london_day(deadline.due_at)
    assert CALENDAR.is_working_day(due_day)
    assert due_day > london_day(start)
    assert deadline.opened_at <= deadline.reminder_at < deadline.due_at


@given(INSTANTS)
def test_enhanced_rights_never_lengthen_a_deadline(start: datetime) -> None:
    standard = deadline_of(CHARGE, at_once(start), calendar=CALENDAR)
    enhanced = deadline_of(CHARGE, replace(at_once(start), enhanced_at=start), calendar=CALENDAR)
    assert enhanced.due_at <= standard.due_at


def test_the_clock_of_the_police_runs_from_when_it_happened() -> None:
    monday, friday = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC)
    deadline = deadline_of(REFERRAL, Trigger(monday, friday, friday), calendar=CALENDAR)
    assert london_day(deadline.due_at) == date(2026, 11, 25)
    assert deadline.reminder_at == deadline.opened_at == friday


def test_the_clock_of_witness_care_runs_from_when_it_was_recorded() -> None:
    monday, friday = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC)
    deadline = deadline_of(SENTENCE, Trigger(monday, friday, friday), calendar=CALENDAR)
    assert london_day(deadline.due_at) == date(2026, 11, 30)


@given(INSTANTS, st.integers(1, 400))
def test_knowing_it_late_resets_no_clock(start: datetime, days: int) -> None:
    known = min(start + timedelta(days=days), datetime(2028, 12, 1, tzinfo=UTC))
    deadline = deadline_of(REFERRAL, Trigger(start, start, known), calendar=CALENDAR)
    assert deadline.due_at == deadline_of(REFERRAL, at_once(start), calendar=CALENDAR).due_at
    assert deadline.opened_at == known <= deadline.reminder_at


@given(INSTANTS, st.integers(0, 20))
def test_a_category_found_late_shortens_a_deadline_and_makes_no_breach_in_the_past(start: datetime, days: int) -> None:
    found = start + timedelta(days=days)
    due = deadline_of(CHARGE, replace(at_once(start), enhanced_at=found), calendar=CALENDAR).due_at
    standard = deadline_of(CHARGE, at_once(start), calendar=CALENDAR).due_at
    assert due <= standard
    assert due > found or due == standard


def test_a_sentence_is_due_at_the_earlier_of_two_sources() -> None:
    passed, received = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)
    late = deadline_of(SENTENCE, Trigger(passed, received, received), calendar=CALENDAR)
    assert london_day(late.due_at) == date(2026, 11, 9), "5 working days from the sentence"
    prompt = deadline_of(SENTENCE, at_once(passed), calendar=CALENDAR)
    assert london_day(prompt.due_at) == date(2026, 11, 3), "1 working day from receipt"


def test_a_hearing_tomorrow_morning_is_told_of_before_it_begins() -> None:
    heard, begins = datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)
    deadline = deadline_of(HEARING, replace(at_once(heard), about_at=begins), calendar=CALENDAR)
    assert deadline.due_at == begins
    assert heard < deadline.reminder_at < begins


def test_a_hearing_that_had_begun_when_it_was_heard_of_has_the_clock_of_any_other() -> None:
    heard = datetime(2026, 11, 23, 16, tzinfo=UTC)
    deadline = deadline_of(HEARING, replace(at_once(heard), about_at=heard - timedelta(hours=1)), calendar=CALENDAR)
    assert deadline == deadline_of(HEARING, at_once(heard), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("allowed", "last"),
    [
        (Allowed(28, Unit.CALENDAR_DAYS), date(2027, 2, 28)),
        (Allowed(1, Unit.MONTHS), date(2027, 2, 28)),
        (Allowed(13, Unit.MONTHS), date(2028, 2, 29)),
        (Allowed(2, Unit.YEARS), date(2029, 1, 31)),
        (Allowed(1), date(2027, 2, 1)),
    ],
)
def test_every_unit_counts_from_the_day_after(allowed: Allowed, last: date) -> None:
    assert day_after(date(2027, 1, 31), allowed, calendar=CALENDAR) == last


@pytest.mark.parametrize(("start", "due"), [("2026-03-27T23:30", "2026-03-30"), ("2026-07-02T23:30", "2026-07-06")])
def test_the_day_of_the_trigger_is_londons_also_around_a_clock_change(start: str, due: str) -> None:
    instant = datetime.fromisoformat(f"{start}+00:00")
    deadline = deadline_of(SENTENCE, at_once(instant), calendar=CALENDAR)
    assert london_day(deadline.due_at) == date.fromisoformat(due)
    assert deadline.due_at.astimezone(LONDON).strftime("%H:%M:%S") == "23:59:59"


def test_a_deadline_past_the_published_holidays_raises_the_alarm() -> None:
    last = datetime(2028, 12, 22, 9, tzinfo=UTC)
    near = deadline_of(REFERRAL, at_once(last - timedelta(days=30)), calendar=CALENDAR)
    beyond = deadline_of(CHARGE, at_once(last), calendar=CALENDAR)
    assert not near.beyond_calendar
    assert beyond.beyond_calendar
