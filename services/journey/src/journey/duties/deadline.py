"""When a duty falls due and when its owner is reminded (Victims' Code, timing semantics 1.1-1.5)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from chassis.working_days import END_OF_DAY, MIDDAY, WorkingCalendar, at_time, london_day
from contracts.duty import Allowed, Clock, ClockStart, Duty, Unit

NEXT_WORKING_DAY = Allowed(1)
"""A category that is found late shortens a deadline to this after the finding, and never to before it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty was opened, when it is due and when its owner is reminded; aware instants.

    It may be due before it was opened: its clock is the true one, and what we knew late is late. `beyond_calendar`: the
    deadline passes the published bank holidays, so a person has to check it.
    """

    opened_at: datetime
    due_at: datetime
    reminder_at: datetime
    beyond_calendar: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """The instants from which a clock may start; `known_at` is when it became known that the fact is this victim's.

    `about_at` is when what it is about begins, if it does; `enhanced_at` when enhanced rights were found, if they were.
    """

    occurred_at: datetime
    recorded_at: datetime
    known_at: datetime
    about_at: datetime | None = None
    enhanced_at: datetime | None = None


def deadline_of(duty: Duty, trigger: Trigger, *, calendar: WorkingCalendar) -> Deadline:
    """Due at the end of the due day, by the earliest of its clocks; reminded at midday of that day, or at once where
    that is past. What must be told before the day that it is about is due when that begins.
    """
    due_day = min(_due_day(clock, trigger, calendar) for clock in duty.clocks)
    due_at, reminder_at = at_time(due_day, END_OF_DAY), at_time(due_day, MIDDAY)
    if duty.before_the_day and trigger.about_at is not None and trigger.known_at < trigger.about_at < due_at:
        due_at = trigger.about_at
        reminder_at = min(reminder_at, trigger.known_at + (due_at - trigger.known_at) / 2)
    return Deadline(
        opened_at=trigger.known_at,
        due_at=due_at,
        reminder_at=max(trigger.known_at, reminder_at),
        beyond_calendar=not calendar.reaches(due_day),
    )


def _due_day(clock: Clock, trigger: Trigger, calendar: WorkingCalendar) -> date:
    started = _start(clock.start, trigger)
    standard = day_after(london_day(started), clock.standard, calendar=calendar)
    if trigger.enhanced_at is None:
        return standard
    enhanced = day_after(london_day(started), clock.enhanced, calendar=calendar)
    if trigger.enhanced_at <= trigger.recorded_at:
        return enhanced
    found = day_after(london_day(trigger.enhanced_at), NEXT_WORKING_DAY, calendar=calendar)
    return min(standard, max(enhanced, found))


def day_after(start: date, allowed: Allowed, *, calendar: WorkingCalendar) -> date:
    """The last day of what is allowed from `start`, which is day 0. A month that is too short ends on its last day."""
    match allowed.unit:
        case Unit.WORKING_DAYS:
            return calendar.day_after(start, working_days=allowed.n)
        case Unit.CALENDAR_DAYS:
            return start + timedelta(days=allowed.n)
        case Unit.MONTHS:
            return _months_after(start, allowed.n)
        case Unit.YEARS:
            return _months_after(start, 12 * allowed.n)
        case _:
            assert_never(allowed.unit)


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _start(clock: ClockStart, trigger: Trigger) -> datetime:
    match clock:
        case ClockStart.OCCURRED:
            return trigger.occurred_at
        case ClockStart.RECEIVED:
            return trigger.recorded_at
        case _:
            assert_never(clock)
