"""Which state of which event was put right by which other one: each state once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from chassis.database import Connection

from intake.recording.held import Amends

_MADE = """
SELECT c.source, c.original_id, c.corrects_state, c.event_id
FROM unnest($1::text[], $2::text[], $3::bytea[]) AS n(source, original_id, corrects_state)
JOIN correction c USING (source, original_id, corrects_state)
"""
_MAKE = """
INSERT INTO correction (source, original_id, corrects_state, event_source, event_id, retracts)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Corrections:
    """Those of the states that one flush wants to put right, kept up to date as submissions are accepted."""

    made: dict[tuple[str, str, bytes], str] = field(default_factory=dict)

    @classmethod
    async def read(cls, connection: Connection, wanted: Sequence[Amends]) -> Self:
        """What was made of these states before."""
        if not wanted:
            return cls()
        rows = await connection.fetch(_MADE, *map(list, zip(*(amends.key for amends in wanted), strict=True)))
        return cls({(source, original, bytes(state)): event for source, original, state, event in rows})

    def is_stale(self, wanted: Sequence[Amends]) -> bool:
        """Did another event put one of these states right before?"""
        return any(self.made.get(amends.key, amends.event_id) != amends.event_id for amends in wanted)

    def take(self, accepted: Sequence[Amends]) -> None:
        """Let the next submissions of this flush see what this one puts right."""
        self.made |= {amends.key: amends.event_id for amends in accepted}


async def write_corrections(connection: Connection, accepted: Sequence[Amends]) -> None:
    """Write what the accepted submissions put right; the caller has checked it under the head lock."""
    for a in accepted:
        await connection.execute(_MAKE, a.source, a.original_id, a.state, a.event_source, a.event_id, a.retracts)
