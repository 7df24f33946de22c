"""The due list from the desk's read model; names are opened from the vault for it, and each opening is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.vault.opening import Opener

from witness_care.care.calling import Called, called
from witness_care.contacts.contact import ContactPerson
from witness_care.due.due import Colleague, DueItem, VictimDue, soonest_first
from witness_care.due.due_store import (
    VictimRow,
    colleagues_of,
    due_items,
    reaches,
    victims_of,
    victims_of_nobody,
)
from witness_care.handover.officers import person_in
from witness_care.reach.reach import Reach

_PURPOSE = "officer's due list"
_TAKING_OVER = "taking over from a colleague"
_MOST_UNASSIGNED = 50


class DeskCaseload:
    """Reads the due list; at most 50 victims whom nobody has taken over are shown at once."""

    def __init__(self, pool: Pool, opener: Opener) -> None:
        self._pool = pool
        self._opener = opener

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        """The officer's victims, soonest first, and those whom nobody has taken over yet."""
        async with self._pool.acquire() as connection:
            mine = await victims_of(connection, officer)
            unassigned = await victims_of_nobody(connection, limit=_MOST_UNASSIGNED)
            kept = await _kept(connection, [*mine, *unassigned])
        read = _Read(kept, await self._names([*mine, *unassigned], purpose=_PURPOSE))
        return read.of(mine), read.of(unassigned)

    async def colleagues(self, officer: str) -> list[Colleague]:
        """The other officers who answer to somebody, by name."""
        async with self._pool.acquire() as connection:
            rows = await colleagues_of(connection, officer)
        people = await self._people([(row.officer, row.assigned) for row in rows])
        found = [Colleague(row.officer, person, row.victims) for row, person in zip(rows, people, strict=True)]
        return sorted(found, key=lambda one: (one.person is None, one.person.name if one.person else "", one.officer))

    async def in_care_of(self, officer: str) -> list[VictimDue]:
        """One officer's victims, soonest first, each with the officer as the victim sees them."""
        async with self._pool.acquire() as connection:
            rows = await victims_of(connection, officer)
            kept = await _kept(connection, rows)
        people = await self._people([(officer, row.assigned) for row in rows])
        contacts = {row.victim_id: person for row, person in zip(rows, people, strict=True)}
        return _Read(kept, await self._names(rows, purpose=_TAKING_OVER), contacts).of(rows)

    async def now(self) -> datetime:
        """Business time."""
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    async def _names(self, rows: Sequence[VictimRow], *, purpose: str) -> Mapping[str, Called]:
        named = [(row.victim_id, row.identified) for row in rows if row.identified is not None]
        opened = await self._opener.open([body for _, body in named], purpose=purpose)
        return {victim: called(event["data"]) for (victim, _), event in zip(named, opened, strict=True)}

    async def _people(self, assigned: Sequence[tuple[str, bytes | None]]) -> list[ContactPerson | None]:
        bodies = [body or b"{}" for _, body in assigned]
        opened = await self._opener.open(bodies, purpose=_TAKING_OVER)
        return [person_in(event, officer=officer) for (officer, _), event in zip(assigned, opened, strict=True)]


@dataclass(frozen=True, slots=True)
class _Kept:
    items: Mapping[str, tuple[DueItem, ...]]
    reaches: Mapping[str, Reach]
    now: datetime


async def _kept(connection: Connection, rows: Sequence[VictimRow]) -> _Kept:
    victims = [row.victim_id for row in rows]
    items, agreed = await due_items(connection, victims), await reaches(connection, victims)
    return _Kept(items, agreed, await business_now(connection))


@dataclass(frozen=True, slots=True)
class _Read:
    kept: _Kept
    names: Mapping[str, Called]
    contacts: Mapping[str, ContactPerson | None] = field(default_factory=dict)

    def of(self, rows: Sequence[VictimRow]) -> list[VictimDue]:
        return soonest_first([self._victim(row) for row in rows])

    def _victim(self, row: VictimRow) -> VictimDue:
        name, known_by = self.names.get(row.victim_id, Called())
        return VictimDue(
            victim_id=row.victim_id,
            name=name,
            known_by=known_by,
            contact_officer=row.contact_officer,
            items=self.kept.items.get(row.victim_id, ()),
            as_of=self.kept.now,
            reach=self.kept.reaches.get(row.victim_id),
            contact=self.contacts.get(row.victim_id),
        )
