"""By when an officer makes a contact: never after the day that its news is about. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chassis.working_days import END_OF_WORK, WorkingCalendar, at_time, london_day

AT_THE_LATEST = timedelta(hours=1)
"""So long before a hearing or a release she is told, where no office closes in between."""


def due(duties: Sequence[datetime], *, days: Sequence[datetime], now: datetime, calendar: WorkingCalendar) -> datetime:
    """By the earliest duty, else the end of the next working day; and before each of the `days` ahead."""
    owed = min(duties, default=calendar.end_of_work_after(now, working_days=1))
    return min([owed, *(_before(day, now=now, calendar=calendar) for day in days)])


def _before(day: datetime, *, now: datetime, calendar: WorkingCalendar) -> datetime:
    """When offices close last before the day, where they still do; else shortly before it; else at once."""
    last = london_day(day) - timedelta(days=1)
    while not calendar.is_working_day(last):
        last -= timedelta(days=1)
    closing = at_time(last, END_OF_WORK)
    return closing if closing > now else max(day - AT_THE_LATEST, now)
