"""The due list from the desk's read model; names are opened from the vault for it, and each opening is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.clock import business_now
from chassis.database import Pool
from chassis.vault.opening import Opener

from witness_care.adapters.read_models.desk_reader import VictimRow, due_items, reaches, victims_of, victims_of_nobody
from witness_care.domain.due import DueItem, VictimDue, soonest_first
from witness_care.domain.reach import Reach

_PURPOSE = "officer's due list"
_NOT_NAMED = "A victim not yet named"
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
            victims = [row.victim_id for row in (*mine, *unassigned)]
            items, agreed = await due_items(connection, victims), await reaches(connection, victims)
            now = await business_now(connection)
        read = _Read(await self._names([*mine, *unassigned]), items, agreed, now)
        return read.of(mine), read.of(unassigned)

    async def now(self) -> datetime:
        """Business time."""
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    async def _names(self, rows: Sequence[VictimRow]) -> Mapping[str, str]:
        named = [(row.victim_id, row.identified) for row in rows if row.identified is not None]
        opened = await self._opener.open([body for _, body in named], purpose=_PURPOSE)
        return {victim: _name_in(event["data"]) for (victim, _), event in zip(named, opened, strict=True)}


def _name_in(data: Mapping[str, Any]) -> str:
    """The name, also where a correction holds the data it puts right."""
    said = data["replacement"]["data"] if "replacement" in data else data
    return str(said.get("name") or _NOT_NAMED)


@dataclass(frozen=True, slots=True)
class _Read:
    names: Mapping[str, str]
    items: Mapping[str, tuple[DueItem, ...]]
    reaches: Mapping[str, Reach]
    now: datetime

    def of(self, rows: Sequence[VictimRow]) -> list[VictimDue]:
        return soonest_first([self._victim(row) for row in rows])

    def _victim(self, row: VictimRow) -> VictimDue:
        return VictimDue(
            victim_id=row.victim_id,
            name=self.names.get(row.victim_id, _NOT_NAMED),
            contact_officer=row.contact_officer,
            items=self.items.get(row.victim_id, ()),
            as_of=self.now,
            reach=self.reaches.get(row.victim_id),
        )
