"""The owner's log endpoint: where what Kafka lost is fetched again. A port, its real side and its fake."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import httpx2
import msgspec

from chassis.consumer.events import Arrival
from chassis.consumer.sequence import Mark
from chassis.errors import TransientFailure
from chassis.log.served import ServedRecord, decode_page
from chassis.open_transactions import refuse_within_transaction
from chassis.security.tokens import AccessTokens, TokenNotGranted

PAGE = 500


class OwnerUnreachable(TransientFailure):
    """The owner's log could not be read; its events are still there."""


class OwnerLog(Protocol):
    """The log of the service that owns a topic."""

    async def after(self, topic: str, *, partition: int, mark: Mark) -> list[Arrival]:
        """Return the first records of a partition after `mark`, contiguous; raises OwnerUnreachable."""


class HttpOwnerLog:
    """Reads `GET /log` of the owner with our own service token (scope log:read, the owner's audience)."""

    def __init__(self, client: httpx2.AsyncClient, base_url: str, tokens: AccessTokens) -> None:
        self._client = client
        self._address = base_url.rstrip("/") + "/log"
        self._tokens = tokens

    async def after(self, topic: str, *, partition: int, mark: Mark) -> list[Arrival]:
        try:
            answer = await self._client.get(
                self._address,
                params={"partition": partition, "after": mark.position, "limit": PAGE},
                headers={"Authorization": f"Bearer {await self._tokens.token()}"},
            )
            answer.raise_for_status()
            page = decode_page(answer.content)
        except (httpx2.HTTPError, msgspec.MsgspecError, TokenNotGranted) as error:
            raise OwnerUnreachable(f"the log that owns {topic} gave no page ({type(error).__name__})") from error
        return list(_arrivals(topic, page.records))


class MemoryOwnerLog:
    """A log in memory; `away` makes it unreachable."""

    def __init__(self, records: Iterable[Arrival] = ()) -> None:
        self.records = list(records)
        self.away = False
        self.asked = 0

    async def after(self, topic: str, *, partition: int, mark: Mark) -> list[Arrival]:
        refuse_within_transaction()
        self.asked += 1
        if self.away:
            raise OwnerUnreachable(f"the log that owns {topic} is away")
        wanted = (one for one in self.records if one.partition == partition and one.pseq > mark.pseq)
        return sorted(wanted, key=lambda one: one.pseq)[:PAGE]


def _arrivals(topic: str, records: Iterable[ServedRecord]) -> Iterator[Arrival]:
    for record in records:
        if record.key is None or record.partition is None or record.pseq is None:
            continue
        yield Arrival(
            topic,
            record.partition,
            record.pseq,
            record.position,
            record.key,
            record.recorded_at,
            record.traceparent,
            record.body,
        )
