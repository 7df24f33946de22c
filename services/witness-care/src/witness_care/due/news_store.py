"""What is news for each victim now, so that an officer sees what there is to tell: type and times, no content."""

from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.journey import NewsArrived, NewsWithdrawn

from witness_care.care.victim_store import hear_of_victim
from witness_care.due.ending_store import ANOTHER_ID, end_lines, settle, unsettle


async def news_arrived(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """What is said of this news now: it comes again when that has changed, or when it is the victim's again."""
    data = cast(NewsArrived, event.data())
    await hear_of_victim(connection, victim)
    await connection.execute(
        """INSERT INTO news
            (victim_id, news_id, event_type, occurred_at, corrects, retracts, reach, says_type, about_at, standing)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (victim_id, news_id) DO UPDATE SET
            event_type = excluded.event_type, occurred_at = excluded.occurred_at, corrects = excluded.corrects,
            retracts = excluded.retracts, reach = excluded.reach, says_type = excluded.says_type,
            about_at = excluded.about_at, standing = excluded.standing, withdrawn = false""",
        victim,
        data.news_id,
        data.event_type,
        data.occurred_at,
        data.corrects_news,
        data.retracts,
        data.reach,
        data.says_type,
        data.about_at,
        data.standing,
    )
    # Journey alone knows what she was told under another id of hers, and says so anew when it is otherwise.
    change = unsettle if data.told_at is None else settle
    await change(connection, victim, [data.news_id], by=ANOTHER_ID)
    return await end_lines(connection, victim)


async def news_withdrawn(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """It was not hers, or is had under another id: what waited for it waits no longer, though nobody was told."""
    data = cast(NewsWithdrawn, event.data())
    await connection.execute(
        "UPDATE news SET withdrawn = true WHERE victim_id = $1 AND news_id = $2", victim, data.news_id
    )
    return await end_lines(connection, victim)
