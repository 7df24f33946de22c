"""When officers tried to reach each victim since they last did, so that nobody tries at the same hour again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.database import Connection
from contracts.witness_care import ContactManner, ContactTried

from witness_care.due.due import Tried


async def tries_of(connection: Connection, victim_ids: Sequence[str]) -> Mapping[str, tuple[Tried, ...]]:
    """The tries per victim, newest first; a victim who was reached since has none."""
    rows = await connection.fetch(
        "SELECT victim_id, how, at FROM contact_try WHERE victim_id = ANY($1) ORDER BY at DESC, contact_id",
        list(victim_ids),
    )
    found: dict[str, tuple[Tried, ...]] = defaultdict(tuple)
    for row in rows:
        found[row["victim_id"]] += (Tried(ContactManner(row["how"]), row["at"]),)
    return found


async def note_try(connection: Connection, *, victim: str, tried: ContactTried) -> None:
    """The victim was not reached: nothing that is due ends by it."""
    await connection.execute(
        "INSERT INTO contact_try (contact_id, victim_id, how, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        tried.contact_id,
        victim,
        tried.how,
        tried.tried_at,
    )


async def forget_tries(connection: Connection, *, victim: str, reached_at: datetime) -> None:
    """They were reached: how often it was tried before does not matter now."""
    await connection.execute("DELETE FROM contact_try WHERE victim_id = $1 AND at <= $2", victim, reached_at)
