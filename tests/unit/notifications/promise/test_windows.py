"""Safe hours across days and clock changes: never outside, never early, never skipped."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from chassis.working_days import LONDON
from hypothesis import example, given, settings
from hypothesis import strategies as st
from notifications.promise.windows import LAST_MINUTES, SafeTimes, Weekday, Window

WEEKDAYS = frozenset(Weekday(day) for day in range(5))
EVENINGS = SafeTimes((Window(WEEKDAYS, 18 * 60, 21 * 60),))
MINUTE = timedelta(minutes=1)

windows = st.builds(
    lambda days, opens, length: Window(frozenset(days), opens, min(opens + length, 24 * 60)),
    st.sets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 24 * 60 - 15),
    st.integers(15, 24 * 60),
)
safe_times = st.builds(
    lambda several, zone: SafeTimes(tuple(several), zone),
    st.lists(windows, min_size=1, max_size=3),
    st.sampled_from(["Europe/London", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 the zone follows
near_a_clock_change = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from([datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]),
    st.integers(-26 * 60, 26 * 60),
)


def wall_says_inside(times: SafeTimes, moment: datetime) -> bool:
    """The definition, written down a second time: what the victim's clock shows at that moment."""
    local = moment.astimezone(ZoneInfo(times.zone))
    minute = local.hour * 60 + local.minute
    return any(local.weekday() in w.days and w.opens <= minute < w.closes for w in times.windows)


@given(safe_times, moments | near_a_clock_change)
@settings(max_examples=150, deadline=None)
@example(SafeTimes((Window(frozenset({Weekday.SUN}), 90, 135),)), datetime(2027, 3, 27, 12, tzinfo=UTC))
@example(SafeTimes((Window(frozenset({Weekday.SUN}), 75, 105),)), datetime(2027, 10, 31, 0, 50, tzinfo=UTC))
def test_the_next_safe_moment_is_never_outside_and_never_early(times: SafeTimes, moment: datetime) -> None:
    """Guard: nothing leaves outside safe hours, also when the clocks change."""
    found = times.next_allowed(moment)

    assert found is not None, "every week has the window's day"
    assert found >= moment
    assert wall_says_inside(times, found)
    assert wall_says_inside(times, found + LAST_MINUTES), "the hand-over ends inside the window too"


@given(safe_times, near_a_clock_change)
@settings(max_examples=30, deadline=None)
def test_no_safe_quarter_of_an_hour_before_it_is_skipped_except_in_an_hour_that_comes_twice(
    times: SafeTimes, moment: datetime
) -> None:
    found = times.next_allowed(moment)
    assert found is not None
    skipped = [
        each
        for each in (moment + MINUTE * step for step in range(0, int((found - moment) / MINUTE), 15))
        if times.allow(each) and not comes_twice(each, times.zone)
    ]
    assert skipped == []


def comes_twice(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T09:00", "2026-11-23T18:00"),
        ("2026-11-23T18:30", "2026-11-23T18:30"),
        ("2026-11-23T20:57", "2026-11-23T20:57"),
        ("2026-11-23T20:58", "2026-11-24T18:00"),
        ("2026-11-20T21:00", "2026-11-23T18:00"),
        ("2026-06-05T16:59", "2026-06-05T18:00"),
    ],
)
def test_weekday_evenings_are_the_victims_own_evenings(now: str, expected: str) -> None:
    local = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    found = EVENINGS.next_allowed(local.astimezone(UTC))
    assert found is not None
    assert found.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M") == expected


def test_no_window_means_no_safe_time() -> None:
    """Guard: unknown = unsafe."""
    assert SafeTimes(()).next_allowed(datetime(2026, 11, 23, tzinfo=UTC)) is None


def test_the_skipped_hour_holds_nothing_and_the_window_opens_after_it() -> None:
    sunday = SafeTimes((Window(frozenset({Weekday.SUN}), 75, 4 * 60),))
    found = sunday.next_allowed(datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
    assert found == datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "01:15 does not exist; 02:00 summer time is next"
