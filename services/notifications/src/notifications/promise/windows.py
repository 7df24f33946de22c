"""The days and hours at which a victim may be reached, in their own time zone.

A moment is inside a window when the clock on the victim's wall says so. That holds across a clock change too: in the
hour that is skipped nothing can be sent, and in the hour that comes twice both passes count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

LAST_MINUTES = timedelta(minutes=2)
"""We stop this long before a window closes: the longest allowed gap from the decision to the end of the hand-over."""


class Weekday(IntEnum):
    """Days as Python numbers them."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


@dataclass(frozen=True, slots=True)
class Window:
    """On these days, from the minute `opens` up to but not including the minute `closes` (minutes after midnight)."""

    days: frozenset[Weekday]
    opens: int
    closes: int

    def holds(self, local: datetime) -> bool:
        """Whether this wall-clock moment is inside."""
        minute = local.hour * 60 + local.minute
        return Weekday(local.weekday()) in self.days and self.opens <= minute < self.closes


@dataclass(frozen=True, slots=True)
class SafeTimes:
    """All windows of one victim and the zone they are meant in. No window at all means no safe time."""

    windows: tuple[Window, ...]
    zone: str = "Europe/London"

    def allow(self, moment: datetime) -> bool:
        """Whether a message may be handed over now and still leave inside the same window."""
        return self._inside(moment) and self._inside(moment + LAST_MINUTES)

    def next_allowed(self, moment: datetime) -> datetime | None:
        """The earliest moment not before `moment` that `allow`s; None when there is none in the next eight days."""
        if self.allow(moment):
            return moment
        return min((opening for opening in self._openings(moment) if opening > moment), default=None)

    def next_day(self, moment: datetime) -> datetime:
        """Midnight after `moment` where the victim lives, as UTC."""
        tomorrow = self.local(moment).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """The same moment as the victim's clock shows it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def _inside(self, moment: datetime) -> bool:
        local = self.local(moment)
        return any(window.holds(local) for window in self.windows)

    def _openings(self, moment: datetime) -> Iterator[datetime]:
        today = self.local(moment).date()
        # From yesterday, since the hour that comes twice may belong to the day that the clock has just left.
        for ahead in range(-1, 9):
            day = today + timedelta(days=ahead)
            for window in self.windows:
                yield from (opening for opening in self._starts(day, window.opens) if self.allow(opening))

    def _starts(self, day: date, minute: int) -> Iterator[datetime]:
        wall = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(self.zone))
        first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
        yield first
        # The two readings differ only around a clock change; the window may then open at any minute between them.
        for step in range(int(abs(first - second) / timedelta(minutes=1)) + 1):
            yield min(first, second) + timedelta(minutes=step)
