"""Times as Common Platform writes them: `Z[UTC]`, nanoseconds, dates called date-times, missing zones."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from chassis.working_days import LONDON

# as in the contracts; beyond them a change of zone may not fit a date-time
_YEARS: Final = range(1900, 2200)

_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2})?)(?:\.(?P<fraction>\d{1,9}))?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?(?:\[[A-Za-z/_+-]+\])?"
)


def parse_instant(text: str) -> datetime:
    """An instant in UTC. A missing zone is UTC, as the publisher stores it; a bare date is its start in London.

    Raises ValueError, without the text, when it is not a time.
    """
    match = _match(text)
    day = date.fromisoformat(match["day"])
    if match["clock"] is None:
        return start_of_day(day)
    clock = time.fromisoformat(match["clock"])
    micros = int((match["fraction"] or "0").ljust(6, "0")[:6])
    local = datetime.combine(day, clock, tzinfo=UTC) + timedelta(microseconds=micros)
    return local - _offset(match["zone"])


def has_zone(text: str) -> bool:
    """Does the text say in which zone its time is? A day without a time is London's. Raises ValueError."""
    match = _match(text)
    return match["zone"] is not None or match["clock"] is None


def parse_day(text: str) -> date:
    """A calendar day in London; a date-time is taken to the day it falls on there."""
    match = _match(text)
    if match["clock"] is None:
        return date.fromisoformat(match["day"])
    return parse_instant(text).astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def _match(text: str) -> re.Match[str]:
    match = _INSTANT.fullmatch(text.strip())
    if match is None or int(match["day"][:4]) not in _YEARS:
        raise ValueError("not a date or date-time as agencies write them")
    return match


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone == "Z":
        return timedelta()
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if zone[0] == "+" else -size
