"""Colleagues from the desk's tables; their names are opened from the vault, and each opening is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chassis.database import Connection, Pool
from chassis.vault.opening import ErasedText, Opener
from contracts.witness_care import ContactRole

from witness_care.care.naming_store import names_of
from witness_care.care.person import ContactPerson
from witness_care.care.victim_store import victims_of
from witness_care.due.caseload_store import kept_of
from witness_care.handover.colleagues import Colleague, InCare
from witness_care.reach.warnings_store import opened_warnings

_PURPOSE: Final = "taking over from a colleague"


class DeskColleagues:
    """Reads who answers to whom; nobody's victims are named before somebody asks for them."""

    def __init__(self, pool: Pool, opener: Opener) -> None:
        self._pool = pool
        self._opener = opener

    async def others(self, officer: str) -> list[Colleague]:
        """The other officers who answer to somebody, by name."""
        async with self._pool.acquire() as connection:
            rows = await _colleagues_of(connection, officer)
        people = await self._people([(row.officer, row.assigned) for row in rows])
        found = [Colleague(row.officer, person, row.victims) for row, person in zip(rows, people, strict=True)]
        return sorted(found, key=lambda one: (one.person is None, one.person.name if one.person else "", one.officer))

    async def in_care_of(self, officer: str) -> InCare:
        """One officer's victims, soonest first."""
        async with self._pool.acquire() as connection:
            rows = await victims_of(connection, officer)
            kept = await kept_of(connection, rows)
        people = await self._people([(officer, row.assigned) for row in rows])
        seen = {row.victim_id: person for row, person in zip(rows, people, strict=True)}
        warnings = await opened_warnings(kept.warnings, self._opener, purpose=_PURPOSE)
        victims = kept.due(rows, await names_of(rows, self._opener, purpose=_PURPOSE), warnings)
        return InCare(victims, seen[victims[0].victim_id] if victims else None)

    async def _people(self, assigned: Sequence[tuple[str, bytes | None]]) -> list[ContactPerson | None]:
        bodies = [body or b"{}" for _, body in assigned]
        opened = await self._opener.open(bodies, purpose=_PURPOSE)
        return [_person_in(event, officer=officer) for (officer, _), event in zip(assigned, opened, strict=True)]


@dataclass(frozen=True, slots=True)
class _ColleagueRow:
    """An officer and how many victims they have; `assigned` is the newest event that names them, the name sealed."""

    officer: str
    assigned: bytes | None
    victims: int


async def _colleagues_of(connection: Connection, officer: str) -> list[_ColleagueRow]:
    """The other officers who answer to somebody."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (contact_officer) contact_officer AS officer, assigned,
                  count(*) OVER (PARTITION BY contact_officer) AS victims
        FROM victim WHERE contact_officer <> $1 ORDER BY contact_officer, contact_since DESC""",
        officer,
    )
    return [_ColleagueRow(**row) for row in rows]


def _person_in(event: Mapping[str, Any], *, officer: str) -> ContactPerson | None:
    """The officer as the victim sees them; None where the event is missing, speaks of another or names nobody."""
    said = event.get("data", {})
    name = said.get("officer_name")
    if said.get("officer") != officer or name is None or isinstance(name, ErasedText):
        return None
    return ContactPerson(
        officer=officer, role=ContactRole(said["role"]), name=name, phone=said.get("phone"), email=said.get("email")
    )
