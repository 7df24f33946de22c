"""The due list from the desk's tables; names are opened from the vault for it, and each opening is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.vault.opening import Opener

from witness_care.care.calling import Called
from witness_care.care.naming_store import names_of
from witness_care.care.victim_store import VICTIMS, VictimRow, victim_rows, victims_of
from witness_care.due.contact_made_store import contacts_with
from witness_care.due.due import DueItem, Tried, VictimDue, soonest_first
from witness_care.due.due_store import due_items
from witness_care.due.neglect_store import victims_overdue_with_nobody
from witness_care.due.tries_store import tries_of
from witness_care.reach.promise_store import reaches
from witness_care.reach.reach import Reach
from witness_care.reach.warnings_store import opened_warnings, sealed_warnings

_PURPOSE: Final = "officer's due list"
_ONE: Final = "officer's page of one victim"
_MOST_UNASSIGNED: Final = 50


class DeskCaseload:
    """Reads the due list; at most 50 victims whom nobody has taken over are shown at once."""

    def __init__(self, pool: Pool, opener: Opener) -> None:
        self._pool = pool
        self._opener = opener

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        """The officer's victims, soonest first, and those whom nobody has taken over yet."""
        async with self._pool.acquire() as connection:
            mine = await victims_of(connection, officer)
            unassigned = await _victims_of_nobody(connection, limit=_MOST_UNASSIGNED)
            kept = await kept_of(connection, [*mine, *unassigned])
        names = await names_of([*mine, *unassigned], self._opener, purpose=_PURPOSE)
        warnings = await opened_warnings(kept.warnings, self._opener, purpose=_PURPOSE)
        return kept.due(mine, names, warnings), kept.due(unassigned, names, warnings)

    async def one(self, victim_id: str) -> VictimDue | None:
        """One victim, whoever answers to them; None for one of whom nobody has heard."""
        async with self._pool.acquire() as connection:
            rows = victim_rows(await connection.fetch(f"{VICTIMS} WHERE victim_id = $1", victim_id))
            kept, contacts = await kept_of(connection, rows), await contacts_with(connection, victim_id)
        names = await names_of(rows, self._opener, purpose=_ONE)
        warnings = await opened_warnings(kept.warnings, self._opener, purpose=_ONE)
        return next((replace(one, contacts=contacts) for one in kept.due(rows, names, warnings)), None)

    async def waiting(self) -> int:
        """How many victims nobody has taken over."""
        async with self._pool.acquire() as connection:
            return int(await connection.fetchval("SELECT count(*) FROM victim WHERE contact_officer IS NULL"))

    async def overdue_with_nobody(self) -> int:
        """For how many of those something is overdue."""
        async with self._pool.acquire() as connection:
            return await victims_overdue_with_nobody(connection, now=await business_now(connection))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is due for some victims, and how each may be reached, as of one moment; `warnings` are sealed."""

    items: Mapping[str, tuple[DueItem, ...]]
    reaches: Mapping[str, Reach]
    warnings: Sequence[tuple[str, bytes]]
    tries: Mapping[str, tuple[Tried, ...]]
    now: datetime

    def due(
        self, rows: Sequence[VictimRow], names: Mapping[str, Called], warnings: Mapping[str, tuple[str, ...]]
    ) -> list[VictimDue]:
        """These victims, soonest first."""
        return soonest_first([self._victim(row, names, warnings.get(row.victim_id, ())) for row in rows])

    def _victim(self, row: VictimRow, names: Mapping[str, Called], warnings: tuple[str, ...]) -> VictimDue:
        name, known_by = names.get(row.victim_id, Called())
        return VictimDue(
            victim_id=row.victim_id,
            name=name,
            known_by=known_by,
            contact_officer=row.contact_officer,
            items=self.items.get(row.victim_id, ()),
            as_of=self.now,
            reach=self.reaches.get(row.victim_id),
            warnings=warnings,
            tries=self.tries.get(row.victim_id, ()),
        )


async def kept_of(connection: Connection, rows: Sequence[VictimRow]) -> Kept:
    """What is kept of these victims."""
    victims = [row.victim_id for row in rows]
    items, agreed = await due_items(connection, victims), await reaches(connection, victims)
    warnings = await sealed_warnings(connection, victims)
    tries = await tries_of(connection, victims)
    return Kept(items, agreed, warnings, tries, await business_now(connection))


async def _victims_of_nobody(connection: Connection, *, limit: int) -> list[VictimRow]:
    """Victims who wait for somebody to take them over, those first for whom anything is due soonest."""
    return victim_rows(
        await connection.fetch(
            f"""{VICTIMS} WHERE contact_officer IS NULL
            ORDER BY least(
                (SELECT min(due_at) FROM duty WHERE duty.victim_id = victim.victim_id AND met_at IS NULL),
                (SELECT min(due_at) FROM open_contact c WHERE c.victim_id = victim.victim_id),
                (SELECT min(due_at) FROM open_wish w WHERE w.victim_id = victim.victim_id)
            ), victim_id
            LIMIT $1""",
            limit,
        )
    )
