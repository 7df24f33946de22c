"""One line of an audit: what was recorded, where, and when; no personal field is opened for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from chassis.log.served import ServedRecord


@dataclass(frozen=True, slots=True)
class Entry:
    """One record about a victim. `data` is the event's data, its personal fields still sealed."""

    service: str
    position: int
    recorded_at: datetime
    occurred_at: datetime
    type: str
    id: str
    source: str
    case_id: str | None
    victim_id: str | None
    backfill: bool
    doubt: str | None
    data: dict[str, Any]

    @property
    def order(self) -> tuple[datetime, str, int]:
        """Entries of several logs in one order: when they were recorded, then by log and position."""
        return self.recorded_at, self.service, self.position


class _Body(msgspec.Struct):
    data: dict[str, Any] = {}
    caseid: str | None = None
    victimid: str | None = None
    backfill: bool = False
    doubt: str | None = None


_bodies = msgspec.json.Decoder(_Body)


def entry_of(service: str, record: ServedRecord) -> Entry:
    """Read a record; raises msgspec.MsgspecError when its body is no event."""
    body = _bodies.decode(record.body)
    return Entry(
        service=service,
        position=record.position,
        recorded_at=record.recorded_at,
        occurred_at=record.occurred_at,
        type=record.type,
        id=record.id,
        source=record.source,
        case_id=body.caseid,
        victim_id=body.victimid,
        backfill=body.backfill,
        doubt=body.doubt,
        data=body.data,
    )
