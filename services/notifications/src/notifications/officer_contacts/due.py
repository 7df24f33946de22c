"""By when an officer makes a contact: never after the day that its news is about. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from chassis.working_days import END_OF_WORK, WorkingCalendar, at_time, london_day

START_OF_WORK = time(9)
TIME_TO_CALL = timedelta(hours=3)
"""An officer who is asked to tell has at least so much of a working day left."""
AT_THE_LATEST = timedelta(hours=1)
"""So long before a hearing or a release she is told, where no office closes in between."""


def due(duties: Sequence[datetime], *, days: Sequence[datetime], now: datetime, calendar: WorkingCalendar) -> datetime:
    """By the earliest duty, else the end of the next working day; and before each of the `days` ahead."""
    owed = min(duties, default=calendar.end_of_work_after(now, working_days=1))
    return min([owed, *(_before(day, now=now, calendar=calendar) for day in days)])


def last_call(due_at: datetime, *, calendar: WorkingCalendar) -> datetime:
    """The last moment at which an officer asked still has `TIME_TO_CALL` in office hours before it is due."""
    wanted, day = TIME_TO_CALL, london_day(due_at)
    while True:
        opens, closes = at_time(day, START_OF_WORK), min(at_time(day, END_OF_WORK), due_at)
        if calendar.is_working_day(day) and closes > opens:
            if closes - opens >= wanted:
                return closes - wanted
            wanted -= closes - opens
        day -= timedelta(days=1)


def _before(day: datetime, *, now: datetime, calendar: WorkingCalendar) -> datetime:
    """When offices close last before the day, where they still do; else shortly before it; else at once."""
    last = london_day(day) - timedelta(days=1)
    while not calendar.is_working_day(last):
        last -= timedelta(days=1)
    closing = at_time(last, END_OF_WORK)
    return closing if closing > now else max(day - AT_THE_LATEST, now)
