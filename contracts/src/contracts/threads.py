"""Which thread a fact belongs to, which others it ends, and when what it is about begins.

A correction is asked as what it says instead. A retraction says nothing, so it has none of these.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from contracts.catalogue import EVENT_TYPES
from contracts.corrections import EventCorrected
from contracts.listings import FixedListing, WeekListing
from contracts.prison import ReleaseDay
from contracts.shape import Shape
from contracts.thread import Thread, ThreadKind

_LONDON: Final = ZoneInfo("Europe/London")

THREADS: Final[Mapping[str, Thread]] = MappingProxyType(
    {name: kind.thread for name, kind in EVENT_TYPES.items() if kind.thread is not None}
)


def thread_of(type_name: str, data: Shape) -> str | None:
    """The thread, as `hearing/<hearing_id>`: only the last fact of it holds. None where a fact stands by itself."""
    said = _holding(type_name, data)
    thread = THREADS.get(said.type)
    return None if thread is None else _key(thread.kind, thread, said.data)


def also_ends(type_name: str, data: Shape) -> tuple[str, ...]:
    """The other threads in which nothing holds any more, as a plan of release once the person was released."""
    said = _holding(type_name, data)
    thread = THREADS.get(said.type)
    return () if thread is None else tuple(_key(kind, thread, said.data) for kind in thread.also_ends)


def about_at(type_name: str, data: Shape, *, after: datetime | None = None) -> datetime | None:
    """When what it is about begins, in UTC: a hearing, the week in which it is, the day of a release.

    Of what is moved the earlier of both, for somebody who has not heard goes there on the old day; of what will not be
    held, when it would have begun. Only what is not before `after` counts. None where no such time is said.
    """
    said = _holding(type_name, data)
    thread = THREADS.get(said.type)
    begins = [] if thread is None else [_begins(_field(said.data, name)) for name in thread.about]
    moments = (moment for moment in begins if moment is not None and (after is None or moment >= after))
    return min(moments, default=None)


class _Said(NamedTuple):
    type: str
    data: Shape


def _holding(type_name: str, data: Shape) -> _Said:
    if isinstance(data, EventCorrected):
        return _Said(data.replacement.type, data.replacement.data)
    return _Said(type_name, data)


def _key(kind: ThreadKind, thread: Thread, data: Shape) -> str:
    return f"{kind}/{_field(data, thread.named_by)}"


def _field(data: Shape, name: str) -> object:
    value: object = getattr(data, name)
    return value


def _begins(about: object) -> datetime | None:
    match about:
        case FixedListing():
            return min(day.starts_at for day in about.days)
        case WeekListing():
            return _midnight(about.week_commencing)
        case ReleaseDay():
            return _midnight(about.day)
        case _:
            return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _LONDON).astimezone(UTC)
