"""Which lines have ended, worked out anew from what is on record whenever that changes: so an end may be undone."""

from collections.abc import Sequence
from typing import Final

from chassis.database import Connection

SEEN: Final = "seen"
"""What settled news that the victim read herself; a contact settles it by its id."""

ANOTHER_ID: Final = "under-another-id"
"""What settled news that she was told under another of her ids."""

_WORKED_OUT: Final = """
UPDATE officer_contact SET met_at = CASE WHEN found.ended THEN business_now() END
FROM (
    SELECT contact_id, CASE ends_by
        WHEN 'put-right' THEN cardinality(news_ids) > 0 AND NOT EXISTS (
            SELECT FROM unnest(news_ids) AS wrong(news_id) WHERE NOT EXISTS (
                SELECT FROM contact_made m
                WHERE m.victim_id = o.victim_id AND m.made_at >= o.asked_at AND wrong.news_id = ANY(m.put_right)))
        WHEN 'in-touch' THEN EXISTS (
            SELECT FROM contact_made m WHERE m.victim_id = o.victim_id AND m.made_at >= o.asked_at)
        WHEN 'told' THEN CASE WHEN cardinality(news_ids) = 0
            THEN duty_keys <@ ARRAY(SELECT unnest(m.duty_keys) FROM contact_made m WHERE m.victim_id = o.victim_id)
            ELSE NOT EXISTS (
                SELECT FROM unnest(news_ids) AS wanted(news_id)
                WHERE NOT EXISTS (
                    SELECT FROM settled s WHERE s.victim_id = o.victim_id AND s.news_id = wanted.news_id)
                AND NOT EXISTS (
                    SELECT FROM news n WHERE n.victim_id = o.victim_id AND n.news_id = wanted.news_id
                    AND (n.withdrawn OR NOT n.standing))) END
        END AS ended
    FROM officer_contact o WHERE o.victim_id = $1 AND NOT o.withdrawn
) AS found
WHERE officer_contact.contact_id = found.contact_id AND found.ended <> (officer_contact.met_at IS NOT NULL)
"""


async def end_lines(connection: Connection, victim: str) -> object:
    """End what has ended, and open again what has not, by the rule of each line (`witness_care.due.ending`)."""
    return await connection.execute(_WORKED_OUT, victim)


async def settle(connection: Connection, victim: str, news_ids: Sequence[str], *, by: str) -> object:
    """The victim knows this news, by what says so."""
    return await connection.execute(
        """INSERT INTO settled (victim_id, news_id, at, settled_by)
        SELECT $1, unnest($2::text[]), business_now(), $3 ON CONFLICT DO NOTHING""",
        victim,
        list(news_ids),
        by,
    )


async def unsettle(connection: Connection, victim: str, news_ids: Sequence[str], *, by: str) -> object:
    """By this she does not know it, or knows it no longer."""
    return await connection.execute(
        "DELETE FROM settled WHERE victim_id = $1 AND news_id = ANY($2::text[]) AND settled_by = $3",
        victim,
        list(news_ids),
        by,
    )
