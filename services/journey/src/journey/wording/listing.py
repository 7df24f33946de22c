"""When and where a hearing is held, and why that changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from chassis.working_days import london_day

from journey.wording.content import Content

WEEK: Final = timedelta(days=6)
MAY_CHANGE = "Dates can change. We will tell you if this one does."
ASK_WHICH = "Your contact person can find out which."
NO_REASON = "The court gave no reason. Your contact person can ask the court why."


def held(listing: Content) -> str | None:
    """When a hearing is held: its first day and time, its week, or that there is no date."""
    match listing.text("precision"):
        case "fixed":
            return _first_day(listing)
        case "week-commencing":
            week = listing.when("week_commencing")
            return f"a day in the week that starts on {week}; the court has not fixed the day yet"
        case "undated":
            return "no date yet"
        case _:
            return None


def dated(listing: Content) -> bool:
    """Whether there is a day or a week: not where it is undated, nor where no day is given at all."""
    return bool(listing.parts("days")) or listing.text("week_commencing") is not None


def last_day(listing: Content) -> date | None:
    """The last day on which it may be held; None where that is not known."""
    days, monday = listing.parts("days"), listing.day("week_commencing")
    if days:
        return max(map(day_of, days))
    return monday + WEEK if monday else None


def day_of(day: Content) -> date:
    """The day in London of one day of a hearing."""
    return london_day(datetime.fromisoformat(day.text("starts_at") or ""))


def where(listing: Content, *, court: str | None) -> str | None:
    """The court of the hearing, and which days are held in another."""
    days = listing.parts("days")
    away = [day for day in days if day.text("court_centre_id")]
    if not away or court is None:
        return court
    names = {day.text("court_name") for day in away}
    ask = f". {ASK_WHICH}" if None in names else ""
    if len(away) < len(days):
        return f"{court}, but {_by_court(away)}{ask}"
    if len(names) > 1:
        return f"{_by_court(away)}{ask}"
    return names.pop() or f"a court other than {court}{ask}"


def _by_court(away: Sequence[Content]) -> str:
    """On which days which court: "York Crown Court on 1 December 2026 at 10am"."""
    found: dict[str, list[str]] = {}
    for day in away:
        found.setdefault(day.text("court_name") or "another court", []).append(day.when("starts_at") or "")
    return "; ".join(f"{name} on {', '.join(filter(None, days))}" for name, days in found.items())


def lasting(listing: Content) -> str | None:
    """The minutes listed for each day, as the court gave them; a trial of weeks is listed on its first day."""
    given = [day.text("minutes") for day in listing.parts("days")]
    return ", ".join(f"{minutes} minutes" for minutes in given if minutes) or None


def _first_day(listing: Content) -> str | None:
    days = listing.parts("days")
    if not days:
        return None
    first = days[0].when("starts_at")
    return first if len(days) == 1 else f"{first}, for {len(days)} days"
