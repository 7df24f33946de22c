"""When a duty falls due and when its owner is reminded (Victims' Code, timing semantics 1.1-1.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from chassis.working_days import END_OF_DAY, MIDDAY, WorkingCalendar, at_time, london_day
from contracts.duty import Allowed, ClockStart, Duty, Unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty was opened, when it is due and when its owner is reminded; aware instants.

    `beyond_calendar`: the deadline passes the published bank holidays, so a person has to check it.
    """

    opened_at: datetime
    due_at: datetime
    reminder_at: datetime
    beyond_calendar: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """The instants from which a clock may start.

    `known_at` is when it became known that the fact is this victim's; after `recorded_at` for a late link or a cleared
    doubt.
    """

    occurred_at: datetime
    recorded_at: datetime
    known_at: datetime


def deadline_of(duty: Duty, trigger: Trigger, *, enhanced: bool, calendar: WorkingCalendar) -> Deadline:
    """Due at the end of the due day; reminded at midday of that day, or at once where midday is past.

    What is known late starts its clock late, so that learning it never makes a breach in the past.
    """
    known_late = trigger.known_at > trigger.recorded_at
    start = trigger.known_at if known_late else _clock_start(duty.clock_start, trigger)
    due_day = calendar.day_after(london_day(start), working_days=_working_days(_allowed(duty, enhanced=enhanced)))
    return Deadline(
        opened_at=trigger.known_at,
        due_at=at_time(due_day, END_OF_DAY),
        reminder_at=max(trigger.known_at, at_time(due_day, MIDDAY)),
        beyond_calendar=not calendar.reaches(due_day),
    )


def _allowed(duty: Duty, *, enhanced: bool) -> Allowed:
    return duty.enhanced if enhanced else duty.standard


def _clock_start(clock: ClockStart, trigger: Trigger) -> datetime:
    match clock:
        case ClockStart.OCCURRED:
            return trigger.occurred_at
        case ClockStart.RECEIVED:
            return trigger.recorded_at
        case _:
            assert_never(clock)


def _working_days(allowed: Allowed) -> int:
    match allowed.unit:
        case Unit.WORKING_DAYS:
            return allowed.n
        case _:
            assert_never(allowed.unit)
