"""Times by London's clock, as an officer reads them."""

from datetime import datetime, time

from chassis.working_days import LONDON, MIDDAY


def spoken(instant: datetime) -> str:
    """`instant` in London's time, such as "4 June 2026 at 9:32am"; midnight is a day whose time nobody gave."""
    local = instant.astimezone(LONDON)
    day = f"{local.day} {local:%B} {local.year}"
    return f"{day} at {spoken_time(local.time())}" if local.time() != time() else day


def spoken_time(local: time) -> str:
    """Such as "9:32am"."""
    if (local.hour, local.minute) == (MIDDAY.hour, 0):
        return "midday"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local < MIDDAY else 'pm'}"
