"""The duties towards each victim, until they are met."""

from collections.abc import Sequence
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.ids import NewsId
from contracts.journey import DutyMet, DutyOpened

from witness_care.care.victim_store import hear_of_victim
from witness_care.due.wording import ends_by_telling


async def news_of_duties(connection: Connection, victim_id: str, duty_keys: Sequence[str]) -> list[NewsId]:
    """The news of those duties towards this victim that a conversation ends."""
    rows = await connection.fetch(
        "SELECT duty_id, news_id FROM duty WHERE victim_id = $1 AND duty_key = ANY($2) AND news_id IS NOT NULL",
        victim_id,
        list(duty_keys),
    )
    return [NewsId(row["news_id"]) for row in rows if ends_by_telling(row["duty_id"])]


async def duty_opened(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """Something is owed to the victim, with the news that it is about."""
    data = cast(DutyOpened, event.data())
    await hear_of_victim(connection, victim)
    return await connection.execute(
        """INSERT INTO duty (duty_key, victim_id, duty_id, news_id, case_id, due_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING""",
        data.duty_key,
        victim,
        data.duty_id,
        data.news_id,
        data.case_id,
        data.due_at,
    )


async def duty_met(connection: Connection, event: ConsumedEvent, victim: str) -> object:  # noqa: ARG001
    """It is owed no longer."""
    data = cast(DutyMet, event.data())
    return await connection.execute(
        "UPDATE duty SET met_at = $2, met_by = $3 WHERE duty_key = $1", data.duty_key, data.at, data.met_by
    )
