"""One recorded event, for those who may see it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from chassis.log.records import Receipt

from intake.errors import NothingHere


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it is in the log, personal fields sealed."""

    receipt: Receipt
    body: bytes


class Records(Protocol):
    """Recorded events by their publisher's id; internal ones are not among them."""

    async def by_id(self, event_id: str) -> Sequence[Recorded]: ...


class ReadEvents:
    """Ids are a publisher's own: two sources may use the same one, and each sees its own."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def one(self, event_id: str, *, source: str | None, sources: Set[str] | None) -> Recorded:
        """The event of this id; `sources` limits whose may be seen, None is all. Raises NothingHere."""
        found = [
            record
            for record in await self._records.by_id(event_id)
            if (sources is None or record.receipt.source in sources) and source in (None, record.receipt.source)
        ]
        if not found:
            raise NothingHere
        return found[0]
