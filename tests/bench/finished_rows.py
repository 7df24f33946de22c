"""Rows of a log as our appender would write them, made without a database."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from bench.relay_send_batch import Message
from chassis.log.chain import GENESIS
from chassis.log.head import Head
from chassis.log.memory import records_of
from chassis.log.numbering import number, prepared
from chassis.log.records import LogRecord, NewEvent
from chassis.relay.headers import RelayHeaders, encode_headers
from chassis.testing.clock import FakeClock
from msgspec.structs import astuple

Row = tuple[object, ...]
COLUMNS = LogRecord.__struct_fields__


def finished_rows(events: Sequence[NewEvent]) -> list[Row]:
    """Numbered and chained from the start of a log, in the order of COLUMNS."""
    head = Head(0, GENESIS, [0, 0, 0, 0], FakeClock().now())
    ready = [prepared(event) for event in events]
    return [astuple(record) for record in records_of(ready, number(head, ready))]


async def keep_finished(dsn: str, rows: Sequence[Row]) -> None:
    """Put the rows into a table `finished` beside the log."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("CREATE UNLOGGED TABLE finished (LIKE log)")
        await connection.copy_records_to_table("finished", records=rows, columns=COLUMNS)
    finally:
        await connection.close()


def messages_of(rows: Sequence[Row]) -> list[Message]:
    """The messages that our relay makes of these rows."""
    return [_message(dict(zip(COLUMNS, row, strict=True))) for row in rows]


def _message(row: Mapping[str, Any]) -> Message:
    headers = RelayHeaders(row["position"], 1, row["pseq"], row["recorded_at"], None)
    return row["partition"], row["key"].encode(), row["body"], encode_headers(headers)
