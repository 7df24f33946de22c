"""A contact about a day is due before it; any other by its duty, or the end of the next working day."""

from datetime import UTC, datetime, timedelta

from chassis.working_days import england_and_wales
from hypothesis import given
from hypothesis import strategies as st
from notifications.officer_contacts.due import due, last_call
from support.notifications_world import NOON

FRIDAY, MONDAY = datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)
CALENDAR = england_and_wales()


def due_by(*duties: datetime, days: tuple[datetime, ...] = (), now: datetime = NOON) -> datetime:
    return due(duties, days=days, now=now, calendar=CALENDAR)


def test_without_a_duty_it_is_due_at_the_end_of_the_next_working_day() -> None:
    assert due_by() == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert due_by(MONDAY) == MONDAY


def test_about_a_hearing_on_monday_she_is_told_by_friday() -> None:
    assert due_by(MONDAY + timedelta(days=2), days=(MONDAY,)) == FRIDAY


def test_late_it_is_due_an_hour_before_and_at_the_last_moment_at_once() -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert due_by(days=(MONDAY,), now=saturday) == MONDAY - timedelta(hours=1)
    minutes_before = MONDAY - timedelta(minutes=20)
    assert due_by(days=(MONDAY,), now=minutes_before) == minutes_before


@given(st.lists(st.integers(1, 30 * 24 * 60), min_size=1), st.lists(st.integers(1, 30 * 24 * 60)))
def test_it_is_never_due_after_the_day_or_its_duty(ahead: list[int], owed: list[int]) -> None:
    days = tuple(NOON + timedelta(minutes=minutes) for minutes in ahead)
    duties = [NOON + timedelta(minutes=minutes) for minutes in owed]
    assert due_by(*duties, days=days) < min(days)
    assert due_by(*duties, days=days) <= min([*duties, *days])


def test_an_officer_is_left_three_hours_of_work() -> None:
    monday_noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert last_call(FRIDAY, calendar=CALENDAR) == FRIDAY - timedelta(hours=3)
    assert last_call(FRIDAY.replace(hour=23, minute=59), calendar=CALENDAR) == FRIDAY - timedelta(hours=3)
    assert last_call(monday_noon, calendar=CALENDAR) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert last_call(MONDAY, calendar=CALENDAR) == FRIDAY - timedelta(hours=2)
    assert last_call(MONDAY.replace(hour=6), calendar=CALENDAR) == FRIDAY - timedelta(hours=3)
