"""A peer: the `eventsourcing` library's own PostgreSQL recorder, batches of 512 of the same bytes, sealed already."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

import psycopg
from bench.clean_database import clean_database
from bench.measuring import demand
from bench.victims import VICTIMS
from chassis.log.records import NewEvent
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresDatastore
from support.databases import EMPTY, Databases

BATCH = 512


@dataclass(frozen=True)
class EventsourcingAppend:
    """One aggregate per victim."""

    databases: Databases
    events: Sequence[NewEvent]
    name: str = "eventsourcing's PostgresAggregateRecorder"

    async def measure(self) -> float:
        stored = [
            StoredEvent(UUID(int=number % VICTIMS), number // VICTIMS + 1, event.type, event.body)
            for number, event in enumerate(self.events)
        ]
        async with clean_database(self.databases, EMPTY) as dsn:
            return await asyncio.to_thread(_insert, dsn, stored)


def _insert(dsn: str, stored: list[StoredEvent]) -> float:
    datastore = _datastore(dsn)
    try:
        recorder = PostgresAggregateRecorder(datastore)
        recorder.create_table()
        started = time.perf_counter()
        for at in range(0, len(stored), BATCH):
            recorder.insert_events(stored[at : at + BATCH])
        seconds = time.perf_counter() - started
    finally:
        datastore.close()
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT count(*) FROM stored_events").fetchone()
    demand("events", found=row and row[0], expected=len(stored))
    return len(stored) / seconds


def _datastore(dsn: str) -> PostgresDatastore:
    at = urlsplit(dsn)
    return PostgresDatastore(
        at.path.removeprefix("/"),
        at.hostname or "",
        at.port or 5432,
        unquote(at.username or ""),
        unquote(at.password or ""),
    )
