"""A peer: a FastStream batch handler that runs the same SQL in one transaction, then commits its offsets to Kafka."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
from bench.clean_database import clean_database
from bench.measuring import demand
from chassis.relay.headers import decode_headers
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage as Message
from journey.facts import freshness_store as freshness
from journey.facts import heard_store as heard
from journey.facts import store as facts
from journey.facts import warnings_store as warnings
from journey.facts.fact import Origin
from support.databases import Databases

BATCH = 5_000
Row = tuple[object, ...]


@dataclass
class _Progress:
    done: asyncio.Event
    started: float = 0.0
    count: int = 0


@dataclass(frozen=True)
class FastStreamProjector:
    """As its manual shows: it decodes the JSON and hands over dictionaries. Repeats are refused by the tables' keys."""

    databases: Databases
    bootstrap: str
    topic: str
    events: int
    name: str = "FastStream batch handler, same SQL"

    async def measure(self) -> float:
        progress = _Progress(asyncio.Event())
        async with clean_database(self.databases, "journey") as dsn:
            connection = await asyncpg.connect(dsn)
            broker = self._broker(connection, progress)
            try:
                await broker.start()
                async with asyncio.timeout(120):
                    await progress.done.wait()
                seconds = time.perf_counter() - progress.started
                found = await connection.fetchval("SELECT count(*) FROM fact")
            finally:
                await broker.stop()
                await connection.close()
        demand("facts", found=found, expected=self.events)
        return self.events / seconds

    def _broker(self, connection: Any, progress: _Progress) -> KafkaBroker:
        broker = KafkaBroker(self.bootstrap, logger=None)

        @broker.subscriber(
            self.topic,
            batch=True,
            max_records=BATCH,
            group_id=f"bench-{time.monotonic_ns()}",
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=2_097_152,
            fetch_max_wait_ms=100,
            ack_policy=AckPolicy.ACK,
        )
        async def project(events: list[dict[str, Any]], message: Message) -> None:
            progress.started = progress.started or time.perf_counter()
            rows = [_row(*one) for one in zip(events, message.raw_message, strict=True)]
            async with connection.transaction():
                await _apply(connection, rows, warned=_warned(events))
            progress.count += len(rows)
            if progress.count >= self.events:
                progress.done.set()

        return broker


def _row(event: dict[str, Any], record: Any) -> Row:
    at = decode_headers(record.headers)
    return (
        int(Origin.INTAKE),
        at.position,
        event["source"],
        event["id"],
        event["type"],
        event.get("caseid"),
        event.get("victimid"),
        None,
        None,
        None,
        None,
        None,
        datetime.fromisoformat(event["time"]),
        at.recorded_at,
        event.get("backfill", False),
        event.get("doubt"),
        None,
        record.value,
    )


def _warned(events: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    said = [(event["victimid"], event["data"].get("safe_contact_warning")) for event in events]
    return {(victim, text["digest"]) for victim, text in said if text}


async def _apply(connection: Any, rows: Sequence[Row], *, warned: set[tuple[str, str]]) -> None:
    found = await connection.fetch(facts.HERE_ALREADY, int(Origin.INTAKE), [row[1] for row in rows])
    here = {record["position"] for record in found}
    new = [row for row in rows if row[1] not in here]
    await connection.copy_records_to_table("fact", records=new, columns=facts.STORED)
    if named := sorted({str(row[6]) for row in new if row[6]}):
        await connection.execute(heard.NOTE, named)
    if warned:
        await connection.execute(warnings.NOTE, *map(list, zip(*warned, strict=True)))
    newest = {row[2]: (row[2], str(row[4]).partition(".")[0], row[13]) for row in rows}
    await connection.execute(freshness.NOTE_AND_RING, *map(list, zip(*newest.values(), strict=True)))
