"""The table `freshness`: when each source was last recorded; and the doorbell for open timelines."""

from collections.abc import Sequence

from chassis.database import Connection

from journey.facts.fact import Fact

DOORBELL = "timeline_changed"
NOTE_AND_RING = f"""
WITH noted AS (
    INSERT INTO freshness (source, publisher, last_recorded_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[])
    ON CONFLICT (source) DO UPDATE
    SET last_recorded_at = greatest(freshness.last_recorded_at, excluded.last_recorded_at)
)
SELECT pg_notify('{DOORBELL}', '')
"""


class FreshnessTable:
    """Keeps how fresh each source is, and rings for those who watch."""

    async def note(self, connection: Connection, facts: Sequence[Fact]) -> None:
        """Note the newest record of each source; open timelines look again once this commits."""
        newest: dict[str, Fact] = {}
        for fact in facts:
            known = newest.get(fact.key.source)
            if known is None or known.recorded_at < fact.recorded_at:
                newest[fact.key.source] = fact
        if newest:
            rows = [(source, fact.type.partition(".")[0], fact.recorded_at) for source, fact in newest.items()]
            await connection.execute(NOTE_AND_RING, *map(list, zip(*rows, strict=True)))
