"""Days as they are in London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The calendar day in Europe/London on which `instant` falls."""
    return instant.astimezone(LONDON).date()
