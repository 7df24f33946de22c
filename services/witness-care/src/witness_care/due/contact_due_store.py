"""The contacts that officers owe, until all that each is about is settled: told, or not theirs to be told."""

from collections.abc import Sequence
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.notifications import NewsSeen, OfficerContactDue, OfficerContactWithdrawn
from contracts.witness_care import ContactMade

from witness_care.care.victim_store import hear_of_victim
from witness_care.due.tries_store import forget_tries


async def contact_due(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """An officer has to be in touch; nothing is due where all its news is settled already."""
    data = cast(OfficerContactDue, event.data())
    await hear_of_victim(connection, victim)
    return await connection.execute(
        """INSERT INTO officer_contact (contact_id, victim_id, reason, news_ids, duty_keys, due_by, met_at)
        SELECT $1, $2, $3, $4::text[], $5::text[], $6,
               CASE WHEN cardinality($4::text[]) > 0 AND NOT EXISTS (
                   SELECT FROM unnest($4::text[]) AS wanted(news_id)
                   WHERE NOT EXISTS (SELECT FROM settled s WHERE s.victim_id = $2 AND s.news_id = wanted.news_id)
               ) THEN business_now() END
        ON CONFLICT DO NOTHING""",
        data.contact_id,
        victim,
        data.reason,
        list(data.news_ids),
        list(data.duty_keys),
        data.due_by,
    )


async def contact_withdrawn(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """A message tells them instead."""
    data = cast(OfficerContactWithdrawn, event.data())
    return await connection.execute(
        """UPDATE officer_contact SET met_at = business_now()
        WHERE victim_id = $1 AND contact_id = $2 AND met_at IS NULL""",
        victim,
        data.contact_id,
    )


async def news_seen(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The victim read it herself."""
    data = cast(NewsSeen, event.data())
    return await settle(connection, victim, [data.news_id])


async def note_contact(connection: Connection, *, victim: str, made: ContactMade) -> None:
    """An officer told the victim this: what waited for it is no longer due."""
    await settle(connection, victim, made.news_ids)
    await forget_tries(connection, victim=victim, reached_at=made.made_at)
    # Journey will say so too; until then the officer would see as due what they have just done.
    await connection.execute(
        "UPDATE duty SET met_at = $3 WHERE victim_id = $1 AND duty_key = ANY($2) AND met_at IS NULL",
        victim,
        list(made.duty_keys),
        made.made_at,
    )
    await connection.execute(
        """UPDATE officer_contact SET met_at = $3
        WHERE victim_id = $1 AND met_at IS NULL AND cardinality(news_ids) = 0 AND duty_keys <@ $2::text[]""",
        victim,
        list(made.duty_keys),
        made.made_at,
    )


async def settle(connection: Connection, victim: str, news_ids: Sequence[str]) -> object:
    """Told, or not theirs to be told: a contact is no longer due when all the news it was about is settled."""
    await connection.execute(
        """INSERT INTO settled (victim_id, news_id, at)
        SELECT $1, unnest($2::text[]), business_now() ON CONFLICT DO NOTHING""",
        victim,
        list(news_ids),
    )
    return await connection.execute(
        """UPDATE officer_contact SET met_at = business_now()
        WHERE victim_id = $1 AND met_at IS NULL AND cardinality(news_ids) > 0
          AND NOT EXISTS (SELECT FROM unnest(news_ids) AS wanted(news_id)
                          WHERE NOT EXISTS (SELECT FROM settled
                                            WHERE settled.victim_id = $1 AND settled.news_id = wanted.news_id))""",
        victim,
    )
