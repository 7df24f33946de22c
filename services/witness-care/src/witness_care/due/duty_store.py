"""The duties towards each victim, until they are met."""

from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.journey import DutyChanged, DutyMet, DutyOpened

from witness_care.care.victim_store import hear_of_victim

_OPENED = """
INSERT INTO duty (duty_key, victim_id, duty_id, news_id, case_id, due_at, subject, reach)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT """


async def duty_opened(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """Something is owed to the victim, with the news that it is about."""
    return await _owed(connection, cast(DutyOpened, event.data()), victim, again="DO NOTHING")


async def duty_changed(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """What was said of it is otherwise now, and it is owed, also where it was met before."""
    changed = """(duty_key) DO UPDATE SET news_id = excluded.news_id, due_at = excluded.due_at,
        case_id = excluded.case_id, subject = excluded.subject, reach = excluded.reach, met_at = NULL, met_by = NULL"""
    return await _owed(connection, cast(DutyChanged, event.data()), victim, again=changed)


async def duty_met(connection: Connection, event: ConsumedEvent, victim: str) -> object:  # noqa: ARG001
    """It is owed no longer."""
    data = cast(DutyMet, event.data())
    return await connection.execute(
        "UPDATE duty SET met_at = $2, met_by = $3 WHERE duty_key = $1", data.duty_key, data.at, data.met_by
    )


async def _owed(connection: Connection, duty: DutyOpened, victim: str, *, again: str) -> object:
    await hear_of_victim(connection, victim)
    return await connection.execute(
        _OPENED + again,
        duty.duty_key,
        victim,
        duty.duty_id,
        duty.news_id,
        duty.case_id,
        duty.due_at,
        duty.subject,
        duty.reach,
    )
