"""What `POST /events` and `GET /events/{id}` answer."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from chassis.http.answers import COMPONENTS
from chassis.log.records import Receipt as Appended

_PROBLEM = msgspec.Meta(extra_json_schema={"$ref": f"{COMPONENTS}Problem"})


class Receipt(msgspec.Struct, gc=False, omit_defaults=True):
    """The event is on disk. `held`: why it is told to nobody until an officer has looked; absent without doubt."""

    id: str
    source: str
    position: int
    hash: str
    recorded_at: datetime
    duplicate: bool
    held: tuple[str, ...] = ()

    @classmethod
    def of(cls, receipt: Appended, *, held: tuple[str, ...] = ()) -> "Receipt":
        """As it is shown to the publisher."""
        return cls(
            receipt.id,
            receipt.source,
            receipt.position,
            receipt.hash.hex(),
            receipt.recorded_at,
            receipt.duplicate,
            held,
        )


class EventResult(msgspec.Struct, gc=False, omit_defaults=True):
    """What became of the event at this place of the request: recorded, now or before, or refused with a problem."""

    index: int
    status: int
    receipt: Receipt | msgspec.UnsetType = msgspec.UNSET
    problem: Annotated[Any, _PROBLEM] = msgspec.UNSET


class Results(msgspec.Struct):
    """One result for each event, in the order of the request."""

    results: list[EventResult]


class RecordedEvent(msgspec.Struct):
    """An event as it was recorded, personal fields sealed, and its receipt."""

    receipt: Receipt
    event: Annotated[Any, msgspec.Meta(extra_json_schema={"type": "object"})]
