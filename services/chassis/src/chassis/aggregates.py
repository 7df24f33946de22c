"""Event-sourced aggregates over the log: the `eventsourcing` library decides and maps, our log stores.

A row's `private` column holds the domain event (its topic, a line break, its state as JSON); `body` holds what the
world is told of it. A domain event of which nothing is told becomes an internal row, which is never relayed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast
from uuid import UUID

from contracts.envelope import Envelope
from eventsourcing.domain import Aggregate, CanMutateAggregate
from eventsourcing.persistence import (
    DatetimeAsISO,
    DecimalAsStr,
    JSONTranscoder,
    Mapper,
    StoredEvent,
    UUIDAsHex,
)
from pydantic import BaseModel

from chassis.database import Connection
from chassis.log.reader import read_stream
from chassis.log.records import LogRecord, NewEvent
from chassis.vault.composing import Draft, EventComposer

AnyAggregate = TypeVar("AnyAggregate", bound=Aggregate)
Decided = CanMutateAggregate[UUID]


@dataclass(frozen=True, slots=True)
class Told:
    """What the world is told of a domain event. `key` is the Kafka key, `subject` whose key seals personal fields."""

    envelope: Envelope
    data: BaseModel
    key: str
    subject: str


class Repository(Generic[AnyAggregate]):
    """Loads aggregates of one kind from streams `<category>/<id>`, and makes log events of what they decided."""

    def __init__(self, *, category: str, source: str, composer: EventComposer) -> None:
        self._category = category
        self._source = source
        self._composer = composer
        self._mapper = _mapper()

    async def find(self, connection: Connection, aggregate_id: UUID) -> AnyAggregate | None:
        """The aggregate as of its last event; None when it has none."""
        aggregate: AnyAggregate | None = None
        for record in await read_stream(connection, self._stream(aggregate_id)):
            aggregate = self._decided(record, aggregate_id).mutate(aggregate)
        return aggregate

    async def events(self, aggregate: AnyAggregate, *, told: Callable[[Decided], Told | None]) -> list[NewEvent]:
        """The log events of what the aggregate decided since it was loaded; append them in one transaction.

        Appending raises VersionConflict when somebody else decided meanwhile: load again and decide again.
        """
        stream = self._stream(aggregate.id)
        return [await self._event(pending, stream, told(pending)) for pending in aggregate.collect_events()]

    async def _event(self, pending: Decided, stream: str, told: Told | None) -> NewEvent:
        stored = self._mapper.to_stored_event(pending)
        private = stored.topic.encode() + b"\n" + stored.state
        version = pending.originator_version
        if told is None:
            return self._internal(pending, stored.topic, stream, private)
        draft = Draft.of(
            told.envelope,
            told.data,
            stream=stream,
            version=version,
            key=told.key,
            subject=told.subject,
            private=private,
        )
        return (await self._composer.compose([draft]))[0]

    def _internal(self, pending: Decided, topic: str, stream: str, private: bytes) -> NewEvent:
        return NewEvent(
            id=f"{stream}/{pending.originator_version}",
            source=self._source,
            type=topic,
            stream=stream,
            version=pending.originator_version,
            key=None,
            occurred_at=pending.timestamp,
            body=b"{}",
            digest=hashlib.sha256(private).digest(),
            private=private,
        )

    def _decided(self, record: LogRecord, aggregate_id: UUID) -> Decided:
        topic, _, state = (record.private or b"").partition(b"\n")
        stored = StoredEvent(aggregate_id, record.version or 0, topic.decode(), state)
        return cast(Decided, self._mapper.to_domain_event(stored))

    def _stream(self, aggregate_id: UUID) -> str:
        return f"{self._category}/{aggregate_id}"


def _mapper() -> Mapper[UUID]:
    transcoder = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DatetimeAsISO(), DecimalAsStr()):
        transcoder.register(transcoding)
    return Mapper(transcoder)
