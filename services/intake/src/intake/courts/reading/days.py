"""When and where a hearing is, as a message says it."""

from collections.abc import Sequence
from datetime import datetime

from intake.courts.reading import classes, wire
from intake.courts.reading.snapshot import Listing, NextListing, Sitting
from intake.courts.reading.unread import UnreadParts
from intake.recording.instants import has_zone, parse_day, parse_instant

MOST_SITTINGS = 1000
_MOST_MINUTES = 1_000_000


def listing_of(hearing: wire.Hearing, days: Sequence[wire.HearingDay]) -> Listing:
    """The listing on these days. Raises ValueError for a time that is none."""
    court = hearing.court_centre or wire.CourtCentre()
    name = type_name(hearing.type)
    return Listing(
        type_name=name,
        trial=classes.is_trial(name),
        court_name=court.name or "",
        court_code=(court.code or "").upper(),
        sittings=tuple(sorted((_sitting(day, court) for day in days), key=_order)),
    )


def next_listing(hearing: wire.NextHearing | None, here: Listing) -> NextListing | None:
    """A next hearing with a date; "date to be fixed" is no listing yet. Without a court it is at this one.

    Raises ValueError for a time that is none.
    """
    if hearing is None or not (hearing.listed_start_date_time or hearing.week_commencing_date):
        return None
    name = type_name(hearing.type)
    court = hearing.court_centre or wire.CourtCentre()
    start, week = hearing.listed_start_date_time, hearing.week_commencing_date
    code, place = (court.code or "").upper(), _court_key(court) or here.court_code[:5]
    listing = Listing(
        type_name=name,
        trial=classes.is_trial(name),
        court_name=court.name or "",
        court_code=code if classes.COURT_CODE.fullmatch(code) else here.court_code,
        sittings=(_start(start, place, hearing.estimated_minutes),) if start else (),
        week_commencing=parse_day(week) if week and not start else None,
    )
    return NextListing(hearing.existing_hearing_id, listing)


def type_name(kind: wire.Coded | None) -> str:
    return (kind.description if kind else None) or "Hearing"


def days_of(hearing: wire.Hearing, unread: UnreadParts) -> list[wire.HearingDay] | None:
    """The hearing's days, or None where one of them is not of its shape: which day it is cannot be told then."""
    found = [unread.read(raw, wire.HearingDay, "hearing.hearingDays", hearing.id) for raw in hearing.hearing_days or ()]
    known = [day for day in found if day is not None]
    return known if len(known) == len(found) else None


def _start(text: str, place: str, minutes: int | None) -> Sitting:
    return Sitting(parse_instant(text), place, _minutes(minutes), zoned=has_zone(text))


def _sitting(day: wire.HearingDay, court: wire.CourtCentre) -> Sitting:
    return Sitting(
        parse_instant(day.sitting_day),
        _court_key(court),
        _minutes(day.listed_duration_minutes),
        _own_court(day, court),
        zoned=has_zone(day.sitting_day),
    )


def _minutes(said: int | None) -> int | None:
    return said if said is not None and 0 < said <= _MOST_MINUTES else None


def _own_court(day: wire.HearingDay, court: wire.CourtCentre) -> str | None:
    """A day names its court by id alone, which can only be told apart from the hearing's own by that one's id."""
    if not day.court_centre_id or not court.id:
        return None
    own = day.court_centre_id.lower()
    return "" if own == court.id.lower() else own


def _order(sitting: Sitting) -> tuple[datetime, str, int]:
    return sitting.starts, sitting.place, sitting.minutes or 0


def _court_key(court: wire.CourtCentre) -> str:
    return court.code[:5].upper() if court.code else (court.id or "")
