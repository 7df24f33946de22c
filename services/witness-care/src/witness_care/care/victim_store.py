"""The victims of whom the desk has heard, and who answers to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chassis.database import Connection


@dataclass(frozen=True, slots=True)
class VictimRow:
    """One victim as the desk knows them. Names are sealed: theirs in the event `identified`, that of who answers to
    them in the event `assigned`.
    """

    victim_id: str
    identified: bytes | None
    contact_officer: str | None
    assigned: bytes | None


VICTIMS: Final = "SELECT victim_id, identified, contact_officer, assigned FROM victim"
"""Selects what `victim_rows` reads."""


def victim_rows(rows: Sequence[Mapping[str, Any]]) -> list[VictimRow]:
    """The rows as values."""
    return [VictimRow(**row) for row in rows]


async def victims_of(connection: Connection, officer: str) -> list[VictimRow]:
    """The victims whose single point of contact this officer is."""
    return victim_rows(await connection.fetch(f"{VICTIMS} WHERE contact_officer = $1 ORDER BY victim_id", officer))


async def victim_exists(connection: Connection, victim_id: str) -> bool:
    """Whether anybody has told the desk of this victim."""
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM victim WHERE victim_id = $1)", victim_id))


async def hear_of_victim(connection: Connection, victim: str) -> object:
    """Somebody told the desk of this victim; what is known of them stays."""
    return await connection.execute("INSERT INTO victim (victim_id) VALUES ($1) ON CONFLICT DO NOTHING", victim)


async def assign_contact(connection: Connection, *, victim: str, officer: str, since: datetime, body: bytes) -> None:
    """From now on this officer answers to the victim; `body` is the event that says so, as recorded."""
    await connection.execute(
        """INSERT INTO victim (victim_id, contact_officer, contact_since, assigned) VALUES ($1, $2, $3, $4)
        ON CONFLICT (victim_id) DO UPDATE
        SET contact_officer = excluded.contact_officer, contact_since = excluded.contact_since,
            assigned = excluded.assigned""",
        victim,
        officer,
        since,
        body,
    )
