"""What became news for each victim, so that an officer sees what there is to tell: type and times, no content."""

from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.journey import NewsArrived, NewsWithdrawn

from witness_care.care.victim_store import hear_of_victim
from witness_care.due.contact_due_store import settle


async def news_arrived(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The same news comes again when it may reach her at last: a doubt was cleared, or its accused found to be hers."""
    data = cast(NewsArrived, event.data())
    await hear_of_victim(connection, victim)
    return await connection.execute(
        """INSERT INTO news (victim_id, news_id, event_type, occurred_at, corrects, retracts, reach)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (victim_id, news_id) DO UPDATE SET reach = excluded.reach WHERE excluded.reach = 'victim'""",
        victim,
        data.news_id,
        data.event_type,
        data.occurred_at,
        data.corrects_news,
        data.retracts,
        data.reach,
    )


async def news_withdrawn(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """It was not hers: what waited for it waits no longer, though nobody was told."""
    data = cast(NewsWithdrawn, event.data())
    await connection.execute(
        "UPDATE news SET withdrawn = true WHERE victim_id = $1 AND news_id = $2", victim, data.news_id
    )
    return await settle(connection, victim, [data.news_id])
