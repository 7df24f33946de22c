"""The table `contact_warning`: which warnings of what makes contact unsafe stand for a victim now."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from chassis.database import Connection
from contracts.ids import VictimId

from journey.facts.fact import Fact
from journey.facts.store import COLUMNS, fact_from
from journey.facts.warning import Naming, NamingData

NOTE = """
INSERT INTO contact_warning (victim_id, digest) SELECT * FROM unnest($1::uuid[], $2::text[])
ON CONFLICT DO NOTHING RETURNING victim_id::text, digest
"""
ANY = "SELECT EXISTS (SELECT FROM contact_warning WHERE victim_id = ANY($1::uuid[]))"
GONE = "DELETE FROM contact_warning WHERE victim_id = ANY($1::uuid[])"
NAMINGS: Final = ["police.victim-identified.v1", "police.event-corrected.v1", "police.event-retracted.v1"]
HISTORY = f"""
SELECT {COLUMNS}, f.body FROM fact f WHERE f.victim_id = ANY($1::uuid[]) AND f.type = ANY($2::text[])
ORDER BY f.position
"""


class _Body(msgspec.Struct, gc=False):
    data: NamingData


_body = msgspec.json.Decoder(_Body)


class WarningTable:
    """Keeps the warnings' digests; what they say stays sealed in the facts."""

    async def note(self, connection: Connection, said: Collection[tuple[VictimId, str]]) -> set[tuple[VictimId, str]]:
        """These warnings of these victims stand. Those that did not before."""
        victims, digests = [victim for victim, _ in said], [digest for _, digest in said]
        rows = await connection.fetch(NOTE, victims, digests)
        return {(VictimId(row["victim_id"]), row["digest"]) for row in rows}

    async def any_of(self, connection: Connection, victims: Collection[VictimId]) -> bool:
        """Does any warning stand for any of these victims?"""
        return bool(await connection.fetchval(ANY, list(victims)))

    async def history(self, connection: Connection, victims: Iterable[VictimId]) -> dict[VictimId, list[Naming]]:
        """All that names each of these victims, puts it right or takes it back, in order of recording."""
        found: dict[VictimId, list[Naming]] = {}
        for row in await connection.fetch(HISTORY, list(victims), NAMINGS):
            naming = _naming(fact_from(row))
            found.setdefault(VictimId(str(row["victim_id"])), []).append(naming)
        return found

    async def replace(self, connection: Connection, standing: Mapping[VictimId, Collection[str]]) -> None:
        """These warnings of these victims stand, and no others of theirs."""
        await connection.execute(GONE, list(standing))
        await self.note(connection, [(victim, digest) for victim, digests in standing.items() for digest in digests])


def _naming(fact: Fact) -> Naming:
    return Naming(fact, _body.decode(fact.body).data.warning)
