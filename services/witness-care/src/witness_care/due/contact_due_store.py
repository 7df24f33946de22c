"""The contacts that officers owe, as notifications asks for them, and news that the victim has read herself."""

from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.notifications import NewsSeen, OfficerContactDue, OfficerContactWithdrawn

from witness_care.care.victim_store import hear_of_victim
from witness_care.due.ending import contact_ends_by
from witness_care.due.ending_store import SEEN, end_lines, settle


async def contact_due(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """An officer has to be in touch, unless what they were asked for is done already."""
    data = cast(OfficerContactDue, event.data())
    await hear_of_victim(connection, victim)
    await connection.execute(
        """INSERT INTO officer_contact
            (contact_id, victim_id, reason, news_ids, duty_keys, due_by, asked_at, ends_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING""",
        data.contact_id,
        victim,
        data.reason,
        list(data.news_ids),
        list(data.duty_keys),
        data.due_by,
        event.header.time,
        contact_ends_by(data.reason, names_something=bool(data.news_ids or data.duty_keys)),
    )
    return await end_lines(connection, victim)


async def contact_withdrawn(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """A message tells them instead."""
    data = cast(OfficerContactWithdrawn, event.data())
    return await connection.execute(
        """UPDATE officer_contact SET withdrawn = true, met_at = coalesce(met_at, business_now())
        WHERE victim_id = $1 AND contact_id = $2""",
        victim,
        data.contact_id,
    )


async def news_seen(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The victim read it herself."""
    data = cast(NewsSeen, event.data())
    await settle(connection, victim, [data.news_id], by=SEEN)
    return await end_lines(connection, victim)
