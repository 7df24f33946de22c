"""By when an officer is asked to make contact, where no duty sets an earlier time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

END_OF_WORK = time(17)
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class OfficerCalendar:
    """Working days in England and Wales; `holidays` are its bank holidays."""

    holidays: frozenset[date]

    def contact_due(self, moment: datetime) -> datetime:
        """The end of the next working day after `moment`, as UTC."""
        day = moment.astimezone(_LONDON).date() + timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        return datetime.combine(day, END_OF_WORK, _LONDON).astimezone(UTC)

    def _works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays
