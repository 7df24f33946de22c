"""The table `victim_heard_of`: every victim whom a fact has named."""

from collections.abc import Collection
from typing import Final

from chassis.database import Connection
from contracts.ids import VictimId

# In one order, so that two processes with the same victims wait for each other in turn.
NOTE = """
INSERT INTO victim_heard_of (victim_id) SELECT * FROM unnest($1::uuid[]) AS named(victim_id) ORDER BY victim_id
ON CONFLICT DO NOTHING RETURNING victim_id::text
"""
REMEMBERED: Final = 50_000


class HeardTable:
    """Keeps whom we have heard of. Whoever was found there lately is not looked up again: nobody is ever taken out."""

    def __init__(self) -> None:
        self._found: set[VictimId] = set()

    async def note(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """We have heard of these victims. Those of whom we had not before."""
        unsure = [victim for victim in victims if victim not in self._found]
        if not unsure:
            return set()
        anew = {VictimId(row["victim_id"]) for row in await connection.fetch(NOTE, unsure)}
        self._remember(set(unsure) - anew)
        return anew

    def _remember(self, committed: set[VictimId]) -> None:
        # Only whom another transaction has put there: what this one adds may yet be rolled back.
        if len(self._found) + len(committed) > REMEMBERED:
            self._found.clear()
        self._found |= committed
