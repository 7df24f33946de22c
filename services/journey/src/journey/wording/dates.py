"""Dates as people say them: "4 June 2026 at 9:32am"; the date alone when the time is not known, never 00:00."""

from datetime import date, datetime, time
from enum import StrEnum

from chassis.working_days import LONDON

MIDNIGHT = time(0, 0)
MIDDAY = time(12, 0)


class Precision(StrEnum):
    """How much of an instant is known."""

    MINUTE = "minute"
    DAY = "day"


def precision_of(instant: datetime) -> Precision:
    """An instant of exactly midnight in London is a date whose time nobody gave."""
    local = instant.astimezone(LONDON)
    return Precision.DAY if local.timetz().replace(tzinfo=None) == MIDNIGHT else Precision.MINUTE


def spoken(instant: datetime) -> str:
    """`instant` in London's time, such as "4 June 2026 at 9:32am", "4 June 2026 at midday" or "4 June 2026"."""
    local = instant.astimezone(LONDON)
    if precision_of(instant) is Precision.DAY:
        return spoken_day(local.date())
    return f"{spoken_day(local.date())} at {_clock(local.time())}"


def spoken_day(day: date) -> str:
    """`day` such as "4 June 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def _clock(local: time) -> str:
    if local.replace(second=0, microsecond=0) == MIDDAY:
        return "midday"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < MIDDAY.hour else 'pm'}"
