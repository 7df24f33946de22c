"""The table `contact_warning`: which events that name a victim hold a warning now."""

from collections.abc import Iterable, Sequence

from chassis.database import Connection

from journey.facts.fact import EventKey
from journey.facts.warning import Naming

STANDING = """
SELECT w.source, w.id FROM contact_warning w
JOIN unnest($1::text[], $2::text[]) AS wanted(source, id) ON wanted.source = w.source AND wanted.id = w.id
"""
STANDS = "INSERT INTO contact_warning (source, id) SELECT unnest($1::text[]), unnest($2::text[]) ON CONFLICT DO NOTHING"
TAKEN_BACK = """
DELETE FROM contact_warning w USING unnest($1::text[], $2::text[]) AS gone(source, id)
WHERE w.source = gone.source AND w.id = gone.id
"""


class WarningTable:
    """Keeps that there is a warning; what it says stays sealed in the fact."""

    async def standing(self, connection: Connection, events: Iterable[EventKey]) -> set[EventKey]:
        """Those of these events that hold a warning."""
        keys = list(events)
        rows = await connection.fetch(STANDING, [key.source for key in keys], [key.id for key in keys])
        return {EventKey(row["source"], row["id"]) for row in rows}

    async def note(self, connection: Connection, namings: Sequence[Naming]) -> None:
        """What the namings say, of several of one event the last; a batch in two statements."""
        last = {naming.named_by: naming.warns for naming in namings}
        for statement, warns in ((STANDS, True), (TAKEN_BACK, False)):
            if keys := [key for key, said in last.items() if said is warns]:
                await connection.execute(statement, [key.source for key in keys], [key.id for key in keys])
