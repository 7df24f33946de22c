"""The contacts made with each victim, and what each of them ends, for as long as it is not taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.database import Connection
from contracts.witness_care import ContactMade, ContactManner, ContactTakenBack

from witness_care.due.due import Made
from witness_care.due.ending_store import end_lines, settle
from witness_care.due.tries_store import forget_tries
from witness_care.due.wording import PUT_RIGHT, news_wording


async def contacts_with(connection: Connection, victim_id: str) -> tuple[Made, ...]:
    """The contacts made with this victim that stand, newest first, and what each told."""
    rows = await connection.fetch(
        """SELECT contact_id, how, made_at, cardinality(put_right) > 0 AS put_right, ARRAY(
            SELECT coalesce(n.says_type, n.event_type) FROM settled s JOIN news n USING (victim_id, news_id)
            WHERE s.victim_id = m.victim_id AND s.settled_by = m.contact_id AND NOT n.withdrawn
            ORDER BY n.occurred_at, n.news_id) AS told
        FROM contact_made m WHERE victim_id = $1 ORDER BY made_at DESC, contact_id""",
        victim_id,
    )
    return tuple(_made(row) for row in rows)


async def note_contact(connection: Connection, *, victim: str, made: ContactMade) -> None:
    """An officer told the victim this: what waited for it is no longer due."""
    await connection.execute(
        """INSERT INTO contact_made (contact_id, victim_id, made_at, how, duty_keys, put_right)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""",
        made.contact_id,
        victim,
        made.made_at,
        made.how,
        list(made.duty_keys),
        list(made.put_right),
    )
    await settle(connection, victim, made.news_ids, by=made.contact_id)
    await forget_tries(connection, victim=victim, reached_at=made.made_at)
    # Journey will say so too; until then the officer would see as due what they have just done.
    await _meet(connection, victim, made.duty_keys, at=made.made_at)
    await end_lines(connection, victim)


async def forget_contact(connection: Connection, *, victim: str, taken: ContactTakenBack) -> None:
    """It was recorded in error: what it alone ended is due again.

    A duty that journey too holds for met is due again when journey says so, who knows what else met it.
    """
    duty_keys = await connection.fetchval(
        "DELETE FROM contact_made WHERE victim_id = $1 AND contact_id = $2 RETURNING duty_keys",
        victim,
        taken.contact_id,
    )
    await connection.execute("DELETE FROM settled WHERE victim_id = $1 AND settled_by = $2", victim, taken.contact_id)
    await connection.execute(
        """UPDATE duty SET met_at = NULL
        WHERE victim_id = $1 AND duty_key = ANY($2) AND met_by IS NULL AND NOT EXISTS (
            SELECT FROM contact_made m WHERE m.victim_id = duty.victim_id AND duty.duty_key = ANY(m.duty_keys))""",
        victim,
        list(duty_keys or ()),
    )
    await end_lines(connection, victim)


def _made(row: Mapping[str, Any]) -> Made:
    told = dict.fromkeys(news_wording(event_type) for event_type in row["told"])
    right = (PUT_RIGHT,) if row["put_right"] else ()
    return Made(row["contact_id"], ContactManner(row["how"]), row["made_at"], (*told, *right))


async def _meet(connection: Connection, victim: str, duty_keys: Sequence[str], *, at: object) -> None:
    await connection.execute(
        "UPDATE duty SET met_at = $3 WHERE victim_id = $1 AND duty_key = ANY($2) AND met_at IS NULL",
        victim,
        list(duty_keys),
        at,
    )
