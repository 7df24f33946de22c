"""The owner's log endpoint: where what Kafka lost is fetched again. A port, its real side and its fake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import httpx2
import msgspec

from chassis.consumer.events import Arrival
from chassis.consumer.memory_topic import MemoryTopic
from chassis.consumer.sequence import Mark, digest_of
from chassis.errors import TransientFailure
from chassis.log.served import LogPage, ServedRecord, decode_page
from chassis.open_transactions import refuse_within_transaction
from chassis.security.tokens import AccessTokens, TokenNotGranted

PAGE = 500
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class OwnerUnreachable(TransientFailure):
    """The owner's log could not be read; its events are still there."""


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """What the owner's log says of one partition after a mark: the first records, contiguous, and how it stands itself.

    `now` is the owner's business time, `last` the last number that it gave (None where it does not say), `seen` the
    digest of what it has under the mark's number (None where it has nothing there). An owner of an older release says
    no `now`, and no `seen`.
    """

    arrivals: list[Arrival]
    last: int | None
    now: datetime | None
    seen: bytes | None

    def settled(self, latest: datetime) -> list[Arrival]:
        """Return what was recorded by then."""
        return [one for one in self.arrivals if one.recorded_at <= latest]


class OwnerLog(Protocol):
    """The log of the service that owns a topic."""

    async def after(self, topic: str, *, partition: int, mark: Mark, limit: int = PAGE) -> OwnerPage:
        """Return the first records of a partition after `mark`; raises OwnerUnreachable."""


class HttpOwnerLog:
    """Reads `GET /log` of the owner with our own service token (scope log:read, the owner's audience)."""

    def __init__(self, client: httpx2.AsyncClient, base_url: str, tokens: AccessTokens) -> None:
        self._client = client
        self._address = base_url.rstrip("/") + "/log"
        self._tokens = tokens

    async def after(self, topic: str, *, partition: int, mark: Mark, limit: int = PAGE) -> OwnerPage:
        try:
            # The position is for an owner of an older release, which does not know the other.
            answer = await self._client.get(
                self._address,
                params={"partition": partition, "after_pseq": mark.pseq, "after": mark.position, "limit": limit},
                headers={"Authorization": f"Bearer {await self._tokens.token()}"},
            )
            answer.raise_for_status()
            return _read(topic, partition, decode_page(answer.content))
        except httpx2.HTTPStatusError as error:
            raise OwnerUnreachable(
                f"the log that owns {topic} answered {error.response.status_code}; check its address and our scope"
            ) from error
        except (httpx2.HTTPError, msgspec.MsgspecError, TokenNotGranted) as error:
            raise OwnerUnreachable(f"the log that owns {topic} gave no page ({type(error).__name__})") from error


class MemoryOwnerLog:
    """A log in memory; `away` makes it unreachable, `fault` is raised as it is.

    It also has whatever was sent to its `topic`, unless it has another record of that number. `now` is its own time (an
    hour after its last record unless set); one of an older release `says_no_time`. Without a record it says no end.
    """

    def __init__(self, records: Iterable[Arrival] = (), *, now: datetime | None = None) -> None:
        self.records = list(records)
        self.now = now
        self.topic: MemoryTopic | None = None
        self.says_no_time = False
        self.away = False
        self.fault: BaseException | None = None
        self.asked = 0

    async def after(self, topic: str, *, partition: int, mark: Mark, limit: int = PAGE) -> OwnerPage:
        refuse_within_transaction()
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        if self.away:
            raise OwnerUnreachable(f"the log that owns {topic} is away")
        on_topic = self.topic.sent if self.topic else ()
        known = {one.pseq: one for one in (*on_topic, *self.records) if one.partition == partition}
        mine = [known[pseq] for pseq in sorted(known)]
        seen = next((digest_of(one) for one in mine if one.pseq == mark.pseq), None)
        last = (mine[-1].pseq if mine else 0) if self.topic or self.records else None
        return OwnerPage([one for one in mine if one.pseq > mark.pseq][:limit], last, self._now(), seen)

    def _now(self) -> datetime | None:
        if self.now is not None or self.says_no_time:
            return self.now
        return max((one.recorded_at for one in self.records), default=_LONG_AGO) + timedelta(hours=1)


def _read(topic: str, partition: int, page: LogPage) -> OwnerPage:
    pseqs = page.head.pseqs
    last = pseqs[partition] if partition < len(pseqs) else None
    return OwnerPage(list(_arrivals(topic, page.records)), last, page.now, page.seen_sha256)


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
